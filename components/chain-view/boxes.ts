// What stands inside each box of the chain view, and how large that makes it.
import type { GraphColumn, GraphMode, GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import type { Reason } from '@/lib/net/ruleset/types';
import type { LaidRow } from './layout-types';
import { shortAction } from './short-name';

/** Widths of the columns, and the space to the left of each: the choice of an endpoint needs room for the probability. */
export const COLUMN_WIDTH: Readonly<Record<GraphColumn, number>> = {
  hook: 88,
  services: 132,
  lookup: 176,
  external: 132,
  service: 148,
  endpoint: 150,
  pod: 90,
};
/** nftables' own chains have longer names: "nat-prerouting", "cluster-ips-check". */
const NFT_WIDTH: typeof COLUMN_WIDTH = { ...COLUMN_WIDTH, hook: 112, services: 136 };
export const widthsOf = (mode: GraphMode): typeof COLUMN_WIDTH =>
  mode === 'nftables' ? NFT_WIDTH : COLUMN_WIDTH;
/** More room before the chains of a Service if lines come from KUBE-EXT as well. */
export const GAP_AFTER_EXTERNAL = 38;
/** Room before Pods that several endpoints lead to. */
export const GAP_SHARED_PODS = 44;
export const GAP_BEFORE: Readonly<Record<GraphColumn, number>> = {
  hook: 0,
  services: 20,
  lookup: 22,
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
export function boxOf(node: GraphNode, removed: readonly RuleView[], ghost: boolean, width: number): Box {
  const drafts = draftsOf(node, removed, ghost, Math.floor((width - 2 * PADDING) / SMALL));
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

/** `room`: characters of a line. */
function draftsOf(node: GraphNode, removed: readonly RuleView[], ghost: boolean, room: number): Draft[] {
  switch (node.kind) {
    case 'hook':
    case 'pod':
    case 'reject':
    case 'drop':
      return [];
    case 'sep':
      return endpointRows(node, ghost, room);
    case 'svc':
    case 'svl':
      return serviceRows(node, removed, ghost, room);
    case 'map':
    case 'set':
      return elementRows(node, removed, ghost, room);
    default:
      return ruleRows(mergeRemoved(node.rules, removed), ghost, room);
  }
}

/** A rule in one or two lines: what it matches; what it does only where no line on the canvas says it. */
function ruleRows(
  rules: readonly { readonly rule: RuleView; readonly ghost: boolean }[],
  ghost: boolean,
  room: number,
): Draft[] {
  return rules.map(({ rule, ghost: gone }, i) => {
    const action = shortAction(rule.action);
    const drawn = /^(→ .*|REJECT|DROP|drop)$/.test(rule.action);
    const words = rule.match ? (drawn ? [rule.match] : [rule.match, action]) : [action];
    const text = words.join(' ').trim();
    return {
      key: rule.id,
      rule,
      rules: [rule.id],
      lines: wrap(text, room, isNft(rule) ? NFT_BREAK : BREAK),
      ghost: (ghost || gone) && !rule.shared,
      ...(text ? {} : { fact: { code: 'no-target', params: {} } }),
      ...(rule.change ? { change: rule.change } : {}),
      ...(i > 0 ? { space: 2 } : {}),
    };
  });
}

/** So many elements of a set or map have a row; the drawer and the text view have more. */
const MOST_ELEMENTS = 12;
/** Of what an affinity set remembers. */
const MOST_CLIENTS = 2;

/** A set or map: the Service's elements, those that the edit touched first if there are many. */
function elementRows(node: GraphNode, removed: readonly RuleView[], ghost: boolean, room: number): Draft[] {
  const most = node.beside === undefined ? MOST_ELEMENTS : MOST_CLIENTS;
  const all = mergeRemoved(node.rules, removed);
  const touched = all.filter((e) => e.ghost || e.rule.change);
  const kept = new Set([...touched, ...all].slice(0, most));
  const rows = ruleRows(
    all.filter((e) => kept.has(e)),
    ghost,
    room,
  );
  const more = all.length - kept.size;
  if (more > 0) rows.push(factRow({ code: 'elements-more', params: { count: more } }, ghost));
  const clients = node.facts.find((f) => f.code === 'clients');
  if (clients) rows.unshift(factRow(clients, ghost));
  return rows;
}

const factRow = (fact: Reason, ghost: boolean): Draft => ({
  key: `fact ${fact.code}`,
  fact,
  lines: [''],
  rules: [],
  ghost,
});

/** KUBE-SVC: its masquerading rule; the choices are the lines to the endpoints, here only counted. */
function serviceRows(node: GraphNode, removed: readonly RuleView[], ghost: boolean, room: number): Draft[] {
  const plain = node.rules.filter((r) => r.share === undefined && !isRecent(r));
  const recent = node.rules.filter(isRecent);
  const gone = removed.filter((r) => r.share === undefined && !isRecent(r));
  const rows = ruleRows(mergeRemoved(plain, gone), ghost, room);
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

function endpointRows(node: GraphNode, ghost: boolean, room: number): Draft[] {
  const dnat = node.rules.find((r) => dnatAddress(r) !== undefined);
  if (!dnat)
    return ruleRows(
      node.rules.map((rule) => ({ rule, ghost: false })),
      ghost,
      room,
    );
  const line = dnat.action.length <= room ? dnat.action : (dnatAddress(dnat) ?? '');
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

/** "10.244.1.5:8080" of "DNAT 10.244.1.5:8080" and of nft's "dnat to 10.244.1.5:8080". */
export const dnatAddress = ({ action }: RuleView): string | undefined =>
  /^(?:DNAT|dnat to) (\S+)/.exec(action)?.[1];

export const isRecent = (rule: RuleView): boolean => rule.returning === true;

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

const isNft = (rule: RuleView): boolean => rule.table === 'ip kube-proxy' || rule.table === 'ip6 kube-proxy';
/** What belongs together stays on a line: an option and its address, in nft's words the two of a field. */
const BREAK = / (?![\d/]|dpt:|LOCAL|s$)/;
const NFT_BREAK = / (?<!\b(?:ip6?|th|meta|ct|fib|tcp|udp) )(?!\.)/;

/** Breaks between words; a word that is too long is cut by the page. */
function wrap(text: string, room: number, between: RegExp): string[] {
  const lines: string[] = [];
  for (const word of text.split(between)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= room)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
