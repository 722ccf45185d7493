// What REJECT sends (net/ipv4/netfilter/nf_reject_ipv4.c) and what the client's socket makes of it (net/ipv4/icmp.c icmp_err_convert).
import { inverse, type Tuple } from '@/lib/net/conntrack/tuple';
import type { Fate } from './fate';
import { packetOf, type Packet } from './packet';
import type { VerdictName } from './trace';

/** ICMP codes that a socket hears as "connection refused"; all others are some "unreachable". */
const REFUSED = ['icmp-port-unreachable', 'icmp6-port-unreachable', 'port-unreach', 'icmp-proto-unreachable'];
const ERROR_LENGTH = 88;

/** The packet that a REJECT sends back and its meaning; undefined if it sends none (a RST for what is no TCP). */
export function refusalOf(
  fate: Extract<Fate, { readonly kind: 'reject' }>,
  rejected: Tuple,
): { readonly packet: Packet; readonly verdict: VerdictName } | undefined {
  if (fate.with === 'tcp-reset') {
    if (rejected.protocol !== 'tcp') return undefined;
    return { packet: packetOf(inverse(rejected), 'refusal', 40), verdict: 'reset' };
  }
  // The error speaks of the packet as its sender knows it: what this node translated is translated back (nf_nat_icmp_reply_translation).
  const inner = fate.connection?.original ?? rejected;
  const tuple: Tuple = { ...inverse(inner), protocol: 'icmp', sourcePort: 0, destinationPort: 0 };
  const packet = packetOf(tuple, 'error', ERROR_LENGTH, { inner, error: fate.with });
  return { packet, verdict: REFUSED.includes(fate.with) ? 'rejected' : 'unreachable' };
}
