// The options of iptables' extensions as far as they are known here: how many values each takes (extensions/libxt_*.c).

/** Options of a match by their long names; 0: no value, 2: two values. */
export const MATCHES: Readonly<Record<string, Readonly<Record<string, 0 | 1 | 2>>>> = {
  tcp: {
    '--dport': 1,
    '--destination-port': 1,
    '--sport': 1,
    '--source-port': 1,
    '--tcp-flags': 2,
    '--syn': 0,
    '--tcp-option': 1,
  },
  udp: { '--dport': 1, '--destination-port': 1, '--sport': 1, '--source-port': 1 },
  sctp: { '--dport': 1, '--destination-port': 1, '--sport': 1, '--source-port': 1 },
  icmp: { '--icmp-type': 1 },
  icmp6: { '--icmpv6-type': 1 },
  comment: { '--comment': 1 },
  mark: { '--mark': 1 },
  addrtype: { '--src-type': 1, '--dst-type': 1, '--limit-iface-in': 0, '--limit-iface-out': 0 },
  conntrack: {
    '--ctstate': 1,
    '--ctorigdst': 1,
    '--ctorigsrc': 1,
    '--ctorigdstport': 1,
    '--ctdir': 1,
    '--ctproto': 1,
  },
  state: { '--state': 1 },
  statistic: { '--mode': 1, '--probability': 1, '--every': 1, '--packet': 1 },
  recent: {
    '--name': 1,
    '--set': 0,
    '--rcheck': 0,
    '--update': 0,
    '--remove': 0,
    '--seconds': 1,
    '--reap': 0,
    '--hitcount': 1,
    '--rsource': 0,
    '--rdest': 0,
    '--mask': 1,
  },
  multiport: {
    '--dports': 1,
    '--destination-ports': 1,
    '--sports': 1,
    '--source-ports': 1,
    '--ports': 1,
  },
  limit: { '--limit': 1, '--limit-burst': 1 },
  physdev: {
    '--physdev-in': 1,
    '--physdev-out': 1,
    '--physdev-is-in': 0,
    '--physdev-is-out': 0,
    '--physdev-is-bridged': 0,
  },
  nfacct: { '--nfacct-name': 1 },
  set: { '--match-set': 2 },
  iprange: { '--src-range': 1, '--dst-range': 1 },
  mac: { '--mac-source': 1 },
  owner: { '--uid-owner': 1, '--gid-owner': 1 },
  pkttype: { '--pkt-type': 1 },
  length: { '--length': 1 },
  connmark: { '--mark': 1 },
};

/** The option that a match cannot be without. */
export const NEEDED: Readonly<Record<string, string>> = {
  mark: '--mark',
  comment: '--comment',
  multiport: '',
  nfacct: '--nfacct-name',
};

export const TARGETS: Readonly<Record<string, Readonly<Record<string, 0 | 1 | 2>>>> = {
  ACCEPT: {},
  DROP: {},
  RETURN: {},
  QUEUE: {},
  REJECT: { '--reject-with': 1 },
  DNAT: { '--to-destination': 1, '--random': 0, '--persistent': 0 },
  SNAT: { '--to-source': 1, '--random': 0, '--random-fully': 0, '--persistent': 0 },
  MASQUERADE: { '--random-fully': 0, '--random': 0, '--to-ports': 1 },
  REDIRECT: { '--to-ports': 1, '--random': 0 },
  MARK: { '--set-mark': 1, '--set-xmark': 1, '--or-mark': 1, '--and-mark': 1, '--xor-mark': 1 },
  LOG: { '--log-prefix': 1, '--log-level': 1, '--log-ip-options': 0, '--log-tcp-options': 0, '--log-uid': 0 },
  TCPMSS: { '--set-mss': 1, '--clamp-mss-to-pmtu': 0 },
  CONNMARK: { '--save-mark': 0, '--restore-mark': 0, '--set-xmark': 1, '--set-mark': 1 },
  NOTRACK: {},
  CT: { '--notrack': 0, '--zone': 1 },
  TRACE: {},
  NFLOG: { '--nflog-prefix': 1, '--nflog-group': 1 },
  NETMAP: { '--to': 1 },
  TPROXY: { '--on-port': 1, '--on-ip': 1, '--tproxy-mark': 1 },
};

export const TARGET_NEEDS: Readonly<Record<string, string>> = {
  DNAT: '--to-destination',
  SNAT: '--to-source',
};

/** Targets that only the nat table knows. */
export const NAT_TARGETS = ['DNAT', 'SNAT', 'MASQUERADE', 'REDIRECT', 'NETMAP'];

export const PROTOCOLS: Readonly<Record<string, string>> = {
  '0': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '47': 'gre',
  '50': 'esp',
  '58': 'ipv6-icmp',
  '132': 'sctp',
  icmpv6: 'ipv6-icmp',
};
export const PROTOCOL_NAMES = [
  'all',
  'tcp',
  'udp',
  'sctp',
  'icmp',
  'ipv6-icmp',
  'gre',
  'esp',
  'ah',
  'igmp',
  'dccp',
  'udplite',
  'mh',
];

export const CT_STATES = ['INVALID', 'NEW', 'RELATED', 'ESTABLISHED', 'UNTRACKED', 'SNAT', 'DNAT'];
export const REJECTS: Readonly<Record<'IPv4' | 'IPv6', readonly string[]>> = {
  IPv4: [
    'icmp-net-unreachable',
    'icmp-host-unreachable',
    'icmp-port-unreachable',
    'icmp-proto-unreachable',
    'icmp-net-prohibited',
    'icmp-host-prohibited',
    'icmp-admin-prohibited',
    'tcp-reset',
  ],
  IPv6: [
    'icmp6-no-route',
    'icmp6-adm-prohibited',
    'icmp6-addr-unreachable',
    'icmp6-port-unreachable',
    'icmp6-policy-fail',
    'icmp6-reject-route',
    'tcp-reset',
  ],
};
export const ICMP_TYPES: Readonly<Record<string, string>> = {
  any: '255',
  'echo-reply': '0',
  pong: '0',
  'destination-unreachable': '3',
  redirect: '5',
  'echo-request': '8',
  ping: '8',
  'time-exceeded': '11',
  'parameter-problem': '12',
};
