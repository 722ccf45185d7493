'use client';
// Keys for the current task: the next hint, "show me", the task itself, the note. They press the buttons that stand on the page, so
// that a key can do no more than a click.
import { useEffect } from 'react';
import { useLessonStore } from './lesson-context';
import type { LessonStore } from './lesson-store';

const CURRENT = '[aria-current="step"]';

export function useTaskKeys(): void {
  const store = useLessonStore();
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const { code, altKey, shiftKey, ctrlKey, metaKey, isComposing } = event;
      if (!altKey || !shiftKey || ctrlKey || metaKey || isComposing) return;
      const act = ACTS[code];
      if (!act || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      event.stopPropagation();
      act(store);
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, [store]);
}

/** By the place of the key: with Alt and Shift a letter is another sign on many keyboards. */
const ACTS: Readonly<Record<string, (store: LessonStore) => void>> = {
  KeyH: (store) => press(store, 'hint'),
  KeyS: (store) => press(store, 'show'),
  KeyT: toTask,
  KeyN: (store) => {
    store.panes.show('lesson');
    store.openNote(!store.getView().noteOpen);
  },
};

function toTask(store: LessonStore): void {
  store.panes.show('lesson');
  // The pane may have been out of sight a moment ago.
  requestAnimationFrame(() => {
    const task = document.querySelector<HTMLElement>(`[data-lesson-text] ${CURRENT}`);
    task?.scrollIntoView({ block: 'start' });
    task?.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
  });
}

function press(store: LessonStore, key: 'hint' | 'show'): void {
  toTask(store);
  document.querySelector<HTMLElement>(`[data-lesson-text] ${CURRENT} [data-key="${key}"]`)?.click();
}
