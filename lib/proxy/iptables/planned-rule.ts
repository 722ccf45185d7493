// A rule that kube-proxy wrote: its origin and reason are worked out when somebody asks, because a large cluster has hundreds of
// thousands of rules and a learner looks at a few.
import type { FieldRef, Match, Reason, Rule, Target } from '@/lib/net/ruleset/types';

export interface Why {
  readonly origin: readonly FieldRef[];
  readonly reason: Reason;
}

export class PlannedRule implements Rule {
  readonly #why: () => Why;

  constructor(
    readonly chain: string,
    readonly matches: readonly Match[],
    readonly target: Target | null,
    why: () => Why,
  ) {
    this.#why = why;
  }

  get origin(): readonly FieldRef[] {
    return this.#why().origin;
  }

  get reason(): Reason {
    return this.#why().reason;
  }
}
