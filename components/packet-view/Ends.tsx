'use client';
// The two lists: from a Pod, a node or outside; to an address of the Service in focus.
import { useMessages } from '@/lib/i18n/client';
import type { PacketEnds, PacketTarget } from '@/lib/workbench/packet';
import { fromKey, sources, toKey, type ChosenEnds } from './choose';

interface EndsProps {
  readonly ends: PacketEnds;
  readonly chosen: ChosenEnds;
  readonly onChoose: (chosen: ChosenEnds) => void;
}

const FIELD =
  'h-7 min-w-0 flex-1 rounded-md border border-line-control bg-panel px-1.5 font-mono text-xs -outline-offset-2';

export function Ends({ ends, chosen, onChoose }: EndsProps) {
  const t = useMessages('packet');
  const all = sources(ends);
  const { pods, nodes, outside, targets } = ends;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1 text-sm">
      <label className="flex min-w-40 flex-1 items-center gap-2">
        <span className="shrink-0 text-ink-3">{t('from')}</span>
        <select
          className={FIELD}
          value={chosen.from ? fromKey(chosen.from) : ''}
          onChange={(event) => {
            const from = all.find((one) => fromKey(one) === event.target.value);
            if (from) onChoose({ ...chosen, from });
          }}
        >
          <optgroup label={t('pods')}>
            {pods.map(({ name, node }) => (
              <option key={name} value={`pod/${name}`}>
                {name.replace(/^default\//, '')} · {node}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('nodes')}>
            {nodes.map((node) => (
              <option key={node} value={`node/${node}`}>
                {node}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('outside')}>
            <option value={`external/${outside}`}>{outside}</option>
          </optgroup>
        </select>
      </label>
      <label className="flex min-w-40 flex-1 items-center gap-2">
        <span className="shrink-0 text-ink-3">{t('to')}</span>
        <select
          className={FIELD}
          value={chosen.to ? toKey(chosen.to) : ''}
          onChange={(event) => {
            const to = targets.find((one) => toKey(one) === event.target.value);
            if (to) onChoose({ ...chosen, to });
          }}
        >
          {targets.map((target) => (
            <option key={toKey(target)} value={toKey(target)}>
              {nameOf(target)}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

const nameOf = ({ kind, name, to, port, protocol }: PacketTarget): string =>
  `${kind === 'nodePort' ? name : KINDS[kind]} ${to.includes(':') ? `[${to}]` : to}:${port ?? ''}/${protocol}`;

/** Kubernetes' own words. */
const KINDS = {
  clusterIP: 'ClusterIP',
  nodePort: 'NodePort',
  loadBalancer: 'LoadBalancer',
  externalIP: 'externalIP',
  pod: 'Pod',
} as const;
