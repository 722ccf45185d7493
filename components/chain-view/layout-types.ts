// Where things stand in the chain view: the result of layout.ts, in SVG units.
import type { GraphColumn, GraphEdge, GraphNode, GraphNodeKind, RuleView } from '@/lib/net/ruleset/graph';
import type { Reason } from '@/lib/net/ruleset/types';

/** A line inside a box: a rule, some rules that are shown as one, or a fact. */
export interface LaidRow {
  readonly key: string;
  /** The rule that the row stands for; the first one, if it stands for several. */
  readonly rule?: RuleView;
  readonly rules: readonly string[];
  readonly fact?: Reason;
  readonly lines: readonly string[];
  /** Top of the row, from the top of the box. */
  readonly y: number;
  readonly height: number;
  readonly ghost: boolean;
  readonly change?: 'added' | 'changed';
}

export type LaidKind = GraphNodeKind | 'fold' | 'others';

export interface LaidNode {
  readonly id: string;
  readonly kind: LaidKind;
  readonly column: GraphColumn;
  /** Absent for the folded ones. */
  readonly node?: GraphNode;
  /** How many endpoints or Services are behind a folded box. */
  readonly count?: number;
  /** What each of the folded endpoints gets, if all get the same. */
  readonly share?: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly rows: readonly LaidRow[];
  /** Gone with the last edit; about to fade. */
  readonly ghost: boolean;
  /** Of a ghost: the chain is still there, only nothing of the Service leads to it any more. */
  readonly left: boolean;
}

export interface LaidPill {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
}

export interface LaidEdge {
  readonly id: string;
  readonly edge: GraphEdge;
  /** Kind of the box it leaves: gives the line its colour. */
  readonly tone: LaidKind;
  /** M … C … L …, always in this form so that moves can be eased. */
  readonly path: string;
  readonly pill?: LaidPill;
  /** Leads to KUBE-MARK-MASQ, or from there to POSTROUTING: dashed. */
  readonly mark: boolean;
  /** Drawn only while one of its ends is in focus: the hairpin rule of each endpoint. */
  readonly quiet: boolean;
  readonly ghost: boolean;
  /** Of a ghost: its rule is still there. */
  readonly left: boolean;
}

export interface LaidColumn {
  readonly id: GraphColumn;
  readonly x: number;
  readonly width: number;
  /** Kinds of chains in it, for the heading. */
  readonly kinds: readonly LaidKind[];
}

export interface Layout {
  readonly nodes: readonly LaidNode[];
  readonly edges: readonly LaidEdge[];
  readonly columns: readonly LaidColumn[];
  readonly width: number;
  readonly height: number;
}

export interface LayoutOptions {
  /** How many endpoints of a chain are drawn before the rest folds. */
  readonly endpoints: number;
  /** Draw what the last edit took away. */
  readonly ghosts: boolean;
  /** Services that are not in focus; 0: no folded box. */
  readonly others: number;
}
