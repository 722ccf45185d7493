// `nft list ruleset` (nftables 1.0): tables with their sets and maps, then their chains, each in the order in which they were made.
import { emptyChain } from './apply';
import { listedElements } from './list-order';
import { numericKey, numericStatement, type Numeric } from './numeric';
import { priorityText } from './priorities';
import { printListedRule, printVerdict } from './print-rule';
import type {
  NftBase,
  NftChain,
  NftElement,
  NftFamily,
  NftRule,
  NftRuleset,
  NftSet,
  NftStatement,
  NftTable,
} from './types';
import { elementKey } from './types';

export interface ListOptions {
  /** Virtual milliseconds, for what is left of elements' time. */
  readonly now?: number;
  /** -a: the handles of the rules; those of the table's other objects are in the form. */
  readonly handles?: ReadonlyMap<NftRule, number>;
  readonly tableHandle?: number;
  /** -t: sets and maps without their elements. */
  readonly terse?: boolean;
  /** -s: no time that is left, no counts. */
  readonly stateless?: boolean;
  readonly numeric?: Numeric;
}

export function listRuleset(tables: NftRuleset, options: ListOptions = {}): string {
  return tables.map((t) => listTable(t, options)).join('');
}

const byHandle = <T extends { readonly handle: number }>(all: Iterable<T>): T[] =>
  [...all].sort((a, b) => a.handle - b.handle);

/** `nft list table`. */
export function listTable(table: NftTable, options: ListOptions = {}): string {
  const blocks = [
    ...byHandle(table.sets.values()).map((s) => setBlock(s, options)),
    ...byHandle(table.chains.values()).map((c) => chainBlock(c, table.family, options)),
  ];
  const comment = table.comment === undefined ? '' : `\tcomment "${table.comment}"\n`;
  const handle = options.tableHandle === undefined ? '' : ` # handle ${options.tableHandle}`;
  return `table ${table.family} ${table.name} {${handle}\n${comment}${blocks.join('\n')}}\n`;
}

/** `nft list chains`, `sets`, `maps`: all of one kind, chains without their rules. */
export function listHeads(
  table: NftTable,
  what: 'chains' | 'sets' | 'maps',
  options: ListOptions = {},
): string {
  const blocks =
    what === 'chains'
      ? byHandle(table.chains.values()).map((c) => chainBlock(emptyChain(c), table.family, options))
      : byHandle(table.sets.values())
          .filter((s) => (s.mapTo === undefined) === (what === 'sets'))
          .map((s) => setBlock(s, options));
  return `table ${table.family} ${table.name} {\n${blocks.join('')}}\n`;
}

/** `nft list chain` and `nft list set` show the object inside its table. */
export const listChain = (table: NftTable, chain: NftChain, options: ListOptions = {}): string =>
  `table ${table.family} ${table.name} {\n${chainBlock(chain, table.family, options)}}\n`;
export const listSet = (table: NftTable, set: NftSet, options: ListOptions = {}): string =>
  `table ${table.family} ${table.name} {\n${setBlock(set, options)}}\n`;

function chainBlock(chain: NftChain, family: NftFamily, options: ListOptions): string {
  const { handles, stateless, numeric } = options;
  const lines: string[] = [];
  if (chain.comment !== undefined) lines.push(`comment "${chain.comment}"`);
  if (chain.base) lines.push(baseLine(chain.base, family, numeric));
  const shown = (all: readonly NftStatement[]): readonly NftStatement[] => {
    const told = stateless ? all.map(uncounted) : all;
    return numeric ? told.map((s) => numericStatement(s, numeric)) : told;
  };
  for (const rule of chain.rules) {
    const { statements, comment } = rule;
    const handle = handles ? ` # handle ${handles.get(rule) ?? 0}` : '';
    lines.push(
      printListedRule(shown(statements)) + (comment === undefined ? '' : ` comment "${comment}"`) + handle,
    );
  }
  return `\tchain ${chain.name} {${handles ? ` # handle ${chain.handle}` : ''}\n${lines.map((l) => `\t\t${l}\n`).join('')}\t}\n`;
}

const COUNTER: NftStatement = { kind: 'other', words: ['counter'] };
const uncounted = (s: NftStatement): NftStatement => (s.kind === 'counter' ? COUNTER : s);

function baseLine(base: NftBase, family: NftFamily, numeric: Numeric | undefined): string {
  const { type, hook, priority, policy, device } = base;
  const order = numeric?.priority ? String(priority) : priorityText(priority, hook, family);
  const where = device === undefined ? hook : `${hook} device "${device}"`;
  return `type ${type} hook ${where} priority ${order}; policy ${policy};`;
}

function setBlock(set: NftSet, options: ListOptions): string {
  const type = set.types.join(' . ') + (set.mapTo === undefined ? '' : ` : ${set.mapTo}`);
  const lines = [`type ${type}`];
  if (set.size !== undefined) lines.push(`size ${set.size}`);
  if (set.flags.length) lines.push(`flags ${set.flags.join(',')}`);
  if (set.timeoutSeconds !== undefined) lines.push(`timeout ${timeOf(set.timeoutSeconds * 1000, options)}`);
  if (set.comment !== undefined) lines.push(`comment "${set.comment}"`);
  if (set.elements.size && !options.terse) lines.push(elementsLine(set, options));
  const kind = set.mapTo === undefined ? 'set' : 'map';
  const handle = options.handles ? ` # handle ${set.handle}` : '';
  return `\t${kind} ${set.name} {${handle}\n${lines.map((l) => `\t\t${l}\n`).join('')}\t}\n`;
}

/** How many elements stand on a line (nftables src/expression.c calculate_delim). */
const PER_LINE: Readonly<Record<string, number>> = { inet_proto: 5, inet_service: 5, ipv4_addr: 2 };

function elementsLine(set: NftSet, options: ListOptions): string {
  const perLine = set.mapTo === undefined && set.types.length === 1 ? (PER_LINE[set.types[0] ?? ''] ?? 1) : 1;
  const texts = listedElements(set).map((e) => elementText(set, e, options));
  let text = '';
  for (const [i, element] of texts.entries()) {
    if (i > 0) text += i % perLine === 0 ? ',\n\t\t\t     ' : ', ';
    text += element;
  }
  return `elements = { ${text} }`;
}

const timeOf = (ms: number, { numeric }: ListOptions): string =>
  numeric?.time ? `${Math.floor(ms / 1000)}s` : timeText(ms);

function elementText(set: NftSet, e: NftElement, options: ListOptions): string {
  const { now, stateless, numeric } = options;
  const left = e.expiresAt === undefined ? e.expiresMs : Math.max(0, e.expiresAt - (now ?? e.expiresAt));
  const expires = left === undefined || stateless ? '' : ` expires ${timeOf(left, options)}`;
  const comment = e.comment === undefined ? '' : ` comment "${e.comment}"`;
  const value = e.verdict ? printVerdict(e.verdict) : e.value;
  const key = numeric?.protocol ? numericKey(e.key, set.types) : e.key;
  return `${elementKey(key)}${expires}${comment}${value === undefined ? '' : ` : ${value}`}`;
}

/** 1d2h3m4s5ms: only the units that are not zero (nftables src/datatype.c time_print). */
export function timeText(ms: number): string {
  if (ms === 0) return '0s';
  const units: readonly (readonly [string, number])[] = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ];
  let rest = Math.trunc(ms);
  let text = '';
  for (const [unit, size] of units) {
    const n = Math.floor(rest / size);
    rest -= n * size;
    if (n) text += `${n}${unit}`;
  }
  return text;
}
