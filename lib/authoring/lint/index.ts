// The content linter: every rule over every lesson. Used by `npm test` and by `npm run lesson:lint`.
import { frontMatter } from './front-matter';
import { filledIn, labParts } from './lab';
import { language } from './language';
import { lessonLinks } from './links';
import { parity } from './parity';
import { readingTime } from './reading-time';
import { structure } from './structure';
import { oneWord } from './terms';
import type { CourseContext, Finding, LessonSource, Rule } from './types';
import { bannedWords, chineseTypography } from './wording';

export const RULES: Readonly<Record<string, Rule>> = {
  frontMatter,
  parity,
  language,
  structure,
  labParts,
  filledIn,
  readingTime,
  bannedWords,
  chineseTypography,
  oneWord,
  lessonLinks,
};

/** Everything that is wrong with a lesson, in the order of its files and lines. */
export function lintLesson(lesson: LessonSource, course: CourseContext): readonly Finding[] {
  const found = Object.values(RULES).flatMap((rule) => rule(lesson, course));
  return found.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

/** "content/…/lesson.zh.mdx:12: …" */
export const findingText = ({ file, line, sentence }: Finding): string => `${file}:${line}: ${sentence}`;
