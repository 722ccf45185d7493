// The one intermediate form of a node's netfilter rules. kube-proxy (lib/proxy) and the parser of iptables-save make it; the
// printers, the evaluator and the chain view read it. Words follow iptables(8) and iptables-extensions(8).
import type { ObjectRef } from '@/lib/kube/types';

export type TableName = 'raw' | 'mangle' | 'nat' | 'filter' | 'security';
export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';
export type RuleFamily = 'IPv4' | 'IPv6';

/** One word group of a rule, in the order in which it was written. `not` is iptables' `!`. */
export type Match =
  | { readonly kind: 'comment'; readonly text: string; readonly bare?: boolean } // bare: written without quotes
  | { readonly kind: 'protocol'; readonly protocol: string; readonly not?: boolean } // -p tcp
  | { readonly kind: 'transport'; readonly protocol: string } // -m tcp -p tcp, as kube-proxy writes it
  | { readonly kind: 'module'; readonly name: string } // a bare -m tcp
  | { readonly kind: 'source'; readonly cidr: string; readonly not?: boolean } // -s
  | { readonly kind: 'destination'; readonly cidr: string; readonly not?: boolean } // -d
  | { readonly kind: 'in-interface'; readonly name: string; readonly not?: boolean } // -i, a + at the end is a wildcard
  | { readonly kind: 'out-interface'; readonly name: string; readonly not?: boolean } // -o
  | { readonly kind: 'dport'; readonly port: string; readonly not?: boolean } // "80" or "80:90"
  | { readonly kind: 'sport'; readonly port: string; readonly not?: boolean }
  | { readonly kind: 'mark'; readonly value: number; readonly mask: number; readonly not?: boolean }
  | {
      readonly kind: 'addrtype';
      readonly src?: string;
      readonly dst?: string;
      readonly notSrc?: boolean;
      readonly notDst?: boolean;
    }
  | { readonly kind: 'conntrack'; readonly states: readonly string[]; readonly not?: boolean }
  | { readonly kind: 'statistic'; readonly probability: string } // as written, ten decimals; see probabilityOf
  | {
      readonly kind: 'recent';
      readonly name: string;
      readonly op: 'rcheck' | 'set';
      readonly seconds?: number;
      readonly reap?: boolean;
    }
  | { readonly kind: 'nfacct'; readonly name: string }
  | { readonly kind: 'other'; readonly words: readonly string[] }; // understood by nobody here; printed as it was read

export type Target =
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'goto'; readonly chain: string }
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'return' }
  | { readonly kind: 'reject'; readonly with?: string }
  | { readonly kind: 'dnat'; readonly to: string } // IP:port, [IPv6]:port
  | { readonly kind: 'masquerade'; readonly randomFully: boolean }
  | {
      readonly kind: 'mark';
      readonly op: 'or' | 'xor' | 'set';
      readonly value: number;
      readonly mask?: number;
    }
  | { readonly kind: 'other'; readonly words: readonly string[] };

/** A field of an API object that a rule follows from, e.g. Service default/web `spec.ports[0].targetPort`. */
export interface FieldRef extends ObjectRef {
  /** Path in the object as in a Status cause: spec.ports[0].port; "" is the object as a whole. */
  readonly path: string;
}

/** Why kube-proxy wrote a rule: a code and values that lib/i18n puts into a sentence. */
export interface Reason {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface Rule {
  readonly chain: string;
  readonly matches: readonly Match[];
  /** null: a rule without a target; it counts and goes on. */
  readonly target: Target | null;
  /** Absent for rules that were not written by the simulated kube-proxy. */
  readonly origin?: readonly FieldRef[];
  readonly reason?: Reason;
  /** [packets, bytes], if they were read from a dump. */
  readonly counters?: readonly [number, number];
}

export interface Chain {
  readonly name: string;
  /** Built-in chains only. */
  readonly policy?: 'ACCEPT' | 'DROP';
  readonly rules: readonly Rule[];
  readonly counters?: readonly [number, number];
}

/** All rules of one address family on one node. */
export interface RuleSet {
  readonly family: RuleFamily;
  /** The tables that exist. */
  readonly tables: readonly TableName[];
  chain(table: TableName, name: string): Chain | undefined;
  /** Chains of a table in the order in which iptables-save lists them: built-in ones, then by name. */
  chains(table: TableName): readonly Chain[];
}
