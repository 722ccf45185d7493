// Which steps of a trace are shown, and how their place is written.
import type { PacketStep, PacketTrace } from '@/lib/workbench/packet';

export interface ShownStep {
  readonly step: PacketStep;
  /** The packet before it; undefined for the first. */
  readonly before: PacketStep['packet'] | undefined;
  /** On another node than the step before, or the way back begins. */
  readonly moved: boolean;
}

/** All steps but those that say nothing: a chain that ends without a verdict, a policy of ACCEPT. */
export function shownSteps({ steps }: PacketTrace): readonly ShownStep[] {
  const kept = steps.filter((step) => !isQuiet(step));
  return kept.map((step, i) => {
    const previous = kept[i - 1];
    return {
      step,
      before: previous?.packet,
      moved: previous?.node !== step.node || previous.leg !== step.leg,
    };
  });
}

const isQuiet = ({ effect }: PacketStep): boolean =>
  effect.code === 'step.policy' && effect.params['verdict'] === 'ACCEPT';

/** "nat PREROUTING", "KUBE-SVC-BN4Y…CXQK 3": the chain with the rule's place in it, from 1. */
export function whereOf({ hook, table, chain, index, effect }: PacketStep): string {
  if (isPolicy(effect.code)) return 'NetworkPolicy';
  if (!chain || chain === hook) return [table, hook].filter(Boolean).join(' ');
  const match = /^(KUBE-(?:SVC|SVL|EXT|FW|SEP)-)(.{4}).*(.{4})$/.exec(chain);
  const name = match ? `${match[1]}${match[2]}…${match[3]}` : chain;
  return index === undefined ? name : `${name} #${index + 1}`;
}

/** What the network plugin said of the packet. */
export const isPolicy = (code: string): boolean => code.startsWith('step.networkPolicy.');

const TONES: readonly (readonly [RegExp, string])[] = [
  [/^KUBE-SVC-/, '--svc'],
  [/^KUBE-(SVL|EXT|FW)-/, '--ext'],
  [/^KUBE-SEP-/, '--sep'],
  [/^KUBE-(MARK-MASQ|POSTROUTING)$/, '--mark'],
  [/^KUBE-(SERVICES|NODEPORTS|EXTERNAL-SERVICES)$/, '--services'],
];

/** The colour of the chain's kind, the same as in the chain view. */
export function toneOf({ chain, effect }: PacketStep): string {
  if (effect.code === 'step.reject') return '--reject';
  if (effect.code === 'step.drop' || effect.code === 'step.martian') return '--drop';
  if (isPolicy(effect.code) && effect.code.endsWith('Denied')) return '--drop';
  return TONES.find(([name]) => name.test(chain ?? ''))?.[1] ?? '--hook';
}

/** Where a step happens: on a node, at a load balancer, or between the nodes, where only ARP decides. */
export function placeOf({ balancer, effect }: PacketStep): 'node' | 'balancer' | 'network' {
  if (balancer === undefined) return 'node';
  return /layer2|nobodyAnnounces/.test(effect.code) ? 'network' : 'balancer';
}
