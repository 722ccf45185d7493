// Lints everything that stands in the content folder of a project.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { lintLesson } from './lint';
import { lintGlossary } from './lint/glossary';
import type { Finding } from './lint/types';
import {
  courseContext,
  GLOSSARY,
  isLesson,
  lessonFolders,
  lessonId,
  readGlossary,
  readLessonFolder,
} from './read-content';

/** Findings in all lessons, or in those that are named ("2.3"). */
export function lintContent(root: string, ids: readonly string[] = []): readonly Finding[] {
  const glossary = readGlossary(root);
  if (!glossary.ok) return glossary.error.map((sentence) => ({ file: GLOSSARY, line: 1, sentence }));
  const folders = lessonFolders(root);
  const course = courseContext(glossary.value, folders.map(lessonId));
  const wanted = folders.filter((folder) => ids.length === 0 || ids.includes(lessonId(folder)));
  const lessons = wanted.flatMap((folder) => {
    const lesson = readLessonFolder(root, folder);
    return isLesson(lesson) ? lintLesson(lesson, course) : lesson;
  });
  if (ids.length > 0) return lessons;
  return [...lintGlossary(GLOSSARY, readFileSync(path.join(root, GLOSSARY), 'utf8'), course), ...lessons];
}
