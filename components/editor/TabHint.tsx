// The line below the text: how to leave the editor by keyboard, and whether completion is there.
import { useSyncExternalStore } from 'react';
import type { SessionState } from './use-session';
import type { EditorWords } from './words';

export interface TabHintProps {
  readonly state: SessionState['kind'];
  readonly tabLeaves: boolean;
  readonly words: EditorWords;
}

const never = (): (() => void) => () => {};
const isMac = (): boolean => /mac/i.test(navigator.platform);

export function TabHint({ state, tabLeaves, words }: TabHintProps) {
  const mac = useSyncExternalStore(never, isMac, () => false);
  const key = mac ? 'Ctrl+Shift+M' : 'Ctrl+M';
  const text = {
    loading: words('loading'),
    failed: words('failed'),
    ready: tabLeaves ? words('tabLeaves') : words('tabIndents', { key }),
  }[state];
  return (
    <p
      data-testid="editor-hint"
      aria-live="polite"
      className="m-0 shrink-0 truncate border-t border-(--line) px-3 py-0.5 text-[11.5px] text-(--ink-2)"
      title={text}
    >
      {text}
    </p>
  );
}
