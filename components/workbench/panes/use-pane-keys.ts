'use client';
// Keys that work everywhere on the page. They are heard before an editor or terminal hears them, and none is a key of the
// browser, of Monaco or of a shell.
import { useEffect } from 'react';
import { focusPane, paneInFocus, panesThere } from './focus-pane';
import { toggleMaximised, type PaneId } from './layout-state';
import type { PaneStore } from './pane-store';
import { usePaneStore } from './use-panes';

export function usePaneKeys(): void {
  const store = usePaneStore();
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.isComposing || document.querySelector('dialog[open]')) return;
      const act = actionOf(event, store);
      if (!act) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    window.addEventListener('keydown', hear, { capture: true });
    return () => window.removeEventListener('keydown', hear, { capture: true });
  }, [store]);
}

function actionOf(event: KeyboardEvent, store: PaneStore): (() => void) | undefined {
  const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (key === 'F6' && !ctrlKey && !altKey && !metaKey) return () => walk(store, shiftKey ? -1 : 1);
  if (key === '.' && ctrlKey && !altKey && !shiftKey && !metaKey) return () => maximise(store);
  const digit = /^Digit([1-5])$/.exec(code)?.[1];
  const pane = digit === undefined ? undefined : panesThere()[Number(digit) - 1];
  if (pane && altKey && shiftKey && !ctrlKey && !metaKey) return () => goTo(store, pane);
  if (key === '?' && !ctrlKey && !altKey && !metaKey && !isTyping(event.target))
    return () => store.help(true);
  return undefined;
}

function goTo(store: PaneStore, pane: PaneId): void {
  store.show(pane);
  // The pane may have been folded a moment ago.
  requestAnimationFrame(() => focusPane(pane));
}

function walk(store: PaneStore, by: 1 | -1): void {
  const panes = panesThere();
  const { maximised, folded } = store.getView();
  const open = maximised ? [maximised] : panes.filter((id) => !folded.includes(id));
  const here = paneInFocus();
  const at = open.indexOf(here ?? 'lesson');
  // From outside the panes one comes to the first of them, or to the last.
  const next = open[here === undefined && by === 1 ? 0 : (at + by + open.length) % open.length];
  if (next) goTo(store, next);
}

function maximise(store: PaneStore): void {
  const { maximised, front } = store.getView();
  const pane = maximised ?? paneInFocus() ?? front;
  store.change((layout) => toggleMaximised(layout, pane));
}

/** Whether keys write text where the event was heard. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(TEXT_FIELDS) !== null);
}
const TEXT_FIELDS = 'input:not([type="radio"], [type="checkbox"]), textarea, select, .monaco-editor, .xterm';
