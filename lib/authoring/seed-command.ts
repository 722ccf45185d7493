// `npm run lesson:seed`: prints where each fact of the source document is taught, checked and asked, and what is still to come.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError, type AuthorIo } from './io';
import { findingText } from './lint';
import type { LessonSource } from './lint/types';
import { courseContext, isLesson, lessonFolders, readLessonFolder } from './read-content';
import {
  chineseSection,
  LATER,
  readSeedTable,
  SEED_TABLE,
  seedFaults,
  type SeedContext,
  type SeedRow,
} from './seed-table';

/** The lessons of a project that can be read, for the table to be held against. */
export function seedContext(root: string): SeedContext {
  const lessons = lessonFolders(root)
    .map((folder) => readLessonFolder(root, folder))
    .filter(isLesson);
  return { lessons, planned: courseContext([], []).planned };
}

export function seedCommand(args: readonly string[], io: AuthorIo): number {
  if (args.length > 0) throw new UsageError('takes no words; it prints the whole table');
  const text = readFileSync(path.join(io.root, SEED_TABLE), 'utf8');
  const context = seedContext(io.root);
  const faults = seedFaults(text, context);
  for (const fault of faults) io.out(`${findingText(fault)}\n`);
  if (faults.length > 0) return 1;
  const { rows } = readSeedTable(text);
  io.out(table(rows, context.lessons));
  const taught = rows.filter((row) => !row.later).length;
  const asked = rows.filter((row) => row.quiz !== LATER).length;
  io.out(
    `\n${rows.length} rows: ${taught} taught and checked, ${rows.length - taught} to come; ${asked} asked in a quiz\n`,
  );
  return 0;
}

function table(rows: readonly SeedRow[], lessons: readonly LessonSource[]): string {
  const lines = rows.map((row) => [
    row.where,
    row.kind,
    row.later ? `${row.lesson} to come` : `${row.lesson}#${row.section ?? ''}`,
    row.later ? '' : `#${chineseSection(row, lessons) ?? ''}`,
    row.task ?? '',
    row.quiz,
    row.says,
  ]);
  const head = ['where', 'kind', 'lesson', 'in Chinese', 'task', 'quiz', 'the document says'];
  const all = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((line) => widthOf(line[column] ?? ''))));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}

/** Columns on a terminal: Chinese characters and full-width punctuation take two. */
const widthOf = (text: string): number =>
  [...text].reduce(
    (sum, char) =>
      sum +
      (/[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]/.test(
        char,
      )
        ? 2
        : 1),
    0,
  );
