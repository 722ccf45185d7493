// The chain of provenance: a hop of a packet, the rule that made it, the YAML line that the rule follows from, and from the line back to
// the hops through its rules. F4 goes on along it, Shift+F4 back; each view says where it stands and lets itself be led.
import { focusPane } from './panes/focus-pane';
import type { LessonStore } from './lesson-store';
import type { PaneId } from './panes/layout-state';
import { rulesById } from './trail';

const ROUND = ['packet', 'views', 'editor'] as const satisfies readonly PaneId[];
export type Place = (typeof ROUND)[number];

/** Why a jump led nowhere, as a word of the keys catalogue. */
export type Missing = 'noRuleHere' | 'noHop' | 'noLine';

/** Jumps from a pane to the next (1) or the previous (-1) link. */
export async function jump(store: LessonStore, from: Place, by: 1 | -1): Promise<Missing | undefined> {
  const rules = await rulesAt(store, from);
  if (rules.length === 0) return 'noRuleHere';
  const to = ROUND[(ROUND.indexOf(from) + by + ROUND.length) % ROUND.length];
  if (to === 'packet') return toHop(store, rules);
  return to === 'views' ? toRule(store, rules) : await toLine(store, rules);
}

async function rulesAt(store: LessonStore, from: Place): Promise<readonly string[]> {
  if (from === 'packet') return store.trail.hop?.rules() ?? [];
  if (from === 'views') return store.trail.rule === null ? [] : [store.trail.rule];
  return await store.lights.rulesAtCursor();
}

function toHop({ trail, panes }: LessonStore, rules: readonly string[]): Missing | undefined {
  if (!trail.hop) return 'noHop';
  panes.show('packet');
  return trail.hop.goTo(rules) ? undefined : 'noHop';
}

/** A field has many rules: one that the packet on show passed is what the learner follows. */
function toRule(store: LessonStore, rules: readonly string[]): Missing | undefined {
  const rule = store.trail.hop?.passed(rules) ?? rules[0];
  if (rule === undefined) return 'noRuleHere';
  store.panes.show('views');
  store.panes.change((layout) => ({ ...layout, tab: 'chains' }));
  store.lights.wantRule(rule);
  return undefined;
}

async function toLine(store: LessonStore, rules: readonly string[]): Promise<Missing | undefined> {
  const graph = store.getView().state?.graph;
  const views = graph ? rulesById(graph, rules) : [];
  const [line] = await store.locate(views.flatMap(({ origin }) => origin));
  if (!line) return 'noLine';
  store.goToLine(line.file, line.startLine);
  // The pane may have been out of sight a moment ago.
  requestAnimationFrame(() => focusPane('editor'));
  return undefined;
}
