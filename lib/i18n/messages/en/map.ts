// Words of the course's map: ways through it, progress, the next lesson.
export const map = {
  way: 'Your way through the course',
  wholeCourse: 'Whole course',
  wholeReason: 'Five stages in the course’s order: each lesson builds on the ones before it.',
  order: 'The order of this path',
  totals:
    '{open, plural, =0 {{lessons} lessons, all still being written} other {{lessons} lessons, {open} open, {minutes, plural, one {# minute} other {# minutes}}}}',
  totalsDone: '{done} of {open} done',
  knownCount: '{n} known',
  minutes: '{n} min',
  after: 'after {lessons}',
  done: 'done',
  started: 'begun: {done} of {total} tasks',
  known: 'known',
  new: 'not begun',
  toCome: 'to come',
  inPath: 'step {n} of the path',
  notInPath: 'not on this path',
  legend: 'Legend',
  start: 'Start',
  continue: 'Continue where you were',
  next: 'Go on',
  nextLesson: 'Lesson {id}: {title}',
  allDone: 'All open lessons are done.',
  placement: 'Know stage 1 already? Try eight questions',
  placementText: 'Six right answers mark stage 1 as known, and you start with 2.1. Nothing is locked.',
  stageKnown: 'Known: placement test passed',
  forget: 'No longer mark as known',
  fileTitle: 'Take your progress to another device',
  fileText:
    'Progress is kept in this browser only. Save it to a file and import it in another one: a task done in either is done, and work in a lab is kept from both (the other one’s as a branch). Close other tabs with lessons before you import.',
  fileSave: 'Save progress to a file',
  fileOpen: 'Import progress from a file',
  fileName: 'servicepath-progress-{date}.json',
  fileSaved: 'Saved as {name}.',
  fileImported:
    '{tasks, plural, =0 {{lessons} imported; all of its tasks were done here already.} one {{lessons} imported, with # newly done task.} other {{lessons} imported, with # newly done tasks.}}',
  fileCourseOnly: 'The path and the placement result were imported; the file has no progress of lessons.',
  fileUnread: 'The progress of these lessons cannot be read and was left out: {lessons}.',
  fileNoRoom:
    'The browser’s storage is full; these lessons were not imported, what was here is unchanged: {lessons}.',
  fileDropped:
    '{n, plural, one {# branch} other {# branches}} did not fit and were left out (a lab keeps 20 at most).',
  fileSize: 'This file is too large to be progress (12 MB at most). Nothing was changed.',
  fileJson: 'This file is not JSON, so it is no progress. Nothing was changed.',
  fileFormat: 'There is no Servicepath progress in this file. Nothing was changed.',
  fileEmpty: 'The progress in this file is empty. Nothing was changed.',
  fileVersion:
    'This file has format {found}; format 1 is known here: export it from the same version of the site. Nothing was changed.',
  fileEngine:
    'This file comes from another version of the simulator ({found}; here it is {engine}), which would replay it differently. Nothing was changed.',
  fileUnreadable: 'The browser cannot read this file; choose it once more.',
} as const;
