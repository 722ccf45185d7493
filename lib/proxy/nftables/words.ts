// Statements that many of kube-proxy's nftables rules share.
import type { IPFamily } from '@/lib/kube/types';
import type { NftExpr, NftOperand, NftStatement, NftVerdict } from '@/lib/net/nft/types';

export interface FamilyWords {
  readonly family: IPFamily;
  /** ip, ip6 */
  readonly ip: 'ip' | 'ip6';
  /** ipv4_addr, ipv6_addr */
  readonly address: string;
  readonly saddr: NftExpr;
  readonly daddr: NftExpr;
  /** ip daddr . meta l4proto . th dport */
  readonly destination: NftExpr;
  readonly noLocalhost: NftStatement;
}

const L4PROTO: NftExpr = { kind: 'meta', key: 'l4proto' };
const DPORT: NftExpr = { kind: 'payload', protocol: 'th', field: 'dport' };
/** meta l4proto . th dport */
export const TRANSPORT: NftExpr = { kind: 'concat', parts: [L4PROTO, DPORT] };

export const match = (left: NftExpr, right: NftOperand | string, op: '==' | '!=' = '=='): NftStatement => ({
  kind: 'match',
  left,
  op,
  right: typeof right === 'string' ? { kind: 'value', text: right } : right,
});

function wordsOf(family: IPFamily): FamilyWords {
  const ip = family === 'IPv4' ? 'ip' : 'ip6';
  const saddr: NftExpr = { kind: 'payload', protocol: ip, field: 'saddr' };
  const daddr: NftExpr = { kind: 'payload', protocol: ip, field: 'daddr' };
  return {
    family,
    ip,
    address: family === 'IPv4' ? 'ipv4_addr' : 'ipv6_addr',
    saddr,
    daddr,
    destination: { kind: 'concat', parts: [daddr, L4PROTO, DPORT] },
    noLocalhost: match(daddr, family === 'IPv4' ? '127.0.0.0/8' : '::1', '!='),
  };
}

const WORDS: Readonly<Record<IPFamily, FamilyWords>> = { IPv4: wordsOf('IPv4'), IPv6: wordsOf('IPv6') };
export const familyWords = (family: IPFamily): FamilyWords => WORDS[family];

export const verdict = (v: NftVerdict): NftStatement => ({ kind: 'verdict', verdict: v });
export const goTo = (chain: string): NftStatement => verdict({ kind: 'goto', chain });
export const jump = (chain: string): NftStatement => verdict({ kind: 'jump', chain });
export const DROP = verdict({ kind: 'drop' });
export const RETURN = verdict({ kind: 'return' });
export const vmap = (key: NftExpr, map: string): NftStatement => ({ kind: 'vmap', key, map });
export const inSet = (left: NftExpr, name: string): NftStatement => match(left, { kind: 'set', name });

export const MARK_CHAIN = 'mark-for-masquerade';
export const MARK_FOR_MASQUERADE = jump(MARK_CHAIN);
export const LOCAL_SOURCE = match({ kind: 'fib', inputs: ['saddr'], result: 'type' }, 'local');
export const LOCAL_DESTINATION = match({ kind: 'fib', inputs: ['daddr'], result: 'type' }, 'local');
export const ctState = (state: string): NftStatement =>
  match({ kind: 'ct', key: 'state' }, { kind: 'flags', names: [state] });
export const l4proto = (protocol: string): NftStatement => match(L4PROTO, protocol);
