'use client';
// The chain view with nothing to show: no Service yet, a Service without rules, a cluster that starts, a cluster that failed.
import styles from './chain-view.module.css';
import controls from './controls.module.css';
import { useWords, type Words } from './words';

export interface EmptyProps {
  readonly service: string | null;
  readonly node: string;
  readonly others: number;
  readonly words: Words;
  readonly onFind: () => void;
}

export function Empty({ service, node, others, words, onFind }: EmptyProps) {
  const { t } = words;
  return (
    <div className={styles['state']} data-testid="chain-empty">
      <h3>{service === null ? t('emptyTitle') : t('noRulesTitle', { service })}</h3>
      <p>{service === null ? t('emptyBody') : t('noRulesBody', { node })}</p>
      {others > 0 && (
        <button type="button" className={`${controls['button']} ${controls['primary']}`} onClick={onFind}>
          {t('emptyFind', { n: others })}
        </button>
      )}
    </div>
  );
}

/** Of the size of what comes: columns of boxes. */
const BONES = [
  [14, 120, 78, 36],
  [14, 190, 78, 36],
  [112, 130, 132, 76],
  [266, 120, 138, 92],
  [496, 60, 144, 44],
  [496, 130, 144, 44],
  [496, 200, 144, 44],
  [654, 64, 90, 36],
  [654, 134, 90, 36],
  [654, 204, 90, 36],
] as const;

export function ChainViewSkeleton() {
  const { t } = useWords();
  return (
    <div className={styles['pane']} aria-busy="true" data-testid="chain-skeleton">
      <div className={controls['toolbar']}>{t('loading')}</div>
      <div className={styles['stage']}>
        <svg viewBox="0 0 760 560" width="100%" preserveAspectRatio="xMidYMin meet" aria-hidden="true">
          {BONES.map(([x, y, width, height]) => (
            <rect key={`${x} ${y}`} className={styles['bone']} x={x} y={y} width={width} height={height} />
          ))}
        </svg>
      </div>
    </div>
  );
}

export function ChainViewError({ detail, onRetry }: { detail?: string; onRetry: () => void }) {
  const { t } = useWords();
  return (
    <div className={styles['pane']} role="alert">
      <div className={styles['state']}>
        <h3>{t('failedTitle')}</h3>
        <p>{t('failedBody')}</p>
        {detail && <pre className={styles['raw']}>{detail}</pre>}
        <button type="button" className={`${controls['button']} ${controls['primary']}`} onClick={onRetry}>
          {t('failedRetry')}
        </button>
      </div>
    </div>
  );
}
