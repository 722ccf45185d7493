// Who calls whom: what the learner chose as long as it is there, else something sensible.
import type { PacketEnds, PacketFrom, PacketTarget } from '@/lib/workbench/packet';

export interface ChosenEnds {
  readonly from?: PacketFrom;
  readonly to?: PacketTarget;
}

/** "pod/default/web-1", "node/node-1", "external/203.0.113.7": the value of an option. */
export const fromKey = (from: PacketFrom): string =>
  'pod' in from ? `pod/${from.pod}` : 'node' in from ? `node/${from.node}` : `external/${from.external}`;

export const toKey = ({ kind, to, port, protocol }: PacketTarget): string =>
  `${kind} ${to} ${port ?? ''} ${protocol}`;

export const sources = ({ pods, nodes, outside }: PacketEnds): readonly PacketFrom[] => [
  ...pods.map(({ name }) => ({ pod: name })),
  ...nodes.map((node) => ({ node })),
  { external: outside },
];

/** The learner's choice, if it is still there; else the first Pod whose name begins with "client", the first Pod, or a node. */
export function chosenEnds(ends: PacketEnds, choice: ChosenEnds): ChosenEnds {
  const all = sources(ends);
  const wanted = choice.from && fromKey(choice.from);
  const from =
    all.find((one) => fromKey(one) === wanted) ??
    all.find((one) => 'pod' in one && /\/client/.test(one.pod)) ??
    all[0];
  const aim = choice.to && toKey(choice.to);
  const to = ends.targets.find((one) => toKey(one) === aim) ?? ends.targets[0];
  return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
}
