// The sum behind a probability: what the rules before have taken, what is left, and what this rule takes of it.
import type { GraphNode, RuleView } from '@/lib/net/ruleset/graph';

export interface Choice {
  readonly kind: 'only' | 'first' | 'middle' | 'last' | 'uneven';
  /** Place among the choices of its chain, from 1, and how many there are. */
  readonly place: number;
  readonly count: number;
  /** Choices from this one on. */
  readonly left: number;
  /** "3/4": what reaches this rule; "1/3": what it takes of that. Empty if the rules do not divide evenly. */
  readonly reaches: string;
  readonly takes: string;
  /** "1/4": what the rules before have taken. */
  readonly taken: string;
  /** 0 … 1 */
  readonly share: number;
  readonly reachesShare: number;
  readonly probability: string;
}

/** How a rule of KUBE-SVC or KUBE-SVL comes to its share; null for a rule that chooses no endpoint. */
export function choiceOf(node: GraphNode, rule: RuleView): Choice | null {
  // numgen with as many values as endpoints needs no sum: no rule before it takes anything.
  if (rule.part === 'slot') return null;
  if (rule.share === undefined || (node.kind !== 'svc' && node.kind !== 'svl')) return null;
  const choices = node.rules.filter((r) => r.share !== undefined);
  const index = choices.findIndex((r) => r.id === rule.id);
  if (index < 0) return null;
  const count = choices.length;
  const left = count - index;
  const taken = choices.slice(0, index).reduce((sum, r) => sum + (r.share ?? 0), 0);
  return {
    kind: kindOf(index, left, rule, choices),
    place: index + 1,
    count,
    left,
    reaches: fraction(left, count),
    takes: fraction(1, left),
    taken: fraction(index, count),
    share: rule.share,
    reachesShare: 1 - taken,
    probability: rule.probability ?? '1',
  };
}

function kindOf(index: number, left: number, rule: RuleView, choices: readonly RuleView[]): Choice['kind'] {
  const even = choices.every((r) => Math.abs((r.share ?? 0) - 1 / choices.length) < 1e-6);
  if (choices.length === 1 && rule.probability === undefined) return 'only';
  if (!even) return 'uneven';
  if (index === 0) return 'first';
  return left === 1 ? 'last' : 'middle';
}

/** In lowest terms. */
function fraction(a: number, b: number): string {
  const divisor = gcd(a, b);
  return b / divisor === 1 ? String(a / divisor) : `${a / divisor}/${b / divisor}`;
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.max(1, a) : gcd(b, a % b));
