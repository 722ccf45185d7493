'use client';
// A live figure: the bytes that watchers were sent since the count began, in both APIs, for as many watchers as the reader chooses. The
// bars stand in the table that says the same in numbers.
import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Select } from '@/components/ui/Select';
import { useLesson } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { useLocale, useMessages } from '@/lib/i18n/client';
import type { WatchCost as Cost, WatchRow } from '@/lib/workbench/watch-cost';
import { amountOfBytes } from './amount';

const WATCHERS = ['1', '10', '100', '1000', '5000'] as const;
/** Events that are listed one by one; the sums count all. */
const LISTED = 6;

/** `of`: "namespace/name" of the Service. */
export function WatchCost({ of: service }: { of: string }) {
  const t = useMessages('watch');
  const titleId = useId();
  const ready = useLesson((view) => view.status === 'ready');
  const total = useLesson((view) => view.state?.clock.changes);
  const [watchers, setWatchers] = useState<string>('100');
  const [mark, setMark] = useState<number>();
  // The count begins when the cluster is there. A step back leads to where less had been written.
  const since = Math.min(mark ?? total ?? 0, total ?? 0);
  if (total !== undefined && mark !== since) setMark(since);
  const cost = useInspect({ ask: 'watch', service, since }, ready);
  const name = service.slice(service.indexOf('/') + 1);
  return (
    <figure
      aria-labelledby={titleId}
      className="my-3 rounded-panel border border-line bg-bg px-3 py-2.5"
      data-testid="watch-cost"
    >
      <figcaption id={titleId} className="mb-2 font-semibold">
        {t('title', { service: name })}
      </figcaption>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <Button onClick={() => setMark(total)} disabled={!ready}>
          {t('restart')}
        </Button>
        <Select
          label={t('watchers')}
          value={watchers}
          onPick={setWatchers}
          options={WATCHERS.map((n) => ({ value: n, text: t('watchersN', { n: Number(n) }) }))}
        />
      </div>
      <div aria-live="polite">
        {cost ? (
          <Sums cost={cost} watchers={Number(watchers)} />
        ) : (
          <p className="text-sm text-ink-3">{t('waiting')}</p>
        )}
      </div>
      <p className="mt-2 text-xs text-ink-3">{t('counted')}</p>
    </figure>
  );
}

const sum = (rows: readonly WatchRow[]): number => rows.reduce((n, r) => n + r.bytes, 0);

function Sums({ cost, watchers }: { cost: Cost; watchers: number }) {
  const t = useMessages('watch');
  const locale = useLocale();
  const apis = [
    { api: 'Endpoints', rows: cost.endpoints, tone: 'var(--reject)' },
    { api: 'EndpointSlice', rows: cost.slices, tone: 'var(--pod)' },
  ] as const;
  const most = Math.max(1, ...apis.map(({ rows }) => sum(rows)));
  const bytes = (n: number): string => amountOfBytes(locale, n);
  return (
    <>
      <table className="w-full border-collapse text-sm tabular-nums">
        <thead>
          <tr className="text-left text-xs text-ink-3 [&>th]:py-0.5 [&>th]:pr-2 [&>th]:font-normal">
            <th scope="col">API</th>
            <th scope="col">{t('events')}</th>
            <th scope="col">{t('each')}</th>
            <th scope="col">{t('all', { n: watchers })}</th>
          </tr>
        </thead>
        <tbody>
          {apis.map(({ api, rows, tone }) => (
            <tr key={api} className="border-t border-line align-top" data-api={api}>
              <th scope="row" className="py-1 pr-2 text-left font-mono text-[12px] font-normal">
                {api}
              </th>
              <td className="py-1 pr-2">{rows.length}</td>
              <td className="py-1 pr-2">{bytes(sum(rows))}</td>
              <td className="w-2/5 py-1">
                {bytes(sum(rows) * watchers)}
                <span
                  aria-hidden
                  className="mt-0.5 block h-2 rounded-sm"
                  style={{ width: `${(sum(rows) / most) * 100}%`, background: tone }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {cost.endpoints.length + cost.slices.length === 0 ? (
        <p className="mt-2 text-sm text-ink-2">{t('none')}</p>
      ) : (
        <Events rows={[...cost.endpoints.map(named('Endpoints')), ...cost.slices.map(named(undefined))]} />
      )}
      {!cost.complete && <p className="mt-2 text-xs text-warn">{t('incomplete')}</p>}
    </>
  );
}

type Named = WatchRow & { readonly label: string };
const named =
  (label: string | undefined) =>
  (row: WatchRow): Named => ({ ...row, label: label ?? row.name });

/** The latest events, in the order in which they were sent. */
function Events({ rows }: { rows: readonly Named[] }) {
  const t = useMessages('watch');
  const locale = useLocale();
  const inOrder = rows.toSorted((a, b) => a.id - b.id);
  const shown = inOrder.slice(-LISTED);
  return (
    <>
      <p className="mt-2 text-xs text-ink-3">{t('list', { shown: shown.length, of: inOrder.length })}</p>
      <ol className="text-[12px] leading-5">
        {shown.map((row) => (
          <li key={row.id} className="flex flex-wrap gap-x-2 tabular-nums">
            <span className="font-mono [overflow-wrap:anywhere]">{row.label}</span>
            <span className="text-ink-3">
              {t(row.type)} · {t('addresses', { n: row.addresses })} · {amountOfBytes(locale, row.bytes)}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
