'use client';
// Where many connections went, beside what the rules state.
import { shortPod, shortProbability } from '@/components/chain-view/short-name';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/Progress';
import type { Spread, SpreadRow } from '@/lib/workbench/spread';
import styles from './packet.module.css';
import { statedProbability } from './stated';
import type { Sending } from './use-spread';

/** How far the sending is, with a way to end it. */
export function SpreadProgress({ sending, of }: { sending: Sending; of: number }) {
  const t = useMessages('packet');
  const { result, state, stop } = sending;
  const sent = result?.ok ? result.value.sent : 0;
  if (state === 'done') return null;
  const text = t(state === 'stopped' ? 'stopped' : 'sending', { sent, of });
  return (
    <div className="flex shrink-0 items-center gap-3 border-b border-line px-3 py-1 text-sm text-ink-2">
      {state === 'sending' && <ProgressBar label={text} value={sent} max={of} />}
      <span className="flex-1">{text}</span>
      {state === 'sending' && <Button onClick={stop}>{t('stop')}</Button>}
    </div>
  );
}

export function SpreadTable({ spread }: { spread: Spread }) {
  const t = useMessages('packet');
  const graph = useLesson((view) => view.state?.graph);
  const most = Math.max(1, ...spread.rows.map((row) => row.counted));
  return (
    <div className={styles['spread']} tabIndex={0} role="region" aria-label={t('spread', { n: spread.sent })}>
      <table data-testid="packet-spread">
        <thead>
          <tr>
            <th scope="col">{t('endpoint')}</th>
            <th scope="col">{t('stated')}</th>
            <th scope="col">{t('share')}</th>
            <th scope="col">{t('counted')}</th>
            <th aria-hidden className="w-full" />
          </tr>
        </thead>
        <tbody>
          {spread.rows.map((row) => (
            <tr key={`${row.verdict} ${row.endpoint ?? row.reason.code}`}>
              <td>
                <Name row={row} />
              </td>
              <td>{stated(graph, row) ?? '–'}</td>
              <td>{percent(row.probability)}</td>
              <td>
                {row.counted}{' '}
                <span className="text-ink-3">({percent(row.counted / Math.max(1, spread.sent))})</span>
              </td>
              <td aria-hidden>
                <span
                  className={styles['bar']}
                  data-verdict={row.verdict}
                  style={{ width: `${(row.counted / most) * 100}%` }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Name({ row: { verdict, endpoint, pod, reason } }: { row: SpreadRow }) {
  const words = useMessages('trace');
  if (verdict !== 'delivered' || !endpoint)
    return (
      <span className="text-del" title={words(reason.code as Parameters<typeof words>[0], reason.params)}>
        ✕ {words(verdict)} {endpoint}
      </span>
    );
  return (
    <>
      {endpoint}{' '}
      {pod && (
        <span className="text-ink-3" title={pod}>
          {shortPod(pod.slice(pod.indexOf('/') + 1), 12)}
        </span>
      )}
    </>
  );
}

function stated(graph: ChainGraph | undefined, { endpoint }: SpreadRow): string | undefined {
  const probability = graph && endpoint ? statedProbability(graph, endpoint) : undefined;
  return probability === undefined ? undefined : shortProbability(probability);
}

const percent = (share: number): string => `${Number((share * 100).toFixed(1))}\u00a0%`;
