// What stands inside each box of the chain view, and how large that makes it.
import type { GraphColumn, GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import type { LaidRow } from './layout-types';
import { shortAction } from './short-name';

/** Widths of the columns, and the space to the left of each: the choice of an endpoint needs room for the probability. */
export const COLUMN_WIDTH: Readonly<Record<GraphColumn, number>> = {
  hook: 88,
  services: 132,
  external: 132,
  service: 148,
  endpoint: 150,
  pod: 90,
};
/** More room before the chains of a Service if lines come from KUBE-EXT as well. */
export const GAP_AFTER_EXTERNAL = 38;
/** Room before Pods that several endpoints lead to. */
export const GAP_SHARED_PODS = 44;
export const GAP_BEFORE: Readonly<Record<GraphColumn, number>> = {
  hook: 0,
  services: 20,
  external: 26,
  service: 22,
  endpoint: 92,
  pod: 14,
};
/** Part of the space before an endpoint where the line is level and carries the probability. */
export const PILL_ROOM = 62;
export const PADDING = 9;
export const TITLE = 17;
export const LINE = 14;
/** Small text: 10.5 px of a monospaced font, 0.6 em a character. */
export const SMALL = 6.3;
/** The same size of the sans-serif font, about: a wide character, and any other. */
const WIDE = 10.5;
const NARROW = 5.4;

/** How wide a fact in words will be, about. */
export const wordsWidth = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char > '\u2e80' ? WIDE : NARROW), 0);

export interface Box {
  readonly height: number;
  readonly rows: readonly LaidRow[];
}

interface Draft extends Omit<LaidRow, 'y' | 'height'> {
  readonly space?: number;
}

/** The rows of a box and its height. `removed` are rules that the last edit took out of this chain. */
export function boxOf(node: GraphNode, removed: readonly RuleView[], ghost: boolean): Box {
  const drafts = draftsOf(node, removed, ghost);
  const rows: LaidRow[] = [];
  let y = 7 + TITLE;
  for (const { space = 0, ...draft } of drafts) {
    const height = draft.lines.length * LINE;
    rows.push({ ...draft, y: y + space, height });
    y += space + height;
  }
  if (!rows.length) return { height: 36, rows };
  return { height: y + 6, rows };
}

const columns = (node: GraphNode): number => Math.floor((COLUMN_WIDTH[node.column] - 2 * PADDING) / SMALL);

function draftsOf(node: GraphNode, removed: readonly RuleView[], ghost: boolean): Draft[] {
  switch (node.kind) {
    case 'hook':
    case 'pod':
    case 'reject':
    case 'drop':
      return [];
    case 'sep':
      return endpointRows(node, ghost);
    case 'svc':
    case 'svl':
      return serviceRows(node, removed, ghost);
    default:
      return ruleRows(node, mergeRemoved(node.rules, removed), ghost, false);
  }
}

/** A rule in one or two lines: what it matches; what it does only where no line on the canvas says it. */
function ruleRows(
  node: GraphNode,
  rules: readonly { readonly rule: RuleView; readonly ghost: boolean }[],
  ghost: boolean,
  spaced: boolean,
): Draft[] {
  return rules.map(({ rule, ghost: gone }, i) => {
    const action = shortAction(rule.action);
    const drawn = /^(→ .*|REJECT|DROP)$/.test(rule.action);
    const words = rule.match ? (drawn ? [rule.match] : [rule.match, action]) : [action];
    const text = words.join(' ').trim();
    return {
      key: rule.id,
      rule,
      rules: [rule.id],
      lines: wrap(text, columns(node)),
      ghost: (ghost || gone) && !rule.shared,
      ...(text ? {} : { fact: { code: 'no-target', params: {} } }),
      ...(rule.change ? { change: rule.change } : {}),
      ...(i > 0 || spaced ? { space: 2 } : {}),
    };
  });
}

/** KUBE-SVC: its masquerading rule; the choices are the lines to the endpoints, here only counted. */
function serviceRows(node: GraphNode, removed: readonly RuleView[], ghost: boolean): Draft[] {
  const plain = node.rules.filter((r) => r.share === undefined && !isRecent(r));
  const recent = node.rules.filter(isRecent);
  const gone = removed.filter((r) => r.share === undefined && !isRecent(r));
  const rows = ruleRows(node, mergeRemoved(plain, gone), ghost, false);
  for (const fact of node.facts) {
    const [first] = fact.code === 'affinity' ? recent : [];
    const change = first && (recent.find((r) => r.change)?.change ?? undefined);
    rows.push({
      key: `fact ${fact.code.replace(/-.*/, '')}`,
      fact,
      lines: [''],
      rules: first ? recent.map((r) => r.id) : [],
      ghost,
      ...(first ? { rule: first } : {}),
      ...(change ? { change } : {}),
    });
  }
  return rows;
}

function endpointRows(node: GraphNode, ghost: boolean): Draft[] {
  const dnat = node.rules.find((r) => r.action.startsWith('DNAT '));
  if (!dnat)
    return ruleRows(
      node,
      node.rules.map((rule) => ({ rule, ghost: false })),
      ghost,
      false,
    );
  const room = columns(node);
  const line = dnat.action.length <= room ? dnat.action : dnat.action.slice('DNAT '.length);
  return [
    {
      key: dnat.id,
      rule: dnat,
      rules: [dnat.id],
      lines: [line],
      ghost,
      ...(dnat.change ? { change: dnat.change } : {}),
    },
  ];
}

export const isRecent = (rule: RuleView): boolean => rule.match.includes('recent <');

/** Rules that went stand where they stood. */
export function mergeRemoved(
  rules: readonly RuleView[],
  removed: readonly RuleView[],
): readonly { readonly rule: RuleView; readonly ghost: boolean }[] {
  const merged = rules.map((rule) => ({ rule, ghost: false }));
  for (const rule of [...removed].sort((a, b) => a.position - b.position)) {
    const at = merged.findIndex((m) => m.rule.position >= rule.position);
    merged.splice(at < 0 ? merged.length : at, 0, { rule, ghost: true });
  }
  return merged;
}

/** Breaks between words; a word that is too long is cut by the page. */
function wrap(text: string, room: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/ (?![\d/]|dpt:|LOCAL|s$)/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
