// How long a lesson takes, computed from what there is to read and to do, against the minutes that its head promises.
import type { Lang } from '@/lib/course/types';
import { LANGS, type Finding, type LessonSource, type Rule } from './types';

/** Careful reading of technical text: words (or, in Chinese, characters) a minute. */
export const SPEED = { word: 230, han: 400 } as const;
/** Minutes that a task takes besides reading it. */
export const PER_TASK = 0.5;
/** How far the promise may be from what is computed: people differ by more than this. */
export const TOLERANCE = 3;

export const readingTime: Rule = (lesson) =>
  LANGS.flatMap((lang): Finding[] => {
    const promised = lesson.text[lang].head['minutes'];
    const computed = minutesOf(lesson, lang);
    if (typeof promised !== 'number' || Math.abs(computed - promised) <= TOLERANCE) return [];
    const sentence = `minutes: ${promised}, but reading and doing it takes about ${computed.toFixed(1)} (${SPEED.word} words or ${SPEED.han} Chinese characters a minute, ${PER_TASK} a task; ${TOLERANCE} either way are allowed)`;
    return [{ file: lesson.text[lang].file, line: 1, sentence }];
  });

/** Minutes for the text, the questions and the tasks; hints and mistakes are read only when they are needed. */
export function minutesOf(lesson: LessonSource, lang: Lang): number {
  const words = lesson.words[lang].prose.filter(
    ({ path = '' }) => /^(?:tasks|predictions)\./.test(path) && !path.includes('.hints'),
  );
  const text = lesson.text[lang].prose.filter(
    ({ kind }) => kind !== 'source' && kind !== 'why' && kind !== 'head',
  );
  const read = [...text, ...words].map((prose) => prose.text).join('\n');
  const han = read.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = read.match(/[\p{Script=Latin}\p{N}\uE000][\p{Script=Latin}\p{N}’'.:/-]*/gu)?.length ?? 0;
  return han / SPEED.han + latin / SPEED.word + (lesson.lab?.tasks.length ?? 0) * PER_TASK;
}
