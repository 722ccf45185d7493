'use client';
// The moments of the branch on show: the lab's start, and after each action. From each another way can be gone.
import { Button } from '@/components/ui/Button';
import type { Action } from '@/lib/course/types';
import { useMessages } from '@/lib/i18n/client';
import { actionWords } from './action-words';

interface MomentsProps {
  /** The branch's name. */
  readonly name: string;
  readonly log: readonly Action[];
  readonly enabled: boolean;
  /** The branch began after so many actions. */
  readonly from: number;
  readonly onGo: (at: number) => void;
}

export function Moments({ name, log, enabled, from, onGo }: MomentsProps) {
  const t = useMessages('changes');
  const title = t('moments', { name });
  const moments = [t('moment0'), ...log.map((action) => actionWords(action, t))];
  return (
    <section aria-label={title} className="border-t border-line-strong">
      <h3 className="px-3 pt-2 pb-1 font-medium">{title}</h3>
      <ol data-testid="moments">
        {moments.map((what, at) => (
          <li
            key={at}
            className="flex items-center gap-3 border-t border-line px-3 py-1 [contain-intrinsic-size:auto_36px] [content-visibility:auto]"
          >
            <span className="w-16 shrink-0 text-right font-mono text-xs text-ink-3">
              {sinceStart(log[at - 1]?.at ?? 0)}
            </span>
            <span className={`min-w-0 flex-1 break-words ${at > 0 && at <= from ? 'text-ink-3' : ''}`}>
              {what}
            </span>
            <Button
              disabled={!enabled}
              aria-label={t('goFromHint', { what })}
              title={t('goFromHint', { what })}
              onClick={() => onGo(at)}
              className="shrink-0"
            >
              {t('goFrom')}
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** +0:01.250, the cluster's time since the lab's start. */
const sinceStart = (ms: number): string =>
  `+${Math.floor(ms / 60_000)}:${((ms % 60_000) / 1000).toFixed(2).padStart(5, '0')}`;
