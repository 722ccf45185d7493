// Commands of nft in the order in which they stand; changes are all made or none.
import { applyOperations, type NftRefusal } from '@/lib/net/nft/apply';
import { ParseFailure, TokenReader, tokensOf, type Token } from '@/lib/net/nft/lexer';
import type { NftOperation } from '@/lib/net/nft/operations';
import { parseCommand } from '@/lib/net/nft/parse-transaction';
import { tableKey, type NftFamily, type NftRuleset, type NftTable } from '@/lib/net/nft/types';
import { NftFault } from './fault';
import { deleteByHandle } from './handles';
import { listCommand } from './list';
import { isFamily } from './names';
import type { NftOptions } from './options';

export interface NftOutcome {
  readonly stdout: string;
  readonly warnings: string;
  readonly tables: NftRuleset;
  /** Families whose iptables tables a `flush ruleset` took away. */
  readonly flushed: readonly NftFamily[];
  readonly error?: string;
}

const FAMILIES = new Set<string>(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);

/** `managed`: the tables that iptables keeps in nf_tables; they are listed and flushed with the others, and changed by iptables only. */
export function runCommands(
  before: NftRuleset,
  managed: NftRuleset,
  source: { readonly text: string; readonly file?: string },
  options: Pick<NftOptions, 'handles' | 'terse' | 'stateless' | 'numeric'>,
  now: number,
): NftOutcome {
  let tables = before;
  let stdout = '';
  let warnings = '';
  const flushed = new Set<NftFamily>();
  const kept = (): NftRuleset => managed.filter((t) => !flushed.has(t.family));
  try {
    const r = new TokenReader(tokensOf(source.text));
    for (r.skipSeparators(); !r.done; r.skipSeparators()) {
      const start = r.position;
      if (r.take('list')) {
        const listing = listCommand(r, [...kept(), ...tables], { ...options, now });
        stdout += listing.text;
        warnings += listing.warnings;
      } else if (r.word() === 'flush' && r.word(1) === 'ruleset') tables = flushRuleset(r, tables, flushed);
      else if (r.word() === 'delete' && r.word(1) === 'rule') {
        const at = isFamily(r.word(2)) ? 2 : 1;
        refuseManaged(`${at === 2 ? r.word(2) : 'ip'} ${r.word(at + 1)}`, kept());
        tables = deleteByHandle(r, tables);
      } else tables = change(r, tables, start, kept());
    }
    return { stdout, warnings, tables, flushed: [...flushed] };
  } catch (error) {
    const nothing = { stdout: '', warnings: '', tables: before, flushed: [] };
    if (error instanceof ManagedTable) return { ...nothing, error: error.message };
    if (error instanceof NftFault)
      return { ...nothing, error: placed(source, error.message, error.at, error.length) };
    if (error instanceof ParseFailure) {
      const { line, column, message } = error.at;
      return { ...nothing, error: syntaxError(source, line, column, message) };
    }
    throw error;
  }
}

/** A change of a table of iptables: real, but not simulated from this side. */
class ManagedTable extends Error {
  constructor(key: string) {
    super(`nft: table ${key} is managed by iptables-nft; here it is changed with iptables only`);
  }
}

function refuseManaged(key: string, managed: NftRuleset): void {
  if (managed.some((t) => tableKey(t) === key)) throw new ManagedTable(key);
}

function flushRuleset(r: TokenReader, tables: NftRuleset, flushed: Set<NftFamily>): NftRuleset {
  r.next();
  r.next();
  if (!FAMILIES.has(r.word())) {
    flushed.add('ip').add('ip6');
    return [];
  }
  const family = r.next().text as NftFamily;
  flushed.add(family);
  return tables.filter((t) => t.family !== family);
}

