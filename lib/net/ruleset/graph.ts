// The chain view's picture: a node's rules walked from the hooks to the Pods, be they iptables rules (graph-build.ts) or kube-proxy's
// nftables table (lib/net/nft/graph). Only the focused Service is drawn in full; it is taken from the rules alone, so that rules
// imported from a real node can be drawn as well.
import type { FieldRef, Reason, RuleFamily, TableName } from './types';

/** lookup: nftables sets and maps that chains look destinations up in. */
export type GraphColumn = 'hook' | 'services' | 'lookup' | 'external' | 'service' | 'endpoint' | 'pod';
export type GraphNodeKind =
  | 'hook' // nat PREROUTING, OUTPUT, POSTROUTING; filter FORWARD, INPUT …
  | 'services' // a shared chain (KUBE-SERVICES, KUBE-NODEPORTS, KUBE-EXTERNAL-SERVICES …) with its rules that name the Service
  | 'svc' // KUBE-SVC-…
  | 'svl' // KUBE-SVL-…
  | 'ext' // KUBE-EXT-…
  | 'fw' // KUBE-FW-…
  | 'sep' // KUBE-SEP-…
  | 'map' // an nftables verdict map: each element leads to a chain
  | 'set' // an nftables set
  | 'pod' // where DNAT leads
  | 'masq' // KUBE-MARK-MASQ, KUBE-POSTROUTING
  | 'reject'
  | 'drop';

export type GraphMode = 'iptables' | 'nftables';
/** A table of iptables, or kube-proxy's own of nftables. */
export type GraphTable = TableName | 'ip kube-proxy' | 'ip6 kube-proxy';

/** One rule, ready to be shown; in nftables mode also an element of a set or map, and a slot of a rule's own map. */
export interface RuleView {
  /** Stable while the rule means the same: table, chain and what it matches, without its position and probability. */
  readonly id: string;
  readonly table: GraphTable;
  /** The chain; for an element the set or map as rules name it, "@service-ips". */
  readonly chain: string;
  /** Absent for a rule. slot: one entry of the map that a rule carries in itself. */
  readonly part?: 'element' | 'slot';
  /** 1-based position in its chain, and how many rules the chain has; the same for elements and slots. */
  readonly position: number;
  readonly of: number;
  /** As kube-proxy writes it. */
  readonly text: string;
  /** The same in a few words of iptables -L, without what its chain makes clear: "-d 10.96.0.10 udp dpt:53", "" for anything. */
  readonly match: string;
  /** What it does: "→ KUBE-MARK-MASQ", "DNAT 10.244.1.5:8080", "" for a rule without a target. */
  readonly action: string;
  readonly reason?: Reason;
  readonly origin: readonly FieldRef[];
  /** Serves only clients that session affinity remembers. */
  readonly returning?: true;
  /** As the rule states it ("0.3333333333"), if it has one; a slot's key ("2 :"). */
  readonly probability?: string;
  /** The true share of new connections that enter the chain and match here, 0 … 1. */
  readonly share?: number;
  readonly change?: 'added' | 'changed';
  /** There for every Service (a hook's jump, masquerading): it comes into the picture and goes, but no edit of a Service writes it. */
  readonly shared?: true;
}

export interface GraphNode {
  readonly id: string;
  readonly kind: GraphNodeKind;
  readonly column: GraphColumn;
  /** Whole name: "KUBE-SVC-BN4YOQVCCNELCXQK", "PREROUTING", "my-web-app-6d4cf56db6-w9z4t". */
  readonly name: string;
  readonly table?: GraphTable;
  /** nftables: which part of the picture it stands in; iptables: the table says it. */
  readonly lane?: 'nat' | 'filter' | 'postrouting';
  /** An affinity set: the id of the endpoint's chain that fills it. */
  readonly beside?: string;
  /** nftables: the chain, set or map as `nft list` prints it; absent if it is long. */
  readonly block?: string;
  /** nftables: what it is for, worded by the page; absent for what somebody made by hand. */
  readonly about?: Reason;
  /** Facts for the second line: codes with values, worded by the page. */
  readonly facts: readonly Reason[];
  readonly rules: readonly RuleView[];
  /** True share of the Service's new connections that come here (endpoints and Pods), 0 … 1. */
  readonly share?: number;
  readonly change?: 'added' | 'changed';
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The rule that makes the step; none for "DNAT leads to this Pod". */
  readonly rule?: string;
  /** The probability as the rule states it; "1" for a last rule without one. Only on endpoint choices. */
  readonly probability?: string;
  readonly change?: 'added' | 'changed';
}

export interface ChainGraph {
  readonly mode: GraphMode;
  readonly node: string;
  readonly family: RuleFamily;
  readonly service: string | null;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /**
   * What the last edit took away, as it was: the view lets it fade. Nodes and edges may only have left the picture (see
   * `RuleView.shared`); the rules are gone from the node.
   */
  readonly removed: {
    readonly nodes: readonly GraphNode[];
    readonly edges: readonly GraphEdge[];
    readonly rules: readonly RuleView[];
  };
  /** Counts of what the last edit changed, of all rules on the node (not of this Service alone). */
  readonly delta: { readonly added: number; readonly removed: number };
}
