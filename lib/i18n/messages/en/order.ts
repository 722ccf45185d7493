// Words of ordering questions.
export const order = {
  title: 'Put in order',
  how: 'Move each line with its two buttons until the order is right.',
  up: 'Move up: {item}',
  down: 'Move down: {item}',
  moved: '{item}: now {place} of {of}.',
  atTop: '{item}: already the first.',
  atBottom: '{item}: already the last.',
  check: 'Check the order',
  right: 'All {n} are in their place.',
  wrong:
    '{right, plural, =0 {The first line is not right yet.} one {The first line is right; the next is not.} other {The first # lines are right; the next is not.}} Move it and check again.',
  changed: 'Changed since the last check.',
} as const;
