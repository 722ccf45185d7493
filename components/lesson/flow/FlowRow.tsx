'use client';
// A component on the rail: what it watches and writes, what it wrote last, and whether it is at work now or comes next.
import { duration } from '@/components/changes/duration';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';
import type { Row } from './rows';
import { Write } from './Write';

type Words = ReturnType<typeof useMessages<'flow'>>;

const KNOWN = [
  'deployment-controller',
  'replicaset-controller',
  'scheduler',
  'kubelet',
  'endpoint-controller',
  'endpointslice-controller',
  'kube-proxy',
] as const;

const roleOf = (component: string, t: Words): string =>
  t(KNOWN.find((name) => name === component) ?? 'other');

/** Writes of a turn that are shown; the record has them all. */
const SHOWN = 2;

const RAIL =
  'relative pt-1.5 pl-4 before:absolute before:top-4 before:left-0 before:w-4 before:border-t-2 before:border-line-strong';

const boxClass = (state: Row['state']): string =>
  classes(
    'rounded-md border px-2.5 py-1 text-sm transition-colors duration-300',
    state === 'turn' && 'border-accent bg-accent-weak shadow-[inset_0_0_0_1px_var(--accent)]',
    state === 'next' && 'border-dashed border-accent',
    state === 'idle' && 'border-line',
  );

export function FlowRow({ row }: { row: Row }) {
  const t = useMessages('flow');
  const { name, component, state, turn } = row;
  const who = turn?.node && component === 'kubelet' ? `kubelet (${turn.node})` : name;
  return (
    <li
      data-flow={name}
      data-state={state}
      className={classes(RAIL, state === 'turn' && 'before:border-accent')}
    >
      <div className={boxClass(state)}>
        <p className="flex flex-wrap items-baseline gap-x-2">
          <b className="font-mono text-xs font-semibold">{who}</b>
          <Standing state={state} />
          {(!turn || state === 'next') && <span className="text-xs text-ink-3">{roleOf(component, t)}</span>}
        </p>
        {turn && state !== 'next' && <Wrote row={row} />}
      </div>
    </li>
  );
}

function Standing({ state }: Pick<Row, 'state'>) {
  const t = useMessages('flow');
  if (state === 'idle') return null;
  return <span className="text-xs font-medium text-accent">{t(state === 'turn' ? 'now' : 'isNext')}</span>;
}

/** In its turn all that it wrote, later only what came of it. */
function Wrote({ row: { turn, after, state } }: { row: Row }) {
  const t = useMessages('flow');
  const wrote = turn?.wrote ?? [];
  const shown = state === 'turn' ? wrote.slice(0, SHOWN) : wrote.slice(0, 1);
  const more = wrote.length - SHOWN;
  return (
    <div className="text-ink-2 [overflow-wrap:anywhere]">
      {after !== undefined && (
        <span className="font-mono text-xs text-ink-3">{t('after', { time: duration(after) })} </span>
      )}
      {wrote.length === 0 && t('nothingToDo')}
      {shown.map((write, i) => (
        <Write key={i} write={write} {...(state === 'turn' ? {} : { fields: 1 })} />
      ))}
      {state === 'turn' && more > 0 && <span className="text-ink-3">{t('more', { n: more })}</span>}
    </div>
  );
}

/** One kube-proxy a node, side by side: each writes its own rules. */
export function Proxies({ rows }: { rows: readonly Row[] }) {
  const t = useMessages('flow');
  return (
    <li className={RAIL}>
      <p className="pt-1 text-xs text-ink-3">
        <b className="font-mono font-semibold text-ink">kube-proxy</b> {roleOf('kube-proxy', t)}
      </p>
      <ul className="mt-1 flex flex-wrap gap-1.5">
        {rows.map(({ name, state, turn, after }) => (
          <li
            key={name}
            data-flow={name}
            data-state={state}
            className={classes(boxClass(state), 'min-w-20 flex-1')}
          >
            <p className="flex flex-wrap items-baseline gap-x-2">
              <b className="font-mono text-xs font-semibold">
                {turn?.node ?? name.replace(/^kube-proxy \((.*)\)$/, '$1')}
              </b>
              <Standing state={state} />
            </p>
            <p className="text-xs text-ink-2">
              {turn
                ? `${t('RULES')}${after === undefined ? '' : ` ${t('after', { time: duration(after) })}`}`
                : t('quiet')}
            </p>
          </li>
        ))}
      </ul>
    </li>
  );
}
