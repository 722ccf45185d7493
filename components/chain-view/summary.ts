// What the last edit changed, in numbers: for the line below the canvas and for those who listen instead of looking.
import type { ChainGraph } from '@/lib/net/ruleset/graph';

export interface Summary {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** What each endpoint gets, if all get the same. */
  readonly share: number | null;
  readonly endpoints: number;
  /** No endpoint, and a rule that answers or drops instead. */
  readonly refused: 'reject' | 'drop' | null;
}

/** Null if the edit changed nothing here. */
export function summaryOf(graph: ChainGraph): Summary | null {
  const rules = graph.nodes.flatMap((n) => n.rules);
  const added = rules.filter((r) => r.change === 'added').length;
  const changed = rules.filter((r) => r.change === 'changed').length;
  const removed = graph.removed.rules.length;
  if (!added && !changed && !removed) return null;
  const shares = graph.nodes
    .filter((n) => n.kind === 'sep')
    .flatMap((n) => (n.share === undefined ? [] : [n.share]));
  const [first = 0] = shares;
  const even = shares.length > 0 && shares.every((s) => Math.abs(s - first) < 1e-6);
  const refusal = graph.nodes.find((n) => n.kind === 'reject' || n.kind === 'drop');
  const refused =
    !shares.length && (refusal?.kind === 'reject' || refusal?.kind === 'drop') ? refusal.kind : null;
  return { added, changed, removed, share: even ? first : null, endpoints: shares.length, refused };
}
