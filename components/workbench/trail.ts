// Where the views stand on the chain of provenance: the packet's step and the rule that is looked at.
import type { ChainGraph, RuleView } from '@/lib/net/ruleset/graph';

/** The steps of the packet on show. */
export interface HopEnd {
  /** Rules of the picture that the current step passed. */
  rules(): readonly string[];
  /** The first of these rules that some step passed. */
  passed(rules: readonly string[]): string | undefined;
  /** Goes to the first step that passes one of them and takes the keyboard; false: there is none. */
  goTo(rules: readonly string[]): boolean;
}

/** What the views have told; nothing is drawn from it. */
export class Trail {
  #hop: HopEnd | null = null;
  #selected: string | null = null;
  #walked: string | null = null;

  get hop(): HopEnd | null {
    return this.#hop;
  }
  /** The rule that is selected in the chains, else the one that the keyboard is at. */
  get rule(): string | null {
    return this.#selected ?? this.#walked;
  }

  /** A packet's steps are on show, or no more (null). */
  tell(hop: HopEnd | null): void {
    this.#hop = hop;
  }
  select(rule: string | null): void {
    this.#selected = rule;
  }
  walkTo(rule: string | null): void {
    this.#walked = rule;
  }
}

/** Rules of the picture by their ids, in the order of the ids. */
export function rulesById(graph: ChainGraph, ids: readonly string[]): readonly RuleView[] {
  const all = new Map(graph.nodes.flatMap((node) => node.rules.map((rule) => [rule.id, rule])));
  return ids.flatMap((id) => all.get(id) ?? []);
}
