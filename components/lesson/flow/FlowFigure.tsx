'use client';
// Everybody talks to the API server and nobody to each other: one rail, a row for each component. A row lights up in its turn with the
// object and the fields that it wrote; the whole figure is text, so it reads the same without sight.
import { useMemo } from 'react';
import { duration } from '@/components/changes/duration';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { Flow, FlowTurn } from '@/lib/workbench/flow';
import { FlowReachTable } from './FlowReachTable';
import { FlowRow, Proxies } from './FlowRow';
import { flowRows } from './rows';
import { StepControls } from './StepBar';
import { nameOf, turnText, useFlow } from './use-flow';
import { Write } from './Write';

export function FlowFigure() {
  const t = useMessages('flow');
  const flow = useFlow();
  const nodes = useLesson((view) => view.state?.nodes);
  const clock = useLesson((view) => view.state?.clock);
  const rows = useMemo(
    () => flowRows(flow, nodes ?? [], clock?.held ? clock.next : null),
    [flow, nodes, clock],
  );
  return (
    <figure
      className="my-4 rounded-panel border border-line bg-panel px-3 py-2.5"
      data-testid="discovery-flow"
    >
      <figcaption className="mb-2 text-xs text-ink-3">{t('title')}</figcaption>
      <StepControls quiet />
      <Server last={flow?.record.at(-1)} />
      <ul className="ml-3 border-l-2 border-services pb-1">
        {rows
          .filter(({ component }) => component !== 'kube-proxy')
          .map((row) => (
            <FlowRow key={row.name} row={row} />
          ))}
        <Proxies rows={rows.filter(({ component }) => component === 'kube-proxy')} />
      </ul>
      {flow && <FlowReachTable reach={flow.reach} />}
      {flow && <Record record={flow.record} />}
    </figure>
  );
}

/** The object and the fields that were written last, by whomever. */
function Server({ last }: { last: FlowTurn | undefined }) {
  const t = useMessages('flow');
  const write = last?.wrote.findLast(({ type }) => type !== 'RULES');
  return (
    <div className="mt-2 rounded-md border-2 border-services px-2.5 py-1 text-sm [overflow-wrap:anywhere]">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <b className="font-mono text-xs font-semibold text-services">kube-apiserver</b>
        <span className="text-xs text-ink-3">{t('server')}</span>
      </p>
      <div className="min-h-12 text-ink-2" data-testid="flow-server">
        {last && write ? (
          <>
            {t('by', { who: last.own ? t('you') : nameOf(last) })} <Write write={write} />
          </>
        ) : (
          <span className="text-ink-3">{t('noWrite')}</span>
        )}
      </div>
    </div>
  );
}

/** All that was written since the learner's last change, as sentences. */
function Record({ record }: Pick<Flow, 'record'>) {
  const t = useMessages('flow');
  const [first] = record;
  return (
    <details className="mt-2 text-sm">
      <summary className="cursor-pointer text-ink-2">{t('record')}</summary>
      {first ? (
        <ol className="mt-1 list-decimal space-y-0.5 pl-6 text-ink-2 [overflow-wrap:anywhere]">
          {record.map((turn, i) => (
            <li key={i}>{toldTurn(turn, first, t)}</li>
          ))}
        </ol>
      ) : (
        <p className="mt-1 text-ink-3">{t('recordEmpty')}</p>
      )}
    </details>
  );
}

const toldTurn = (turn: FlowTurn, first: FlowTurn, t: ReturnType<typeof useMessages<'flow'>>): string =>
  turn.own
    ? t('toldOwn', { what: turnText(turn, t) })
    : t('told', { time: duration(turn.at - first.at), who: nameOf(turn), what: turnText(turn, t) });
