// One rule, from its first word to the end of its line.
import type { TokenReader } from './lexer';
import { numberOf, parseComparison, parseExpr, parseVerdict } from './parse-expr';
import type { NftFamily, NftRule, NftStatement } from './types';

/** Words with which statements begin that nobody here acts on, and how many words each option takes. */
const LOG_OPTIONS = new Set(['prefix', 'level', 'group', 'snaplen', 'queue-threshold', 'flags']);
const NAT_FLAGS = new Set(['random', 'fully-random', 'persistent']);

const atEnd = (r: TokenReader): boolean => r.done || ['\n', ';', '}'].includes(r.word());

/** The statements up to the line's end, a semicolon or a closing brace, and the comment. */
export function parseRule(r: TokenReader, family: NftFamily): NftRule {
  const statements: NftStatement[] = [];
  let comment: string | undefined;
  while (!atEnd(r)) {
    if (r.word() === 'comment' && r.peek(1)?.quoted) {
      r.next();
      comment = r.next().text;
    } else statements.push(parseStatement(r, family));
  }
  return comment === undefined ? { statements } : { statements, comment };
}

function parseStatement(r: TokenReader, family: NftFamily): NftStatement {
  const verdict = parseVerdict(r);
  if (verdict) return { kind: 'verdict', verdict };
  switch (r.word()) {
    case 'reject':
      return parseReject(r, family);
    case 'masquerade':
      r.next();
      return { kind: 'masquerade', flags: natFlags(r) };
    case 'dnat':
    case 'snat':
      return parseNat(r);
    case 'counter':
      return parseCounter(r);
    case 'add':
    case 'update':
    case 'delete':
      return parseDynset(r);
    case 'log':
      return parseLog(r);
  }
  return parseMarkSet(r) ?? parseMatch(r) ?? parseOther(r);
}

function parseReject(r: TokenReader, family: NftFamily): NftStatement {
  r.next();
  if (!r.take('with')) return { kind: 'reject' };
  const protocol = r.next('a kind of answer').text;
  if (r.word() === 'type') r.next();
  const type = r.next('a kind of answer').text;
  const usual = family === 'ip6' ? 'icmpv6 port-unreachable' : 'icmp port-unreachable';
  const text = `${protocol} ${type}`;
  return text === usual ? { kind: 'reject' } : { kind: 'reject', with: text };
}

function natFlags(r: TokenReader): string[] {
  const flags: string[] = [];
  while (NAT_FLAGS.has(r.word())) {
    flags.push(r.next().text);
    r.take(',');
  }
  return flags;
}

function parseNat(r: TokenReader): NftStatement {
  const start = r.position;
  const kind = r.next().text === 'dnat' ? 'dnat' : 'snat';
  if (r.word() === 'ip' || r.word() === 'ip6') r.next();
  const to = r.take('to') ? r.word() : '';
  if (!/^[[\d:][\da-fA-F.:\]-]*$/.test(to)) {
    r.position = start;
    return parseOther(r);
  }
  r.next();
  return { kind, to, flags: natFlags(r) };
}

function parseCounter(r: TokenReader): NftStatement {
  r.next();
  if (!r.take('packets')) return { kind: 'counter', packets: 0, bytes: 0 };
  const packets = numberOf(r);
  r.expect('bytes');
  return { kind: 'counter', packets, bytes: numberOf(r) };
}

function parseDynset(r: TokenReader): NftStatement {
  const start = r.position;
  const op = r.next().text as 'add' | 'update' | 'delete';
  const set = r.next('a set').text;
  r.expect('{');
  const key = parseExpr(r);
  if (!set.startsWith('@') || !key || !r.take('}')) {
    r.position = start;
    return parseOther(r);
  }
  return { kind: 'dynset', op, set: set.slice(1), key };
}

function parseLog(r: TokenReader): NftStatement {
  const words = [r.next().text];
  while (LOG_OPTIONS.has(r.word())) {
    words.push(r.next().text);
    const value = r.next('a value');
    words.push(value.quoted ? `"${value.text}"` : value.text);
  }
  return { kind: 'other', words };
}

/** meta mark set …, mark set … */
function parseMarkSet(r: TokenReader): NftStatement | undefined {
  const start = r.position;
  r.take('meta');
  if (!r.take('mark') || !r.take('set')) {
    r.position = start;
    return undefined;
  }
  const value = parseExpr(r);
  return { kind: 'mark', value: value ?? numberOf(r) };
}

function parseMatch(r: TokenReader): NftStatement | undefined {
  const start = r.position;
  const left = parseExpr(r);
  if (!left) return undefined;
  // Setting something else than the mark, or a map that gives a value.
  if (r.word() === 'set' || r.word() === 'map') {
    r.position = start;
    return undefined;
  }
  if (!r.take('vmap')) return withMarkPrefix({ kind: 'match', left, ...parseComparison(r, left) });
  if (r.word().startsWith('@')) return { kind: 'vmap', key: left, map: r.next().text.slice(1) };
  return { kind: 'vmap-literal', key: left, entries: parseEntries(r) };
}

/** meta mark 0x00000000/1 is meta mark & 0x80000000 == 0x00000000. */
function withMarkPrefix(m: NftStatement & { kind: 'match' }): NftStatement {
  const { left, right } = m;
  const prefix = right.kind === 'value' ? /^(0x[0-9a-f]+)\/(\d+)$/.exec(right.text) : null;
  if (left.kind !== 'meta' || left.key !== 'mark' || !prefix) return m;
  const mask = (-1 << (32 - Number(prefix[2]))) >>> 0;
  return {
    ...m,
    left: { kind: 'binary', op: '&', left, right: mask },
    right: { kind: 'mark', value: Number(prefix[1]) },
  };
}

function parseEntries(r: TokenReader) {
  r.expect('{');
  const entries: { readonly key: string; readonly verdict: NonNullable<ReturnType<typeof parseVerdict>> }[] =
    [];
  for (;;) {
    r.skipLineEnds();
    if (r.take('}')) return entries;
    const key: string[] = [];
    while (!r.take(':')) key.push(r.next('a colon').text);
    const verdict = parseVerdict(r);
    if (!verdict) return r.fail(`"${r.word()}" is no verdict`);
    entries.push({ key: key.join(' '), verdict });
    r.take(',');
  }
}

/** The rest of the rule as it stands, up to its comment. */
function parseOther(r: TokenReader): NftStatement {
  const words: string[] = [];
  let depth = 0;
  while (!r.done) {
    const word = r.word();
    if (word === '\n' || (depth === 0 && (word === ';' || word === '}'))) break;
    if (depth === 0 && word === 'comment' && r.peek(1)?.quoted) break;
    if (word === '{') depth++;
    if (word === '}') depth--;
    const token = r.next();
    if (word === ',' && words.length) words[words.length - 1] += ',';
    else words.push(token.quoted ? `"${token.text}"` : token.text);
  }
  return { kind: 'other', words };
}