/** One command that changes something. */
function change(r: TokenReader, tables: NftRuleset, start: number, managed: NftRuleset): NftRuleset {
  let next = tables;
  parseCommand(r, (where, operation) => {
    const key = tableKey({ family: where.family, name: where.table });
    // A table that is there already may be added again.
    const isThere = operation.object === 'table' && operation.verb === 'add';
    if (isThere && managed.some((t) => tableKey(t) === key)) return;
    refuseManaged(key, managed);
    const done = applied(next, where.family, where.table, operation);
    if ('errno' in done) {
      const end = r.position;
      r.position = start;
      const at = culprit(r, end, operation, done, where.table);
      throw new NftFault(`Could not process rule: ${done.errno}`, at.token, at.length);
    }
    next = done;
  });
  return next;
}

function applied(
  tables: NftRuleset,
  family: NftFamily,
  name: string,
  operation: NftOperation,
): NftRuleset | NftRefusal {
  const key = tableKey({ family, name });
  const before = tables.find((t) => tableKey(t) === key);
  const done = applyOperations(family, name, before, [operation]);
  if (!done.ok) return done.refusal;
  const { table } = done;
  if (!before) return table ? [...tables, table] : tables;
  return tables.flatMap((t): NftTable[] => (t !== before ? [t] : table ? [table] : []));
}

/** The word that nft underlines: the name that is missing, there already or in use. */
function culprit(
  r: TokenReader,
  end: number,
  operation: NftOperation,
  refusal: NftRefusal,
  table: string,
): { token: Token | undefined; length?: number } {
  const tokens: Token[] = [];
  while (r.position < end && !r.done) tokens.push(r.next());
  const find = (text: string): Token | undefined => tokens.findLast((t) => t.text === text);
  switch (operation.object) {
    case 'table':
      return { token: find(table) };
    case 'chain':
      return { token: find(operation.chain.name) };
    case 'set':
    case 'map':
      return { token: find(operation.set.name) };
    case 'rule': {
      if (!refusal.chainExists) return { token: find(operation.chain) };
      const target = operation.rule.statements.findLast((s) => s.kind === 'verdict' && 'chain' in s.verdict);
      const named =
        target?.kind === 'verdict' && 'chain' in target.verdict ? target.verdict.chain : undefined;
      return { token: find(named ?? operation.chain) ?? find(operation.chain) };
    }
    case 'element': {
      const [first = '', ...rest] = operation.element.key;
      const text = [first, ...rest].join(' . ');
      const at = tokens.findIndex((t, i) => t.text === '{' && tokens[i + 1]?.text === first);
      return { token: tokens[at + 1] ?? find(operation.set), length: text.length };
    }
  }
}

function syntaxError(
  source: { readonly text: string; readonly file?: string },
  line: number,
  column: number,
  why: string,
): string {
  const text = source.text.split('\n')[line - 1] ?? '';
  const atEnd =
    column > text.length || text.slice(column - 1).trim() === '' || /line’s end|text ends/.test(why);
  const at: Token = { text: '', quoted: false, line, column: atEnd ? text.trimEnd().length + 1 : column };
  const word = /^\S+/.exec(text.slice(column - 1))?.[0] ?? ' ';
  const expecting = /where (a name|a table|a chain|a set|a map) is/.test(why) ? ', expecting string' : '';
  const what = atEnd ? `unexpected newline${expecting}` : 'unexpected string';
  return placed(source, `syntax error, ${what}`, at, atEnd ? 1 : word.length);
}

/** The message, the line and a row of carets under the word. */
function placed(
  { text, file }: { readonly text: string; readonly file?: string },
  message: string,
  at: Token | undefined,
  length = at ? at.text.length : 1,
): string {
  const line = at?.line ?? 1;
  const column = at?.column ?? 1;
  const shown = (text.split('\n')[line - 1] ?? '').replaceAll('\t', ' ');
  const where = file === undefined ? '' : `${file}:${line}:${column}-${column + length - 1}: `;
  return `${where}Error: ${message}\n${shown}\n${' '.repeat(column - 1)}${'^'.repeat(Math.max(1, length))}\n`;
}
