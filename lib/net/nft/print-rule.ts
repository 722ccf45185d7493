// A rule in nft's two spellings: as kube-proxy writes it for `nft -f` (input), and as `nft list ruleset` prints it (list).
import { joinedLiteral, listedValue } from './intervals';
import type { NftExpr, NftOperand, NftStatement, NftVerdict } from './types';

type Style = 'input' | 'list';

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;
const BIT_WORDS = { '&': 'and', '|': 'or', '^': 'xor' } as const;
/** Meta keys that are written without the word meta (nft's unqualified keys). */
const BARE_META = new Set([
  'iif',
  'iifname',
  'oif',
  'oifname',
  'iiftype',
  'oiftype',
  'skuid',
  'skgid',
  'rtclassid',
]);
const INTERFACE = /^[io]if(name)?$/;

/** A rule's statements as kube-proxy writes them. */
export const printInputRule = (statements: readonly NftStatement[]): string =>
  statements.map((s) => printStatement(s, 'input')).join(' ');

/** A rule's statements as `nft list` prints them (nft 1.0). */
export const printListedRule = (statements: readonly NftStatement[]): string =>
  statements.map((s) => printStatement(s, 'list')).join(' ');

export const printVerdict = (verdict: NftVerdict): string =>
  'chain' in verdict ? `${verdict.kind} ${verdict.chain}` : verdict.kind;

function printStatement(s: NftStatement, style: Style): string {
  switch (s.kind) {
    case 'match':
      return printMatch(s, style);
    case 'vmap':
      return `${printExpr(s.key, style)} vmap @${s.map}`;
    case 'vmap-literal': {
      const entries = s.entries.map((e) => `${e.key} : ${printVerdict(e.verdict)}`);
      return `${printExpr(s.key, style)} vmap { ${entries.join(style === 'input' ? ' , ' : ', ')} }`;
    }
    case 'verdict':
      return printVerdict(s.verdict);
    case 'reject':
      return s.with === undefined ? 'reject' : `reject with ${s.with}`;
    case 'mark': {
      const value = typeof s.value === 'number' ? hex(s.value) : printExpr(s.value, style);
      return `${style === 'input' ? 'mark' : 'meta mark'} set ${value}`;
    }
    case 'dnat':
    case 'snat':
      return [`${s.kind} to ${s.to}`, ...s.flags].join(' ').trimEnd();
    case 'masquerade':
      return s.flags.length ? `masquerade ${s.flags.join(',')}` : 'masquerade';
    case 'dynset':
      return `${s.op} @${s.set} { ${printExpr(s.key, style)} }`;
    case 'counter':
      return `counter packets ${s.packets} bytes ${s.bytes}`;
    case 'other':
      return s.words.join(' ');
  }
}

function printMatch({ left, op, right }: NftStatement & { kind: 'match' }, style: Style): string {
  const prefix = style === 'list' ? markPrefix(left, right) : undefined;
  if (prefix !== undefined && left.kind === 'binary')
    return `${printExpr(left.left, style)}${op === '==' ? '' : ` ${op}`} ${prefix}`;
  // == is left out where nft leaves it out: everywhere but after a bit operation.
  const compare = op === '==' ? (left.kind === 'binary' ? ' ==' : '') : ` ${op}`;
  return `${printExpr(left, style)}${compare} ${printOperand(left, right, style)}`;
}

/** A mask of leading ones is listed as a prefix: meta mark 0x00000000/1. */
function markPrefix(left: NftExpr, right: NftOperand): string | undefined {
  if (left.kind !== 'binary' || left.op !== '&' || right.kind !== 'mark') return undefined;
  const ones = Math.clz32(~left.right);
  const isPrefix = ones > 0 && ones < 32 && (left.right << ones) >>> 0 === 0;
  return isPrefix ? `${hex(right.value)}/${ones}` : undefined;
}

function printOperand(left: NftExpr, right: NftOperand, style: Style): string {
  switch (right.kind) {
    case 'value':
      if (style === 'input') return right.text;
      return isInterface(left) ? `"${right.text}"` : listedValue(left, right.text);
    case 'mark':
      return style === 'input' && right.value === 0 ? '0' : hex(right.value);
    case 'flags':
      return right.names.join(',');
    case 'literal':
      if (style === 'list') return joinedLiteral(left, right.elements, right.merged);
      return `{ ${right.elements.join(right.tight ? ',' : ' , ')} }`;
    case 'set':
      return `@${right.name}`;
  }
}

const isInterface = (e: NftExpr): boolean => e.kind === 'meta' && INTERFACE.test(e.key);

export function printExpr(e: NftExpr, style: Style): string {
  switch (e.kind) {
    case 'payload':
      return `${e.protocol} ${e.field}`;
    case 'meta':
      if (BARE_META.has(e.key)) return e.key;
      return e.key === 'mark' && style === 'input' ? 'mark' : `meta ${e.key}`;
    case 'ct':
      return `ct ${e.key}`;
    case 'fib':
      return `fib ${e.inputs.join(' . ')} ${e.result}`;
    case 'numgen':
      return `numgen ${e.mode} mod ${e.mod}`;
    case 'concat':
      return e.parts.map((p) => printExpr(p, style)).join(' . ');
    case 'binary':
      return `${printExpr(e.left, style)} ${style === 'input' ? BIT_WORDS[e.op] : e.op} ${hex(e.right)}`;
  }
}
