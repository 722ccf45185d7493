// What a hook runs, whatever front end wrote it: base chains in the order of their priorities (include/uapi/linux/netfilter_ipv4.h).
import type { Hook, RuleFamily } from '@/lib/net/ruleset/types';
import type { Packet } from './packet';
import type { Verdict, WalkEnv } from './walk-env';

export const PRIORITY = {
  raw: -300,
  conntrack: -200,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
} as const;

/** A base chain: what is registered at a hook. */
export interface BaseChain {
  readonly table: string;
  readonly name: string;
  readonly hook: Hook;
  readonly priority: number;
  /** Walked for the first packet of a connection only. */
  readonly nat: boolean;
  run(packet: Packet, env: WalkEnv): Verdict;
}

/** All rules of one family on a node. */
export interface Netfilter {
  readonly family: RuleFamily;
  /** Sorted by priority; chains without rules that could act are left out. */
  chainsAt(hook: Hook): readonly BaseChain[];
}

/** Several front ends' rules in one kernel, by priority; equal ones in the order given. */
export function together(family: RuleFamily, parts: readonly Netfilter[]): Netfilter {
  const [first, ...rest] = parts;
  if (first && rest.length === 0) return first;
  return {
    family,
    chainsAt: (hook) => parts.flatMap((p) => p.chainsAt(hook)).sort((a, b) => a.priority - b.priority),
  };
}
