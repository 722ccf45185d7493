// The head of a lesson, between the two lines of ---: what must stand in it, in which form, and equal in both languages.
import type { Lang } from '@/lib/course/types';
import { LANGS, type CourseContext, type Finding, type LessonText, type Rule } from './types';

const KEYS = ['title', 'summary', 'minutes', 'audience', 'prerequisites'];

/** Who a lesson may be for, in the words of each language. */
export const AUDIENCES: Readonly<Record<Lang, readonly string[]>> = {
  en: ['junior operator', 'SRE', 'network architect'],
  zh: ['初级运维', 'SRE', '网络架构师'],
};

export const frontMatter: Rule = (lesson, course) => {
  const own = LANGS.flatMap((lang) => headFaults(lesson.id, lesson.text[lang], course));
  const { zh, en } = lesson.text;
  const differ = ['minutes', 'prerequisites']
    .filter((key) => JSON.stringify(zh.head[key]) !== JSON.stringify(en.head[key]))
    .map((key) => at(zh, `${key} differs from ${name(en)}; both languages have the same`));
  const audiences = [zh, en].map((text) => indices(text));
  if (own.length === 0 && JSON.stringify(audiences[0]) !== JSON.stringify(audiences[1]))
    differ.push(at(zh, `audience differs from ${name(en)}; both languages name the same readers`));
  return [...own, ...differ];
};

function headFaults(id: string, text: LessonText, course: CourseContext): Finding[] {
  const { head, lang } = text;
  const told: string[] = [];
  for (const key of KEYS) if (head[key] === undefined) told.push(`${key} is missing`);
  for (const key of Object.keys(head))
    if (!KEYS.includes(key)) told.push(`"${key}" is not a field of the head; there are ${KEYS.join(', ')}`);
  for (const key of ['title', 'summary'])
    if (key in head && (typeof head[key] !== 'string' || head[key].trim() === ''))
      told.push(`${key} is not a text; put it between quotes if it holds a colon`);
  if ('minutes' in head && !(Number.isInteger(head['minutes']) && inRange(Number(head['minutes']))))
    told.push(`minutes is ${JSON.stringify(head['minutes'])}; a lesson takes a whole number from 5 to 10`);
  for (const reader of listOf(head['audience'], 'audience', told))
    if (!AUDIENCES[lang].includes(reader))
      told.push(`audience "${reader}" is not known; use ${AUDIENCES[lang].join(', ')}`);
  for (const before of listOf(head['prerequisites'], 'prerequisites', told)) {
    if (!course.planned.includes(before)) told.push(`prerequisite ${before} is not a lesson of the course`);
    else if (course.planned.indexOf(before) >= course.planned.indexOf(id))
      told.push(`prerequisite ${before} does not come before lesson ${id}`);
  }
  return told.map((sentence) => at(text, sentence));
}

const inRange = (minutes: number): boolean => minutes >= 5 && minutes <= 10;

function listOf(value: unknown, key: string, told: string[]): readonly string[] {
  if (value === undefined) return [];
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) return value as string[];
  told.push(`${key} is not a list of texts; write it as [a, b], and lesson ids between quotes`);
  return [];
}

const indices = (text: LessonText): readonly number[] =>
  (text.head['audience'] as readonly string[])
    .map((reader) => AUDIENCES[text.lang].indexOf(reader))
    .toSorted((a, b) => a - b);

const at = (text: LessonText, sentence: string): Finding => ({ file: text.file, line: 1, sentence });
const name = (text: LessonText): string => text.file.split('/').at(-1) ?? '';
