// How the learner wants the editor: kept in the browser, shared by all pages.
import { useSyncExternalStore } from 'react';
import { browserStorage } from '@/lib/workbench/progress';

export interface EditorPrefs {
  /** A plain text area instead of Monaco. */
  readonly plain: boolean;
  /** Text is applied by the learner's own act, not while he types. */
  readonly manual: boolean;
}

const KEY = 'servicepath.editor';
const FIRST: EditorPrefs = { plain: false, manual: false };

let current: EditorPrefs | undefined;
const listeners = new Set<() => void>();

function read(): EditorPrefs {
  try {
    const data = JSON.parse(browserStorage()?.getItem(KEY) ?? '{}') as Partial<EditorPrefs> | null;
    return { plain: data?.plain === true, manual: data?.manual === true };
  } catch {
    return FIRST;
  }
}

export function setEditorPrefs(change: Partial<EditorPrefs>): void {
  current = { ...(current ?? read()), ...change };
  try {
    browserStorage()?.setItem(KEY, JSON.stringify(current));
  } catch {
    // A closed storage forgets it with the page.
  }
  for (const listener of listeners) listener();
}

export const useEditorPrefs = (): EditorPrefs =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => (current ??= read()),
    () => FIRST,
  );
