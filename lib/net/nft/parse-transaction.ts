// Text for `nft -f`: commands (add chain ip t c …) and blocks (table ip t { chain c { … } }), which is also what `nft list ruleset`
// prints. Gives operations in the order in which nft sends them.
import { err, ok, type Result } from '@/lib/core/result';
import { ParseFailure, TokenReader, tokensOf, type NftParseError } from './lexer';
import type { NftChainHead, NftOperation, NftSetHead, NftTransaction, NftVerb } from './operations';
import { parseBase, parseElements, parseTime, parseTypes } from './parse-body';
import { numberOf } from './parse-expr';
import { parseRule } from './parse-rule';
import type { NftElement, NftFamily } from './types';

const VERBS = new Set<string>(['add', 'create', 'insert', 'flush', 'delete', 'destroy']);
const FAMILIES = new Set<string>(['ip', 'ip6', 'inet', 'arp', 'bridge', 'netdev']);
const CHARACTERS_MAX = 64 * 1024 * 1024;

/** A table by family and name. */
export interface Where {
  readonly family: NftFamily;
  readonly table: string;
}

/** Takes each operation as it is read. */
export type Emit = (where: Where, operation: NftOperation) => void;

/** The operations of a text, those on one table together as long as no other comes between. */
export function parseTransaction(text: string): Result<readonly NftTransaction[], NftParseError> {
  if (text.length > CHARACTERS_MAX)
    return err({ line: 1, column: 1, message: 'the text is longer than 64 MB; give a smaller one' });
  const groups: { where: Where; operations: NftOperation[] }[] = [];
  const emit: Emit = (where, operation) => {
    const last = groups.at(-1);
    if (last && last.where.family === where.family && last.where.table === where.table)
      last.operations.push(operation);
    else groups.push({ where, operations: [operation] });
  };
  try {
    const r = new TokenReader(tokensOf(text));
    for (r.skipSeparators(); !r.done; r.skipSeparators()) parseCommand(r, emit);
  } catch (error) {
    if (error instanceof ParseFailure) return err(error.at);
    throw error;
  }
  return ok(groups.map(({ where, operations }) => ({ ...where, operations: () => operations })));
}

/** One command, or one block with a table. Throws a ParseFailure. */
export function parseCommand(r: TokenReader, emit: Emit): void {
  const verb = VERBS.has(r.word()) ? (r.next().text as NftVerb) : undefined;
  const object = r.next('a command').text;
  if (object === 'ruleset' && verb === 'flush') return r.fail('flush ruleset is not understood here');
  switch (object) {
    case 'table':
      return parseTable(r, verb ?? 'add', emit);
    case 'chain':
    case 'set':
    case 'map':
    case 'rule':
    case 'element':
      return parseOne(r, verb ?? 'add', object, emit);
    default:
      return r.fail(`"${object}" is no command of nft that is understood here`);
  }
}

function parseWhere(r: TokenReader): Where {
  const family = FAMILIES.has(r.word()) ? (r.next().text as NftFamily) : 'ip';
  return { family, table: r.next('a table').text };
}

function parseOne(
  r: TokenReader,
  verb: NftVerb,
  object: 'chain' | 'set' | 'map' | 'rule' | 'element',
  emit: Emit,
): void {
  const where = parseWhere(r);
  const { text: name } = r.next('a name');
  if (object === 'rule') emit(where, { verb, object, chain: name, rule: parseRule(r, where.family) });
  else if (object === 'element')
    for (const element of parseElements(r)) emit(where, { verb, object, set: name, element });
  else if (object === 'chain') {
    const { head, operations } =
      r.word() === '{' ? parseChainBody(r, name, where) : { head: { name }, operations: [] };
    emit(where, { verb, object, chain: head });
    for (const operation of operations) emit(where, operation);
  } else {
    const body = r.word() === '{' ? parseSetBody(r, name) : undefined;
    emit(where, { verb, object, set: body?.head ?? { name, types: [], flags: [] } });
    for (const element of body?.elements ?? [])
      emit(where, { verb: 'add', object: 'element', set: name, element });
  }
}

function parseTable(r: TokenReader, verb: NftVerb, emit: Emit): void {
  const where = parseWhere(r);
  if (!r.take('{')) return emit(where, { verb, object: 'table' });
  // nft sends the objects first, then what may refer to any of them.
  const objects: NftOperation[] = [];
  const contents: NftOperation[] = [];
  let comment: string | undefined;
  r.inTable = true;
  for (r.skipSeparators(); !r.take('}'); r.skipSeparators()) {
    const { text } = r.next('}');
    if (text === 'comment') comment = r.next('a comment').text;
    else if (text === 'flags') r.next('a flag');
    else if (text === 'chain') {
      const { head, operations } = parseChainBody(r, r.next('a name').text, where);
      objects.push({ verb: 'add', object: 'chain', chain: head });
      contents.push(...operations);
    } else if (text === 'set' || text === 'map') {
      const { head, elements } = parseSetBody(r, r.next('a name').text);
      objects.push({ verb: 'add', object: text, set: head });
      for (const element of elements)
        contents.push({ verb: 'add', object: 'element', set: head.name, element });
    } else r.fail(`"${text}" is nothing that a table holds`);
  }
  r.inTable = false;
  emit(where, { verb, object: 'table', ...(comment === undefined ? {} : { comment }) });
  for (const operation of [...objects, ...contents]) emit(where, operation);
}

function parseChainBody(
  r: TokenReader,
  name: string,
  { family }: Where,
): { head: NftChainHead; operations: NftOperation[] } {
  const operations: NftOperation[] = [];
  let head: NftChainHead = { name };
  r.expect('{');
  for (r.skipSeparators(); !r.take('}'); r.skipSeparators()) {
    if (r.done) return r.fail('a chain has no end; close it with }');
    if (r.word() === 'type') head = { ...head, base: parseBase(r) };
    else if (r.word() === 'policy') {
      r.next();
      const policy = r.next('a policy').text === 'drop' ? 'drop' : 'accept';
      if (head.base) head = { ...head, base: { ...head.base, policy } };
    } else if (r.word() === 'comment') {
      r.next();
      head = { ...head, comment: r.next('a comment').text };
    } else operations.push({ verb: 'add', object: 'rule', chain: name, rule: parseRule(r, family) });
  }
  return { head, operations };
}

function parseSetBody(r: TokenReader, name: string): { head: NftSetHead; elements: NftElement[] } {
  let head: NftSetHead = { name, types: [], flags: [] };
  const elements: NftElement[] = [];
  r.expect('{');
  for (r.skipSeparators(); !r.take('}'); r.skipSeparators()) {
    const { text } = r.next('}');
    if (text === 'type') head = { ...head, ...parseTypes(r) };
    else if (text === 'flags') {
      const flags = [r.next('a flag').text];
      while (r.take(',')) flags.push(r.next('a flag').text);
      head = { ...head, flags };
    } else if (text === 'timeout') head = { ...head, timeoutSeconds: parseTime(r) / 1000 };
    else if (text === 'size') head = { ...head, size: numberOf(r) };
    else if (text === 'comment') head = { ...head, comment: r.next('a comment').text };
    else if (text === 'elements') {
      r.expect('=');
      elements.push(...parseElements(r));
    } else if (text === 'gc-interval' || text === 'policy') r.next('a value');
    else if (text !== 'auto-merge') r.fail(`"${text}" is nothing that a set is told`);
  }
  return { head, elements };
}
