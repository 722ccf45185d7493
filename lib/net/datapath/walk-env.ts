// What the rules may ask of the node they run on, and whom they tell what they did.
import type { Address } from '@/lib/net/routing/address';
import type { PodSpec } from '@/lib/net/routing/pod';
import type { FieldRef, Reason } from '@/lib/net/ruleset/types';
import type { Packet } from './packet';

/** The words of one rule, whichever tool wrote it. */
export interface RuleText {
  /** As the tool's save command prints it. */
  text(): string;
  /** Why the simulated kube-proxy wrote it. */
  readonly reason: Reason | undefined;
}

/** What a network plugin made of a packet. */
export interface Judgement {
  readonly effect: Reason;
  /** The rule of the NetworkPolicy that decided. */
  readonly rule?: RuleText;
  /** The fields that it follows from. */
  readonly origin?: readonly FieldRef[];
}

/** The draws of lots on a packet's way: one seeded sequence, or one branch of an enumeration. */
export interface Choices {
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A number in [0, of), all equally likely. */
  pick(of: number): number;
}

export interface WalkEnv extends Choices {
  /** Whether an address is one of the node's own (RTN_LOCAL). */
  isLocal(address: Address): boolean;
  /** xt_recent: the client was seen within so many seconds. `reap`: what is older goes. */
  recalls(list: string, client: Address, seconds: number, reap: boolean): boolean;
  /** nftables: a rule has put the client in the set less than so many seconds ago. */
  holds(set: string, client: Address, seconds: number): boolean;
  /** `limit`: how many clients the list takes; the one not seen for longest gives way. Absent: as many as xt_recent's. */
  remember(list: string, client: Address, limit?: number): void;
  /** A free source port for MASQUERADE --random-fully. */
  anyPort(): number;
  /** The source address for packets that leave by a device (MASQUERADE). */
  sourceAddress(device: string, towards: Address): Address | undefined;
  /** `base`: the type of an nftables base chain; those of iptables are known by their names. */
  entered(table: string, chain: string, base?: string): void;
  /** A rule matched. `index` is its place in the chain; the chain itself is known from `entered`. */
  acted(table: string, chain: string, index: number, rule: RuleText, effect: Reason, packet: Packet): void;
  /** A walk through a chain is over: so many of its rules were looked at, from the first to the one that ended the walk. */
  examined(table: string, chain: string, rules: number): void;
  /** The node itself. */
  readonly nodeName: string;
  /** The Pod that has an address of its own; undefined: none, or one in its node's network. */
  podAt(address: Address): PodSpec | undefined;
  /** A network plugin judged the packet. */
  judged(table: string, chain: string, judgement: Judgement, packet: Packet): void;
  /** Nothing in a base chain decided. */
  policy(table: string, chain: string, verdict: 'ACCEPT' | 'DROP', packet: Packet): void;
}

/** Whether one match of a rule holds for a packet. */
export type Test = (packet: Packet, env: WalkEnv) => boolean;

export type Verdict =
  | { readonly kind: 'accept' }
  /** `why`: the verdict's reason, where it is another than that a rule drops. */
  | { readonly kind: 'drop'; readonly why?: Reason }
  | { readonly kind: 'reject'; readonly with: string };

export const ACCEPT: Verdict = { kind: 'accept' };
export const DROP: Verdict = { kind: 'drop' };
