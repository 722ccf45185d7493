'use client';
// The two lists: from a Pod, a node or outside; to an address of the Service in focus, or to one that is typed.
import { useId, type ReactNode } from 'react';
import { useMessages } from '@/lib/i18n/client';
import type { PacketEnds, PacketTarget } from '@/lib/workbench/packet';
import { destinationText, PROTOCOLS } from '@/lib/workbench/packet-input';
import { fromKey, listedFrom, listedTo, sources, toKey, type Choice } from './choose';
import type { Reason } from '@/lib/net/ruleset/types';

interface EndsProps {
  readonly ends: PacketEnds;
  readonly choice: Choice;
  /** Why what was typed cannot be used. */
  readonly fault: Reason | undefined;
  readonly onChoose: (choice: Choice) => void;
  /** What stands behind the lists. */
  readonly children: ReactNode;
}

export const FIELD =
  'h-7 min-w-0 flex-1 rounded-md border border-line-control bg-panel px-1.5 font-mono text-xs -outline-offset-2';
/** The option that lets an address be typed. */
const OTHER = 'other';

export function Ends({ ends, choice, fault, onChoose, children }: EndsProps) {
  const t = useMessages('packet');
  const faultId = useId();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1 text-sm">
      <label className="flex min-w-40 flex-1 items-center gap-2">
        <span className="shrink-0 text-ink-3">{t('from')}</span>
        <Sources ends={ends} choice={choice} onChoose={onChoose} />
      </label>
      {choice.typedFrom !== undefined && (
        <input
          className={FIELD}
          aria-label={t('outsideAddress')}
          aria-invalid={fault !== undefined}
          aria-describedby={faultId}
          value={choice.typedFrom}
          spellCheck={false}
          onChange={(event) => onChoose({ ...choice, typedFrom: event.target.value })}
        />
      )}
      <label className="flex min-w-40 flex-1 items-center gap-2">
        <span className="shrink-0 text-ink-3">{t('to')}</span>
        <Targets ends={ends} choice={choice} onChoose={onChoose} />
      </label>
      {choice.typedTo && (
        <span className="flex min-w-40 flex-1 gap-1">
          <input
            className={FIELD}
            aria-label={t('targetAddress')}
            aria-invalid={fault !== undefined}
            aria-describedby={faultId}
            value={choice.typedTo.text}
            spellCheck={false}
            onChange={(event) =>
              onChoose({
                ...choice,
                typedTo: { protocol: 'tcp', ...choice.typedTo, text: event.target.value },
              })
            }
          />
          <select
            className={`${FIELD} max-w-18`}
            aria-label={t('protocol')}
            value={choice.typedTo.protocol}
            onChange={(event) => {
              const protocol = PROTOCOLS.find((one) => one === event.target.value) ?? 'tcp';
              onChoose({ ...choice, typedTo: { text: choice.typedTo?.text ?? '', protocol } });
            }}
          >
            {PROTOCOLS.map((protocol) => (
              <option key={protocol} value={protocol}>
                {protocol.toUpperCase()}
              </option>
            ))}
          </select>
        </span>
      )}
      {children}
      <p id={faultId} role="status" className="w-full text-del empty:hidden">
        {fault && t(fault.code as Parameters<typeof t>[0], fault.params)}
      </p>
    </div>
  );
}

type ListProps = Pick<EndsProps, 'ends' | 'choice' | 'onChoose'>;

function Sources({ ends, choice, onChoose }: ListProps) {
  const t = useMessages('packet');
  const { typedFrom: _, ...listed } = choice;
  const from = listedFrom(ends, choice);
  return (
    <select
      className={FIELD}
      value={choice.typedFrom !== undefined ? OTHER : from ? fromKey(from) : ''}
      onChange={({ target: { value } }) => {
        const [first = ''] = ends.outside;
        if (value === OTHER) return onChoose({ ...choice, typedFrom: first });
        const picked = sources(ends).find((one) => fromKey(one) === value);
        if (picked) onChoose({ ...listed, from: picked });
      }}
    >
      <optgroup label={t('pods')}>
        {ends.pods.map(({ name, node }) => (
          <option key={name} value={`pod/${name}`}>
            {name.replace(/^default\//, '')} · {node}
          </option>
        ))}
      </optgroup>
      <optgroup label={t('nodes')}>
        {ends.nodes.map((node) => (
          <option key={node} value={`node/${node}`}>
            {node}
          </option>
        ))}
      </optgroup>
      <optgroup label={t('outside')}>
        {ends.outside.map((address) => (
          <option key={address} value={`external/${address}`}>
            {address}
          </option>
        ))}
        <option value={OTHER}>{t('otherOutside')}</option>
      </optgroup>
    </select>
  );
}

function Targets({ ends, choice, onChoose }: ListProps) {
  const t = useMessages('packet');
  const { typedTo: _, ...listed } = choice;
  const to = listedTo(ends, choice);
  return (
    <select
      className={FIELD}
      value={choice.typedTo ? OTHER : to ? toKey(to) : ''}
      onChange={({ target: { value } }) => {
        if (value === OTHER)
          return onChoose({
            ...choice,
            typedTo: { text: to ? destinationText(to) : '', protocol: to?.protocol ?? 'tcp' },
          });
        const picked = ends.targets.find((one) => toKey(one) === value);
        if (picked) onChoose({ ...listed, to: picked });
      }}
    >
      {ends.targets.map((target) => (
        <option key={toKey(target)} value={toKey(target)}>
          {nameOf(target)}
        </option>
      ))}
      {!to && !choice.typedTo && <option value="">{t('choose')}</option>}
      <option value={OTHER}>{t('otherTarget')}</option>
    </select>
  );
}

const nameOf = (target: PacketTarget): string =>
  `${target.kind === 'nodePort' ? target.name : KINDS[target.kind]} ${destinationText(target)}/${target.protocol}`;

/** Kubernetes' own words. */
const KINDS = {
  clusterIP: 'ClusterIP',
  nodePort: 'NodePort',
  loadBalancer: 'LoadBalancer',
  externalIP: 'externalIP',
  pod: 'Pod',
} as const;
