// What is told of one connection: where its first packet went, rule by rule, and what came of it.
import type { Connection } from '@/lib/net/conntrack/connection';
import type { Protocol } from '@/lib/net/conntrack/tuple';
import type { FieldRef, Hook, Reason } from '@/lib/net/ruleset/types';
import type { RuleText } from './walk-env';

/**
 * delivered: a process answered. rejected: an ICMP error that says "refused". reset: TCP RST (nothing listens). unreachable: another
 * error, at once. dropped: no answer.
 */
export type VerdictName = 'delivered' | 'rejected' | 'dropped' | 'reset' | 'unreachable';

/** Addresses as "10.0.0.1:80"; ICMP without port. */
export interface StepPacket {
  readonly source: string;
  readonly destination: string;
  readonly mark: number;
}

/** One thing that happened to a packet on a node, or at a load balancer. */
export interface Step {
  /** "" at a load balancer. */
  readonly node: string;
  /** The Service ("ns/name") of the load balancer at which it happened. */
  readonly balancer?: string;
  /** The way there, or the way of the answer. */
  readonly leg: 'request' | 'answer';
  /** Absent for what no hook does: routing decisions. */
  readonly hook?: Hook;
  /** The table, or "conntrack". */
  readonly table?: string;
  readonly chain?: string;
  /** Place of the rule in its chain, from 0. */
  readonly index?: number;
  readonly rule?: RuleText;
  /** The fields of a NetworkPolicy that decided here. */
  readonly origin?: readonly FieldRef[];
  /** What it did, as a code (step.…) that lib/i18n words. */
  readonly effect: Reason;
  /** The packet afterwards. */
  readonly packet: StepPacket;
}

/** The conntrack entry that a connection left on a node. */
export interface TrackedConnection {
  readonly node: string;
  readonly connection: Connection;
}

/**
 * Nobody on the last link has the address (net/core/neighbour.c: three requests, a second apart): then an ICMP error, "host
 * unreachable", comes to the client. Whoever has not waited so long has heard nothing, so the verdict is "dropped".
 */
export interface NoNeighbour {
  readonly afterMs: number;
  /** Whom the error comes from, as the client sees it. */
  readonly from: string;
}

/** One connection, or one of the ways it can go. */
export interface Trace {
  readonly verdict: VerdictName;
  /** Why it ended so (verdict.… codes of lib/i18n). */
  readonly reason: Reason;
  readonly protocol: Protocol;
  /** The client's address and port as its socket has them. */
  readonly source: string;
  /** What it called. */
  readonly destination: string;
  /** Who answered: "10.244.1.5:8080"; for ICMP the address alone. */
  readonly endpoint?: string;
  /** The Pod that answered, "ns/name". */
  readonly endpointPod?: string;
  /** The node that translated the destination; else the node at which outside traffic came in. */
  readonly viaNode?: string;
  /** The client's address as the endpoint saw it. */
  readonly sourceIPSeen?: string;
  /** The endpoint saw another address than the client has. */
  readonly snat: boolean;
  readonly noNeighbour?: NoNeighbour;
  /** Hooks as "NODE table/HOOK" and the chains walked, in order. */
  readonly path: readonly string[];
  readonly steps: readonly Step[];
  readonly tracked: readonly TrackedConnection[];
}

/** One of the ways that a connection can go. Probabilities of all of them add up to 1. */
export interface Outcome extends Trace {
  readonly probability: number;
}
