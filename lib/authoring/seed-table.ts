// The table that says where each fact of the course's source document is taught and checked (content/seed-table.yaml): read, and held
// against the lessons as they stand.
import { LineCounter, isMap, isScalar, parseDocument } from 'yaml';
import { slugOf } from '@/lib/course/slug';
import type { Finding, LessonSource } from './lint/types';

export const SEED_TABLE = 'content/seed-table.yaml';
/** Stands in place of a question that no quiz asks yet. */
export const LATER = 'later';

const KINDS = ['fact', 'yaml', 'command', 'table', 'redline'];
const FIELDS = ['where', 'kind', 'says', 'lesson', 'section', 'task', 'quiz', 'later'];

export interface SeedRow {
  readonly id: string;
  readonly line: number;
  readonly where: string;
  readonly kind: string;
  readonly says: string;
  readonly lesson: string;
  /** The anchor in the English lesson. */
  readonly section: string | undefined;
  readonly task: string | undefined;
  readonly quiz: string;
  readonly later: boolean;
}

/** What the table is held against. */
export interface SeedContext {
  readonly lessons: readonly LessonSource[];
  readonly planned: readonly string[];
}

/** The rows of the table, and what is wrong with their form. */
export function readSeedTable(text: string): {
  readonly rows: readonly SeedRow[];
  readonly findings: readonly Finding[];
} {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const [fault] = document.errors;
  if (fault || !isMap(document.contents)) {
    const line = fault?.linePos?.[0].line ?? 1;
    return { rows: [], findings: [at(line, fault?.message.split('\n')[0] ?? 'not a mapping of rows')] };
  }
  const findings: Finding[] = [];
  const rows = document.contents.items.map(({ key, value }) => {
    const id = isScalar(key) ? String(key.value) : '';
    const line = isScalar(key) ? counter.linePos(key.range?.[0] ?? 0).line : 1;
    const fields = (isMap(value) ? value.toJSON() : {}) as Readonly<Record<string, unknown>>;
    findings.push(...formFaults(id, line, fields));
    const text = (name: string): string | undefined =>
      typeof fields[name] === 'string' ? fields[name] : undefined;
    return {
      id,
      line,
      where: text('where') ?? '',
      kind: text('kind') ?? '',
      says: text('says') ?? '',
      lesson: text('lesson') ?? '',
      section: text('section'),
      task: text('task'),
      quiz: text('quiz') ?? '',
      later: fields['later'] === true,
    };
  });
  return { rows, findings };
}

const at = (line: number, sentence: string): Finding => ({ file: SEED_TABLE, line, sentence });

function formFaults(id: string, line: number, fields: Readonly<Record<string, unknown>>): Finding[] {
  const told = ['where', 'kind', 'says', 'lesson', 'quiz']
    .filter((name) => typeof fields[name] !== 'string')
    .map((name) => `${name} is missing, or is no text`);
  const { kind } = fields;
  if (typeof kind === 'string' && !KINDS.includes(kind))
    told.push(`kind "${kind}" is not known; use ${KINDS.join(', ')}`);
  for (const name of Object.keys(fields))
    if (!FIELDS.includes(name)) told.push(`"${name}" is not a field; there are ${FIELDS.join(', ')}`);
  return told.map((sentence) => at(line, `${id}: ${sentence}`));
}

/** What is wrong with the table as a whole: its form, and places that do not exist. */
export function seedFaults(text: string, context: SeedContext): readonly Finding[] {
  const { rows, findings } = readSeedTable(text);
  return [...findings, ...rows.flatMap((row) => placeFaults(row, context))];
}

function placeFaults(row: SeedRow, { lessons, planned }: SeedContext): Finding[] {
  const told = (sentence: string): Finding[] => [at(row.line, `${row.id}: ${sentence}`)];
  const lesson = lessons.find(({ id }) => id === row.lesson);
  if (!planned.includes(row.lesson)) return told(`the course has no lesson ${row.lesson}`);
  if (!lesson)
    return row.later
      ? []
      : told(`lesson ${row.lesson} is not written; put later: true in place of section and task`);
  if (row.later)
    return told(`lesson ${row.lesson} is written; say in which section and task, in place of later: true`);
  const anchors = anchorsOf(lesson, 'en');
  const tasks = lesson.lab?.tasks.map(({ id }) => id) ?? [];
  return [
    ...(anchors.includes(row.section ?? '')
      ? []
      : told(`lesson ${row.lesson} has no section #${row.section ?? ''}; there is ${anchors.join(', ')}`)),
    ...(tasks.includes(row.task ?? '')
      ? []
      : told(`lab ${row.lesson} has no task ${row.task ?? ''}; there is ${tasks.join(', ')}`)),
  ];
}

const anchorsOf = (lesson: LessonSource, lang: 'zh' | 'en'): readonly string[] =>
  lesson.text[lang].headings.map(({ text }) => slugOf(text));

/** The anchor in the Chinese lesson: that of the heading at the same place. */
export function chineseSection(row: SeedRow, lessons: readonly LessonSource[]): string | undefined {
  const lesson = lessons.find(({ id }) => id === row.lesson);
  const place = lesson ? anchorsOf(lesson, 'en').indexOf(row.section ?? '') : -1;
  return lesson && place >= 0 ? anchorsOf(lesson, 'zh')[place] : undefined;
}
