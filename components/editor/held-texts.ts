// Texts that the learner has not applied yet, kept in the browser for the next visit of the lesson.
import { browserStorage } from '@/lib/workbench/progress';
import type { SourceFile } from '@/lib/workbench/protocol';

const PREFIX = 'servicepath.held.';
/** More is not kept (UTF-16 units): the browser's storage is small. */
const LIMIT = 300_000;

export function loadHeld(lesson: string): Readonly<Record<string, string>> {
  try {
    const data: unknown = JSON.parse(browserStorage()?.getItem(PREFIX + lesson) ?? '{}');
    if (typeof data !== 'object' || data === null) return {};
    return Object.fromEntries(Object.entries(data).filter(([, text]) => typeof text === 'string'));
  } catch {
    return {};
  }
}

export function saveHeld(lesson: string, unsent: readonly SourceFile[]): void {
  try {
    const text = JSON.stringify(Object.fromEntries(unsent.map((file) => [file.name, file.text])));
    if (unsent.length === 0 || text.length > LIMIT) browserStorage()?.removeItem(PREFIX + lesson);
    else browserStorage()?.setItem(PREFIX + lesson, text);
  } catch {
    // A full or closed storage keeps nothing.
  }
}
