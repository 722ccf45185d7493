// The line below the text: how the text relates to the cluster, how to leave the editor by keyboard, whether completion is there.
import { useSyncExternalStore } from 'react';
import type { Problem } from '@/lib/sim/types';
import { syncText, type SyncState } from './problem-text';
import type { SessionState } from './use-session';
import type { EditorWords } from './words';

export interface TabHintProps {
  readonly state: SessionState['kind'];
  readonly tabLeaves: boolean;
  readonly plain: boolean;
  /** Said instead, for a while: what an action did. */
  readonly note: string;
  readonly id: string;
  readonly sync: SyncState;
  readonly problems: readonly Problem[];
  readonly words: EditorWords;
}

const never = (): (() => void) => () => {};
const isMac = (): boolean => /mac/i.test(navigator.platform);

export function TabHint({ state, tabLeaves, plain, note, id, sync, problems, words }: TabHintProps) {
  const mac = useSyncExternalStore(never, isMac, () => false);
  const key = mac ? 'Ctrl+Shift+M' : 'Ctrl+M';
  const hint = {
    loading: words('loading'),
    failed: words('failed'),
    ready: tabLeaves ? words('tabLeaves') : words('tabIndents', { key }),
  }[state];
  const text = note || (plain ? words('plainHint') : hint);
  const chip = syncText(sync, problems, words);
  return (
    <div className="flex shrink-0 items-baseline gap-3 border-t border-(--line) px-3 py-0.5 text-[11.5px]">
      <span
        role="status"
        data-testid="editor-sync"
        data-sync={sync}
        className={`flex shrink-0 items-baseline gap-1.5 ${CHIP[sync]}`}
      >
        <span aria-hidden="true">{chip.sign}</span>
        {chip.text}
      </span>
      <p
        id={id}
        data-testid="editor-hint"
        aria-live="polite"
        className="m-0 min-w-0 flex-1 truncate text-(--ink-2)"
        title={text}
      >
        {text}
      </p>
    </div>
  );
}

const CHIP: Readonly<Record<SyncState, string>> = {
  applied: 'text-(--add)',
  invalid: 'text-(--del)',
  incomplete: 'text-(--ink-2)',
  pending: 'text-(--warn)',
};
