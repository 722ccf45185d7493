'use client';
// F4 and Shift+F4: along the chain of provenance. No key of the browser, of Monaco or of a shell.
import { useEffect } from 'react';
import { useMessages } from '@/lib/i18n/client';
import { useLessonStore } from './lesson-context';
import { paneInFocus } from './panes/focus-pane';
import type { PaneId } from './panes/layout-state';

/** Panes that the chain of provenance goes through; how is loaded with the first jump. */
const isPlace = (pane: PaneId | undefined): pane is 'packet' | 'views' | 'editor' =>
  pane === 'packet' || pane === 'views' || pane === 'editor';

export function useProvenanceKeys(): void {
  const t = useMessages('keys');
  const store = useLessonStore();
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const { key, shiftKey, ctrlKey, altKey, metaKey, isComposing } = event;
      if (key !== 'F4' || ctrlKey || altKey || metaKey || isComposing) return;
      const pane = paneInFocus();
      if (document.querySelector('dialog[open]') || !isPlace(pane)) return;
      event.preventDefault();
      event.stopPropagation();
      void import('./provenance')
        .then(({ jump }) => jump(store, pane, shiftKey ? -1 : 1))
        .then((missing) => {
          if (missing) store.announce(t(missing));
        });
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, [store, t]);
}
