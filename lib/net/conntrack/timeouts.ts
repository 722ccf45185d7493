// How long an entry lives after its last packet, seconds: the kernel's defaults (net/netfilter/nf_conntrack_proto_tcp.c, _udp.c, _sctp.c,
// _icmp.c) and the sysctls that change them.
import type { Entry } from './entry';

export type Sysctls = Readonly<Record<string, string>>;

const PREFIX = 'net.netfilter.nf_conntrack_';

const DEFAULTS: Readonly<Record<string, number>> = {
  tcp_timeout_syn_sent: 120,
  tcp_timeout_syn_recv: 60,
  tcp_timeout_established: 432_000,
  tcp_timeout_fin_wait: 120,
  tcp_timeout_close_wait: 60,
  tcp_timeout_last_ack: 30,
  tcp_timeout_time_wait: 120,
  tcp_timeout_close: 10,
  udp_timeout: 30,
  udp_timeout_stream: 120,
  icmp_timeout: 30,
  icmpv6_timeout: 30,
  sctp_timeout_closed: 10,
  sctp_timeout_cookie_wait: 3,
  sctp_timeout_cookie_echoed: 3,
  sctp_timeout_established: 210,
  sctp_timeout_shutdown_sent: 3,
  sctp_timeout_shutdown_recd: 3,
  sctp_timeout_shutdown_ack_sent: 3,
};

/** A conntrack setting by its last name (tcp_timeout_established), seconds or a count. */
export function conntrackSetting(sysctls: Sysctls, name: string, otherwise = 0): number {
  const given = Number(sysctls[PREFIX + name] ?? Number.NaN);
  return Number.isFinite(given) && given >= 0 ? given : (DEFAULTS[name] ?? otherwise);
}

/** The life of an entry in this condition, ms. */
export function lifetimeMs(
  entry: Pick<Entry, 'original' | 'state' | 'seenReply' | 'assured'>,
  sysctls: Sysctls,
): number {
  const { protocol, source } = entry.original;
  if (protocol === 'udp')
    return conntrackSetting(sysctls, entry.assured ? 'udp_timeout_stream' : 'udp_timeout') * 1000;
  if (protocol === 'icmp')
    return conntrackSetting(sysctls, source.family === 'IPv6' ? 'icmpv6_timeout' : 'icmp_timeout') * 1000;
  const state = entry.state === 'SYN_SENT2' ? 'syn_sent' : (entry.state ?? '').toLowerCase();
  return conntrackSetting(sysctls, `${protocol}_timeout_${state}`, 600) * 1000;
}
