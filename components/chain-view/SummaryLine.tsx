'use client';
// The last edit in a line: seen below the canvas, and read out when it changes.
import styles from './chain-view.module.css';
import type { Summary } from './summary';
import { percent, type Words } from './words';

export interface SummaryLineProps {
  readonly summary: Summary | null;
  readonly words: Words;
  /** Leaves room for the drawer beside it. */
  readonly narrow: boolean;
}

export function SummaryLine({ summary, words, narrow }: SummaryLineProps) {
  return (
    <p
      className={styles['summary']}
      role="status"
      data-narrow={narrow || undefined}
      data-testid="chain-summary"
    >
      {summary ? sentence(summary, words) : ''}
    </p>
  );
}

/** "2 rules added, 1 changed; every endpoint now gets 25 %" */
export function sentence(summary: Summary, { t }: Words): string {
  const { added, changed, removed } = summary;
  const counts = [
    added ? t('sumAdded', { n: added }) : '',
    changed ? t('sumChanged', { n: changed }) : '',
    removed ? t('sumRemoved', { n: removed }) : '',
  ].filter(Boolean);
  const outcome = outcomeOf(summary, t);
  return [counts.join(t('sumComma')), outcome].filter(Boolean).join(t('sumSemicolon'));
}

function outcomeOf({ endpoints, share, refused }: Summary, t: Words['t']): string {
  if (refused) return t(refused === 'reject' ? 'sumReject' : 'sumDrop');
  if (!endpoints) return '';
  return share === null
    ? t('sumUneven', { n: endpoints })
    : t('sumShare', { n: endpoints, share: percent(share) });
}
