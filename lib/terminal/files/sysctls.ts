// /proc/sys of a node: the kernel's settings as sysctl and cat show them.
import type { Node } from '@/lib/kube/types';
import { conntrackSetting } from '@/lib/net/conntrack/timeouts';
import { conntrackMax } from '@/lib/net/datapath/kernel';
import { nodeFacts } from '@/lib/proxy/node-facts';
import type { Cluster } from '@/lib/sim';

const CONNTRACK = 'net.netfilter.nf_conntrack_';
const TIMEOUTS = [
  'tcp_timeout_established',
  'tcp_timeout_close_wait',
  'tcp_timeout_time_wait',
  'tcp_timeout_syn_sent',
  'udp_timeout',
  'udp_timeout_stream',
  'icmp_timeout',
];

/** Settings of a node by name: what it has without being told, and what was set on it. A value is found out when it is asked for. */
export function sysctlsOf(node: Node | undefined, cluster: Cluster): ReadonlyMap<string, () => string> {
  const given = node ? nodeFacts(node, cluster.k8s).sysctls : {};
  const name = node?.metadata.name ?? '';
  const { network, now } = cluster;
  const settings: readonly (readonly [string, string | (() => string)])[] = [
    ['net.bridge.bridge-nf-call-ip6tables', '1'],
    ['net.bridge.bridge-nf-call-iptables', '1'],
    ['net.core.somaxconn', '4096'],
    // kube-proxy sets it in iptables mode, for node ports on 127.0.0.1 (pkg/proxy/iptables/proxier.go).
    [
      'net.ipv4.conf.all.route_localnet',
      () => (network.world.node(name)?.routeLocalnet === true ? '1' : '0'),
    ],
    ['net.ipv4.conf.all.rp_filter', '0'],
    ['net.ipv4.ip_forward', '1'],
    ['net.ipv4.ip_local_port_range', '32768\t60999'],
    ['net.ipv4.tcp_syn_retries', '6'],
    ['net.ipv6.conf.all.forwarding', '1'],
    [`${CONNTRACK}tcp_be_liberal`, '0'],
    ...TIMEOUTS.map((t) => [CONNTRACK + t, () => String(conntrackSetting(given, t))] as const),
    ...Object.entries(given),
    [`${CONNTRACK}max`, () => String(conntrackMax(given))],
    [`${CONNTRACK}count`, () => String(network.kernel(name).conntrack.count(now))],
  ];
  return new Map(settings.map(([n, value]) => [n, typeof value === 'string' ? () => value : value]));
}

/** The file of a setting. */
export const sysctlPath = (name: string): string => `/proc/sys/${name.replaceAll('.', '/')}`;
