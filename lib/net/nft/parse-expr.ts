// Expressions and operands of a rule, in kube-proxy's spelling and in that of `nft list`.
import type { TokenReader } from './lexer';
import type { NftCompare, NftExpr, NftOperand, NftVerdict } from './types';

const PAYLOADS = new Set([
  'ip',
  'ip6',
  'tcp',
  'udp',
  'sctp',
  'dccp',
  'udplite',
  'th',
  'icmp',
  'icmpv6',
  'ether',
  'arp',
  'vlan',
  'ah',
  'esp',
  'comp',
  'gre',
]);
const BARE_META = new Set([
  'mark',
  'l4proto',
  'nfproto',
  'iif',
  'iifname',
  'oif',
  'oifname',
  'iiftype',
  'oiftype',
  'pkttype',
]);
const BITS: Readonly<Record<string, '&' | '|' | '^'>> = {
  and: '&',
  or: '|',
  xor: '^',
  '&': '&',
  '|': '|',
  '^': '^',
};
const COMPARES = new Set<string>(['==', '!=', '<', '>', '<=', '>=']);
const BIT_MASKS = new Set(['state', 'status']);

/** An expression with all its parts; undefined (and nothing taken) if none begins here. */
export function parseExpr(r: TokenReader): NftExpr | undefined {
  const start = r.position;
  const first = parsePrimary(r);
  if (!first) {
    r.position = start;
    return undefined;
  }
  if (r.word() === '.') {
    const parts = [first];
    while (r.take('.')) {
      const part = parsePrimary(r);
      if (!part) return r.fail('an expression is expected after the dot');
      parts.push(part);
    }
    return { kind: 'concat', parts };
  }
  let left = first;
  for (let op = BITS[r.word()]; op; op = BITS[r.word()]) {
    r.next();
    left = { kind: 'binary', op, left, right: numberOf(r) };
  }
  return left;
}

function parsePrimary(r: TokenReader): NftExpr | undefined {
  const word = r.word();
  if (PAYLOADS.has(word)) {
    r.next();
    return { kind: 'payload', protocol: word, field: r.next('a header field').text };
  }
  if (BARE_META.has(word)) {
    r.next();
    return { kind: 'meta', key: word };
  }
  switch (word) {
    case 'meta':
      r.next();
      return { kind: 'meta', key: r.next('a meta key').text };
    case 'ct': {
      r.next();
      const key = r.next('a conntrack key').text;
      return { kind: 'ct', key: key === 'original' || key === 'reply' ? `${key} ${ctTail(r)}` : key };
    }
    case 'fib': {
      r.next();
      const inputs = [r.next('a fib key').text];
      while (r.take('.')) inputs.push(r.next('a fib key').text);
      return { kind: 'fib', inputs, result: r.next('a fib result').text };
    }
    case 'numgen': {
      r.next();
      const mode = r.next('random or inc').text;
      if (mode !== 'random' && mode !== 'inc') return r.fail(`numgen knows random and inc, not "${mode}"`);
      r.expect('mod');
      return { kind: 'numgen', mode, mod: numberOf(r) };
    }
    default:
      return undefined;
  }
}

function ctTail(r: TokenReader): string {
  const key = r.next('a conntrack key').text;
  return key === 'ip' || key === 'ip6' ? `${key} ${r.next('saddr or daddr').text}` : key;
}

export function numberOf(r: TokenReader): number {
  const { text } = r.next('a number');
  const value = Number(text);
  return Number.isInteger(value) && value >= 0 ? value : r.fail(`"${text}" is no number`);
}

/** What follows an expression: an operator, if it is written, and the operand. */
export function parseComparison(r: TokenReader, left: NftExpr): { op: NftCompare; right: NftOperand } {
  const written = COMPARES.has(r.word());
  const op = (written ? r.next().text : '==') as NftCompare;
  return { op, right: parseOperand(r, left) };
}

function parseOperand(r: TokenReader, left: NftExpr): NftOperand {
  if (r.word() === '{') {
    const elements = parseLiteral(r);
    // nft turns a set of one into its element; a listing shows one in braces only if it was several.
    const merged = r.inTable && elements.length === 1;
    return { kind: 'literal', elements, ...(merged ? { merged } : {}) };
  }
  const token = r.next('a value');
  if (token.text === '\n') return r.fail('a value is expected before the line’s end');
  if (!token.quoted && token.text.startsWith('@')) return { kind: 'set', name: token.text.slice(1) };
  if (left.kind === 'ct' && BIT_MASKS.has(left.key)) {
    const names = [token.text];
    while (r.take(',')) names.push(r.next('a name').text);
    return { kind: 'flags', names };
  }
  if (isMark(left) && /^(0x[0-9a-fA-F]+|\d+)$/.test(token.text))
    return { kind: 'mark', value: Number(token.text) };
  let text = token.text;
  // A value of a concatenation.
  while (r.word() === '.' && left.kind === 'concat') {
    r.next();
    text += ` . ${r.next('a value').text}`;
  }
  return { kind: 'value', text };
}

function isMark(e: NftExpr): boolean {
  return e.kind === 'binary' ? isMark(e.left) : e.kind === 'meta' && e.key === 'mark';
}

/** { a, b }: the elements' texts. */
function parseLiteral(r: TokenReader): string[] {
  r.expect('{');
  const elements: string[] = [];
  for (;;) {
    r.skipLineEnds();
    if (r.take('}')) return elements;
    const words: string[] = [];
    while (r.word() !== ',' && r.word() !== '}') {
      const { text } = r.next('}');
      if (text !== '\n') words.push(text);
    }
    elements.push(words.join(' '));
    r.take(',');
  }
}

/** accept, drop, return, continue, jump CHAIN, goto CHAIN; undefined (and nothing taken) if none of them comes next. */
export function parseVerdict(r: TokenReader): NftVerdict | undefined {
  const word = r.word();
  switch (word) {
    case 'accept':
    case 'drop':
    case 'return':
    case 'continue':
      r.next();
      return { kind: word };
    case 'jump':
    case 'goto':
      r.next();
      return { kind: word, chain: r.next('a chain').text };
    default:
      return undefined;
  }
}
