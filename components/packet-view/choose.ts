// Who calls whom: what the learner chose as long as it is there, else something sensible; or what he typed.
import { packetOf } from '@/lib/course/packet-target';
import type { Reason } from '@/lib/net/ruleset/types';
import type { PacketEnds, PacketFrom, PacketTarget, PacketTo } from '@/lib/workbench/packet';
import { parseDestination, parseOutside } from '@/lib/workbench/packet-input';

/** What was chosen in the lists, or typed in their place. */
export interface Choice {
  readonly from?: PacketFrom;
  readonly to?: PacketTarget;
  /** The address of a client outside, as it is typed. */
  readonly typedFrom?: string;
  readonly typedTo?: { readonly text: string; readonly protocol: PacketTo['protocol'] };
}

export interface ChosenEnds {
  readonly from?: PacketFrom;
  readonly to?: PacketTo;
  /** Why what was typed cannot be used. */
  readonly fault?: Reason;
}

/** "pod/default/web-1", "node/node-1", "external/203.0.113.7": the value of an option. */
export const fromKey = (from: PacketFrom): string =>
  'pod' in from ? `pod/${from.pod}` : 'node' in from ? `node/${from.node}` : `external/${from.external}`;

export const toKey = ({ kind, to, port, protocol }: PacketTarget): string =>
  `${kind} ${to} ${port ?? ''} ${protocol}`;

export const sources = ({ pods, nodes, outside }: PacketEnds): readonly PacketFrom[] => [
  ...pods.map(({ name }) => ({ pod: name })),
  ...nodes.map((node) => ({ node })),
  ...outside.map((external) => ({ external })),
];

/** The learner's choice, if it is still there; else the first Pod whose name begins with "client", the first Pod, or a node. */
export function listedFrom(ends: PacketEnds, choice: Choice): PacketFrom | undefined {
  const all = sources(ends);
  const wanted = choice.from && fromKey(choice.from);
  return (
    all.find((one) => fromKey(one) === wanted) ??
    all.find((one) => 'pod' in one && /\/client/.test(one.pod)) ??
    all[0]
  );
}

export function listedTo(ends: PacketEnds, choice: Choice): PacketTarget | undefined {
  const aim = choice.to && toKey(choice.to);
  return ends.targets.find((one) => toKey(one) === aim) ?? ends.targets[0];
}

export function chosenEnds(ends: PacketEnds, choice: Choice): ChosenEnds {
  const typedFrom = choice.typedFrom === undefined ? undefined : parseOutside(choice.typedFrom);
  const typedTo = choice.typedTo && parseDestination(choice.typedTo.text, choice.typedTo.protocol);
  const from = typedFrom
    ? typedFrom.ok
      ? { external: typedFrom.value }
      : undefined
    : listedFrom(ends, choice);
  const listed = typedTo ? undefined : listedTo(ends, choice);
  const to = typedTo ? (typedTo.ok ? typedTo.value : undefined) : listed && plainTo(listed);
  const fault = typedFrom?.ok === false ? typedFrom.error : typedTo?.ok === false ? typedTo.error : undefined;
  return { ...(from ? { from } : {}), ...(to ? { to } : {}), ...(fault ? { fault } : {}) };
}

const plainTo = ({ to, port, protocol }: PacketTo): PacketTo => ({
  to,
  protocol,
  ...(port === undefined ? {} : { port }),
});

/** The ends of a packet that was sent elsewhere (a solution that is shown); undefined for a click that is none. */
export function sentElsewhere(
  target: string,
): { readonly from: PacketFrom; readonly to: PacketTo } | undefined {
  const call = packetOf(target);
  return call && { from: call.from, to: plainTo(call) };
}

/** The choice that stands for these ends. */
export function choiceOf(from: PacketFrom, { to, port, protocol }: PacketTo): Choice {
  const text = port === undefined ? to : to.includes(':') ? `[${to}]:${port}` : `${to}:${port}`;
  return {
    ...('external' in from ? { typedFrom: from.external } : { from }),
    typedTo: { text, protocol },
  };
}
