// Ends of a packet that the learner types: an address with its port, and an address outside the cluster. What cannot be used is said in
// one sentence (input.… codes of the packet catalogue).
import { canonicalIp, joinHostPort, parseIp } from '@/lib/core/ip';
import { err, ok, type Result } from '@/lib/core/result';
import { isLoopback, addressOf } from '@/lib/net/routing/address';
import type { Reason } from '@/lib/net/ruleset/types';
import type { PacketTo } from './packet';

export const PROTOCOLS = ['tcp', 'udp', 'sctp', 'icmp'] as const satisfies readonly PacketTo['protocol'][];

const fault = (code: string, text: string): Result<never, Reason> =>
  err({ code: `input.${code}`, params: { text } });

/** An address, in brackets or without a colon, and a port. */
const PARTS = /^(?:\[([^[\]]*)\]|([^:[\]]+))(?::(\S*))?$/;

/** "10.96.0.10:53", "[fd00::10]:53"; for ICMP the address alone. */
export function parseDestination(text: string, protocol: PacketTo['protocol']): Result<PacketTo, Reason> {
  const typed = text.trim();
  if (typed === '') return fault('empty', typed);
  const parts = parseIp(typed) ? null : PARTS.exec(typed);
  const [, bracketed, v4, portText] = parts ?? [];
  const address = bracketed ?? v4 ?? typed;
  if (!parseIp(address)) return fault(/[g-z]/i.test(address) ? 'name' : 'address', address);
  const to = canonicalIp(address);
  if (protocol === 'icmp') return portText === undefined ? ok({ to, protocol }) : fault('icmpPort', typed);
  if (portText === undefined) return fault(address.includes(':') ? 'noPort6' : 'noPort', address);
  const port = Number(portText);
  if (!/^\d+$/.test(portText) || port < 1 || port > 65_535) return fault('port', portText);
  return ok({ to, port, protocol });
}

/** The address of a client outside the cluster. */
export function parseOutside(text: string): Result<string, Reason> {
  const typed = text.trim();
  if (typed === '') return fault('empty', typed);
  const address = addressOf(typed);
  if (!address) return fault('address', typed);
  return isLoopback(address) ? fault('loopback', typed) : ok(address.text);
}

/** A destination as it is typed. */
export const destinationText = ({ to, port }: PacketTo): string =>
  port === undefined ? to : joinHostPort(to, port);
