// Why a task is not done yet, in a sentence: the name of a mistake that people make, or what the check found.
import type { LabWords, TaskState } from '@/lib/course/types';
import { formatMessage } from '@/lib/i18n/format';
import type { Locale } from '@/lib/i18n/locales';

export interface TaskWords {
  readonly kind: 'mistake' | 'now';
  readonly text: string;
}

/** The sentence; undefined while nothing is known, or for a code without words. `shared` are the words of all labs. */
export function taskWords(
  locale: Locale,
  words: LabWords,
  shared: (code: string) => string | undefined,
  task: TaskState | undefined,
): TaskWords | undefined {
  if (!task || task.done) return undefined;
  const mistake = task.mistake === undefined ? undefined : words.mistakes[task.mistake];
  if (mistake !== undefined)
    return { kind: 'mistake', text: formatMessage(locale, mistake, task.reason?.params) };
  if (!task.reason) return undefined;
  const text = words.reasons[task.reason.code] ?? shared(task.reason.code);
  return text === undefined
    ? undefined
    : { kind: 'now', text: formatMessage(locale, text, task.reason.params) };
}
