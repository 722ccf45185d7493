// What stands in the braces of a chain, a set or a map.
import { numberOf, parseVerdict } from './parse-expr';
import type { TokenReader } from './lexer';
import { standardPriority } from './priorities';
import type { NftBase, NftChainType, NftElement, NftHook } from './types';

const CHAIN_TYPES = new Set<string>(['filter', 'nat', 'route']);
const HOOKS = new Set<string>([
  'prerouting',
  'input',
  'forward',
  'output',
  'postrouting',
  'ingress',
  'egress',
]);

/** type filter hook input priority filter - 10; policy accept; */
export function parseBase(r: TokenReader): NftBase {
  r.expect('type');
  const type = r.next('a chain type').text;
  if (!CHAIN_TYPES.has(type)) return r.fail(`"${type}" is no type of a chain; use filter, nat or route`);
  r.expect('hook');
  const hook = r.next('a hook').text;
  if (!HOOKS.has(hook)) return r.fail(`"${hook}" is no hook`);
  const device = r.take('device') ? r.next('a device').text : undefined;
  r.expect('priority');
  const priority = parsePriority(r);
  r.take(';');
  const policy = r.take('policy') ? r.next('a policy').text : 'accept';
  return {
    type: type as NftChainType,
    hook: hook as NftHook,
    priority,
    policy: policy === 'drop' ? 'drop' : 'accept',
    ...(device === undefined ? {} : { device }),
  };
}

function parsePriority(r: TokenReader): number {
  const { text } = r.next('a priority');
  const named = /^([a-z]+)(?:([+-])(\d+))?$/.exec(text);
  const base = named ? standardPriority(named[1] ?? '') : Number(text);
  if (base === undefined || !Number.isInteger(base)) return r.fail(`"${text}" is no priority`);
  if (named?.[3]) return base + Number(`${named[2]}${named[3]}`);
  const sign = r.word();
  if (sign !== '+' && sign !== '-') return base;
  r.next();
  return sign === '-' ? base - numberOf(r) : base + numberOf(r);
}

/** ipv4_addr . inet_proto : verdict */
export function parseTypes(r: TokenReader): { types: string[]; mapTo?: string } {
  const types = [r.next('a type').text];
  while (r.take('.')) types.push(r.next('a type').text);
  return r.take(':') ? { types, mapTo: r.next('a type').text } : { types };
}

/** { 1.2.3.4 . tcp . 80 comment "x" : goto y, … } */
export function parseElements(r: TokenReader): NftElement[] {
  r.expect('{');
  const elements: NftElement[] = [];
  for (;;) {
    r.skipLineEnds();
    if (r.take('}')) return elements;
    elements.push(parseElement(r));
    r.skipLineEnds();
    if (!r.take(',') && r.word() !== '}') return r.fail('a comma or } is expected after an element');
  }
}

function parseElement(r: TokenReader): NftElement {
  const key = [r.next('an element').text];
  while (r.take('.')) key.push(r.next('a part of the key').text);
  let comment: string | undefined;
  let expiresMs: number | undefined;
  for (;;) {
    if (r.take('comment')) comment = r.next('a comment').text;
    else if (r.take('expires')) expiresMs = parseTime(r);
    else if (r.take('timeout')) parseTime(r);
    else break;
  }
  let value: string | undefined;
  const mapped = r.take(':');
  const verdict = mapped ? parseVerdict(r) : undefined;
  if (mapped && !verdict) value = r.next('a value').text;
  return {
    key,
    ...(verdict ? { verdict } : {}),
    ...(value === undefined ? {} : { value }),
    ...(comment === undefined ? {} : { comment }),
    ...(expiresMs === undefined ? {} : { expiresMs }),
  };
}

const UNITS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };

/** "1d2h3m4s5ms" or "10800s" in milliseconds. */
export function parseTime(r: TokenReader): number {
  const { text } = r.next('a time');
  if (!/^(\d+(ms|d|h|m|s))+$/.test(text)) return r.fail(`"${text}" is no time; write it like 1h30m`);
  let total = 0;
  for (const [, n, unit] of text.matchAll(/(\d+)(ms|d|h|m|s)/g))
    total += Number(n) * (UNITS[unit ?? ''] ?? 0);
  return total;
}
