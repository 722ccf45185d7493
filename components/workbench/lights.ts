// What lights up together: a packet's step, the rule that made it, the lines that the rule follows from, and the other way round. Each view
// tells what it points at; the others show it.
import { ruleInGraph } from '@/components/packet-view/stated';
import type { ChainGraph, RuleView } from '@/lib/net/ruleset/graph';
import type { FieldRef } from '@/lib/net/ruleset/types';
import type { PacketStep } from '@/lib/workbench/packet';
import type { RuleLocation } from '@/lib/workbench/protocol';
import type { LessonView } from './lesson-view';
import { rulesById, type Trail } from './trail';

/** What it needs of the page around it. */
export interface LightsPage {
  readonly view: () => LessonView;
  readonly set: (part: Partial<LessonView>) => void;
  readonly locate: (origin: readonly FieldRef[]) => Promise<readonly RuleLocation[]>;
  /** Rules that follow from a place in a file; undefined while there is no cluster. */
  readonly rulesAt: (...place: EditorPlace) => Promise<readonly string[] | undefined>;
  /** Brings another node's chains. */
  readonly toNode: (node: string) => void;
  readonly trail: Trail;
}

type EditorPlace = readonly [file: string, line: number, column: number];

export class Lights {
  #lines = 0;
  #asking = false;
  #cursor: EditorPlace | null = null;
  #lastCursor: EditorPlace | null = null;
  #wantedStep: PacketStep | null = null;

  constructor(private readonly page: LightsPage) {}

  /** A rule is selected in the chains: its lines light up, and the packet's hops through it are marked. */
  selectRule(rule: RuleView | null): void {
    this.page.trail.select(rule?.id ?? null);
    this.page.set({ marked: rule ? [rule.id] : [] });
    this.#lightLines(rule?.origin ?? []);
  }

  /** Selects a rule in the chains and gives them the keyboard. */
  wantRule(rule: string): void {
    this.page.set({ wantedRule: { rule } });
  }

  /** Rules that follow from the field under the editor's cursor. */
  async rulesAtCursor(): Promise<readonly string[]> {
    return (this.#lastCursor && (await this.page.rulesAt(...this.#lastCursor))) ?? [];
  }

  /** Lights up the rules that follow from the field under the cursor; of many moves the last one counts. */
  cursor(...place: EditorPlace): void {
    this.#cursor = place;
    this.#lastCursor = place;
    if (!this.#asking) void this.#followCursor();
  }

  lightRules(litRules: readonly string[]): void {
    this.page.set({ litRules });
  }

  /** Lights up the rule of a packet's step and the lines it follows from; a step on another node brings that node's chains. */
  lightStep(step: PacketStep): void {
    const { state } = this.page.view();
    if (!state) return;
    const elsewhere = state.graph.node !== step.node && state.nodes.includes(step.node);
    this.#wantedStep = elsewhere ? step : null;
    if (elsewhere) this.page.toNode(step.node);
    else this.#lightRulesOf(state.graph, step);
  }

  /** Another picture is there: a step that waited for it lights up. */
  adopted(graph: ChainGraph): void {
    const step = this.#wantedStep;
    if (step?.node !== graph.node) return;
    this.#wantedStep = null;
    this.#lightRulesOf(graph, step);
  }

  #lightRulesOf(graph: ChainGraph, step: PacketStep): void {
    const litRules = ruleInGraph(graph, step);
    this.page.set({ litRules });
    // A NetworkPolicy's verdict knows its own fields; a step that no rule made (a route, a chain's policy) follows from no line.
    const rules = step.index === undefined ? [] : rulesById(graph, litRules);
    this.#lightLines(step.origin ?? rules.flatMap(({ origin }) => origin));
  }

  /** Lights up the editor's lines that rules follow from; of answers that overtake each other the newest counts. */
  #lightLines(origin: readonly FieldRef[]): void {
    const mine = ++this.#lines;
    if (origin.length === 0) return this.page.set({ highlights: [] });
    void this.page.locate(origin).then((highlights) => {
      const [first] = highlights;
      if (mine !== this.#lines) return;
      this.page.set({
        highlights,
        ...(first ? { reveal: { file: first.file, line: first.startLine } } : {}),
      });
    });
  }

  async #followCursor(): Promise<void> {
    this.#asking = true;
    while (this.#cursor) {
      const place = this.#cursor;
      this.#cursor = null;
      const litRules = await this.page.rulesAt(...place);
      if (litRules) this.page.set({ litRules, marked: litRules });
    }
    this.#asking = false;
  }
}
