// `nft -n`, `-y`, `-p`, `-T`: names as numbers (nft src/main.c; symbol tables of src/ct.c, src/fib.c, src/datatype.c).
import type { NftOperand, NftStatement } from './types';

/** What is printed as a number. */
export interface Numeric {
  /** -y: priorities of base chains. */
  readonly priority: boolean;
  /** -p: layer 4 protocols. */
  readonly protocol: boolean;
  /** -T: times in seconds. */
  readonly time: boolean;
  /** -n does all that, and takes the names of states and types of addresses as well. */
  readonly names: boolean;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  icmp: '1',
  tcp: '6',
  udp: '17',
  'ipv6-icmp': '58',
  sctp: '132',
};
const STATES: Readonly<Record<string, string>> = {
  invalid: '0x1',
  established: '0x2',
  related: '0x4',
  new: '0x8',
  untracked: '0x40',
};
const ADDRESS_TYPES: Readonly<Record<string, string>> = {
  unspec: '0',
  unicast: '1',
  local: '2',
  broadcast: '3',
  anycast: '4',
  multicast: '5',
  blackhole: '6',
  unreachable: '7',
  prohibit: '8',
};

/** A key of a set whose parts are of these types. */
export const numericKey = (key: readonly string[], types: readonly string[]): readonly string[] =>
  key.map((part, i) => (types[i] === 'inet_proto' ? (PROTOCOLS[part] ?? part) : part));

export function numericStatement(s: NftStatement, numeric: Numeric): NftStatement {
  if (s.kind === 'other' && numeric.protocol) return { ...s, words: s.words.map(numericProtocolMatch) };
  if (s.kind !== 'match') return s;
  const { left } = s;
  const isProtocol =
    (left.kind === 'meta' && left.key === 'l4proto') ||
    (left.kind === 'payload' && left.field === 'protocol');
  if (isProtocol && numeric.protocol) return { ...s, right: inNumbers(s.right, PROTOCOLS) };
  if (!numeric.names) return s;
  if (left.kind === 'ct' && left.key === 'state') return { ...s, right: inNumbers(s.right, STATES) };
  if (left.kind === 'fib' && left.result === 'type')
    return { ...s, right: inNumbers(s.right, ADDRESS_TYPES) };
  return s;
}

/** In rules of iptables' tables, which are words already. */
const numericProtocolMatch = (words: string): string =>
  words.replace(
    /^(meta l4proto (?:!= )?)(\S+)$/,
    (_, start: string, name: string) => start + (PROTOCOLS[name] ?? name),
  );

function inNumbers(right: NftOperand, numbers: Readonly<Record<string, string>>): NftOperand {
  const number = (name: string): string => numbers[name] ?? name;
  if (right.kind === 'value') return { ...right, text: number(right.text) };
  if (right.kind === 'flags') return { ...right, names: right.names.map(number) };
  return right.kind === 'literal' ? { ...right, elements: right.elements.map(number) } : right;
}
