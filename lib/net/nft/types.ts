// nftables as the kernel holds it: tables with chains, sets and maps, rules as structured expressions. kube-proxy (lib/proxy/nftables)
// and the parsers make this form; the printers, the evaluator and the chain view read it. Words follow nft(8).
import type { PersistentMap } from '@/lib/core/persistent-map';
import type { FieldRef, Reason } from '@/lib/net/ruleset/types';

export type NftFamily = 'ip' | 'ip6' | 'inet' | 'arp' | 'bridge' | 'netdev';
export type NftHook = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting' | 'ingress' | 'egress';
export type NftChainType = 'filter' | 'nat' | 'route';

/** What a rule looks at. */
export type NftExpr =
  | { readonly kind: 'payload'; readonly protocol: string; readonly field: string } // ip saddr, th dport
  | { readonly kind: 'meta'; readonly key: string } // meta l4proto, iifname
  | { readonly kind: 'ct'; readonly key: string } // ct state
  | { readonly kind: 'fib'; readonly inputs: readonly string[]; readonly result: string } // fib saddr type
  | { readonly kind: 'numgen'; readonly mode: 'random' | 'inc'; readonly mod: number }
  | { readonly kind: 'concat'; readonly parts: readonly NftExpr[] } // ip daddr . meta l4proto . th dport
  | {
      readonly kind: 'binary';
      readonly op: '&' | '|' | '^';
      readonly left: NftExpr;
      readonly right: number;
    };

/** What it is compared with. */
export type NftOperand =
  /** An address, prefix, range, port, interface or name, in nft's own spelling. */
  | { readonly kind: 'value'; readonly text: string }
  /** A packet mark. */
  | { readonly kind: 'mark'; readonly value: number }
  /** Several names of a bit mask: ct state established,related. */
  | { readonly kind: 'flags'; readonly names: readonly string[] }
  /** { a, b }; `tight` without blanks around the commas; `merged`: one interval that was several, which keeps its braces. */
  | {
      readonly kind: 'literal';
      readonly elements: readonly string[];
      readonly tight?: boolean;
      readonly merged?: boolean;
    }
  /** @name */
  | { readonly kind: 'set'; readonly name: string };

export type NftVerdict =
  | { readonly kind: 'accept' | 'drop' | 'return' | 'continue' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

export type NftCompare = '==' | '!=' | '<' | '>' | '<=' | '>=';

/** The parts of a rule, carried out from left to right until a match fails or a verdict is reached. */
export type NftStatement =
  | {
      readonly kind: 'match';
      readonly left: NftExpr;
      readonly op: NftCompare;
      readonly right: NftOperand;
    }
  | { readonly kind: 'vmap'; readonly key: NftExpr; readonly map: string }
  | {
      readonly kind: 'vmap-literal';
      readonly key: NftExpr;
      readonly entries: readonly { readonly key: string; readonly verdict: NftVerdict }[];
    }
  | { readonly kind: 'verdict'; readonly verdict: NftVerdict }
  /** `with` as printed after the word: "tcp reset", "icmp host-unreachable". */
  | { readonly kind: 'reject'; readonly with?: string }
  | { readonly kind: 'mark'; readonly value: NftExpr | number } // meta mark set …
  | { readonly kind: 'dnat' | 'snat'; readonly to: string; readonly flags: readonly string[] }
  | { readonly kind: 'masquerade'; readonly flags: readonly string[] }
  | {
      readonly kind: 'dynset';
      readonly op: 'add' | 'update' | 'delete';
      readonly set: string;
      readonly key: NftExpr;
    }
  | { readonly kind: 'counter'; readonly packets: number; readonly bytes: number }
  /** Understood by nobody here; printed as it was read. */
  | { readonly kind: 'other'; readonly words: readonly string[] };

/** Fields of API objects that something follows from, and why; absent for what the simulated kube-proxy did not write. */
export interface NftProvenance {
  readonly origin?: readonly FieldRef[];
  readonly reason?: Reason;
}

export interface NftRule extends NftProvenance {
  readonly statements: readonly NftStatement[];
  readonly comment?: string;
}

/** What makes a chain a base chain. */
export interface NftBase {
  readonly type: NftChainType;
  readonly hook: NftHook;
  readonly priority: number;
  readonly policy: 'accept' | 'drop';
  readonly device?: string;
}

export interface NftChain {
  readonly name: string;
  readonly base?: NftBase;
  readonly comment?: string;
  readonly rules: readonly NftRule[];
  /** Grows with each object of the table: `nft list` prints in this order. */
  readonly handle: number;
}

export interface NftElement extends NftProvenance {
  /** The parts of the key: an address or prefix, a protocol, a port. */
  readonly key: readonly string[];
  readonly verdict?: NftVerdict;
  /** The value in a map that is no verdict map. */
  readonly value?: string;
  readonly comment?: string;
  /** When the element goes by itself, virtual milliseconds; only in sets with a timeout. */
  readonly expiresAt?: number;
  /** As read from a listing: the rest of its time in milliseconds. */
  readonly expiresMs?: number;
}

export interface NftSet {
  readonly name: string;
  /** ipv4_addr . inet_proto . inet_service */
  readonly types: readonly string[];
  /** A map: what its elements stand for ("verdict"). */
  readonly mapTo?: string;
  readonly flags: readonly string[];
  readonly timeoutSeconds?: number;
  readonly size?: number;
  readonly comment?: string;
  /** By the key's parts joined with " . ". */
  readonly elements: PersistentMap<NftElement>;
  readonly handle: number;
}

export interface NftTable {
  readonly family: NftFamily;
  readonly name: string;
  readonly comment?: string;
  readonly chains: PersistentMap<NftChain>;
  /** Sets and maps: they share one name space. */
  readonly sets: PersistentMap<NftSet>;
  /** The last handle given. */
  readonly handles: number;
}

/** All tables of a node, in the order in which they were made. */
export type NftRuleset = readonly NftTable[];

export const elementKey = (key: readonly string[]): string => key.join(' . ');
export const tableKey = (table: { readonly family: string; readonly name: string }): string =>
  `${table.family} ${table.name}`;
