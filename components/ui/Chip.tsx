// A short fact in a pill. It is not a button.
import type { ReactNode } from 'react';
import { classes } from './classes';

export type ChipTone = 'plain' | 'accent' | 'good' | 'warn' | 'bad';

const TONE: Readonly<Record<ChipTone, string>> = {
  plain: 'border-line text-ink-2 bg-panel',
  accent: 'border-transparent text-accent bg-accent-weak font-medium',
  good: 'border-transparent text-add bg-add-weak',
  warn: 'border-transparent text-warn bg-warn-weak',
  bad: 'border-transparent text-del bg-del-weak',
};

export function Chip({ tone = 'plain', children }: { tone?: ChipTone; children: ReactNode }) {
  return (
    <span
      className={classes(
        'inline-flex items-center whitespace-nowrap rounded-full border px-2.5 py-0.5 text-sm',
        TONE[tone],
      )}
    >
      {children}
    </span>
  );
}

/** A key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="rounded border border-b-2 border-line-strong bg-panel px-1 text-xs text-ink-2">
      {children}
    </kbd>
  );
}
