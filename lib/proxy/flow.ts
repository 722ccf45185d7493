// The packet tracer of kube-proxy's own unit tests (pkg/proxy/iptables/proxier_test.go, iptablesTracer): which DNAT targets and
// verdicts a packet can meet in kube-proxy's chains. Every branch of a random choice is walked, in order.
import { contains, parseCidr, parseIp, splitHostPort } from '@/lib/core/ip';
import { parseRules } from '@/lib/net/ruleset/parse';
import type { Match, Rule } from '@/lib/net/ruleset/types';

export interface Flow {
  readonly sourceIP: string;
  readonly destIP: string;
  readonly destPort: number;
  readonly protocol?: string;
}

interface Packet {
  readonly source: string;
  readonly destination: string;
  readonly port: string;
  readonly protocol: string;
}

type Tables = ReadonlyMap<string, ReadonlyMap<string, readonly Rule[]>>;

interface Walk {
  readonly outputs: string[];
  masq: boolean;
}

/** Traces a flow over the text of an iptables-restore input. `localIPs` are the node's own addresses. */
export function traceFlow(
  restore: string,
  flow: Flow,
  localIPs: readonly string[],
): { output: string; masq: boolean } {
  const tables: Tables = new Map(parseRules(restore).map((t) => [t.name, byChain(t.rules)]));
  const packet: Packet = {
    source: flow.sourceIP,
    destination: flow.destIP,
    port: String(flow.destPort),
    protocol: (flow.protocol ?? 'tcp').toLowerCase(),
  };
  const nat: Walk = { outputs: [], masq: false };
  runChain(tables, 'nat', 'KUBE-SERVICES', packet, localIPs, nat);
  const [translated] = nat.outputs;
  const split = translated === undefined ? undefined : splitHostPort(translated);
  const after = split ? { ...packet, destination: split.host, port: split.port } : packet;
  const filter: Walk = { outputs: [], masq: false };
  for (const chain of ['KUBE-SERVICES', 'KUBE-EXTERNAL-SERVICES', 'KUBE-NODEPORTS', 'KUBE-PROXY-FIREWALL'])
    if (runChain(tables, 'filter', chain, after, localIPs, filter)) break;
  return { output: [...nat.outputs, ...filter.outputs].join(', '), masq: nat.masq };
}

function byChain(rules: readonly Rule[]): Map<string, Rule[]> {
  const chains = new Map<string, Rule[]>();
  for (const rule of rules) chains.set(rule.chain, [...(chains.get(rule.chain) ?? []), rule]);
  return chains;
}

/** Walks a chain; true if the packet's way ended in it. */
function runChain(
  tables: Tables,
  table: string,
  chain: string,
  packet: Packet,
  local: readonly string[],
  walk: Walk,
): boolean {
  for (const rule of tables.get(table)?.get(chain) ?? []) {
    if (!rule.matches.every((m) => matches(m, packet, local))) continue;
    const random = rule.matches.some((m) => m.kind === 'statistic');
    const { target } = rule;
    if (target?.kind === 'accept' || target?.kind === 'drop' || target?.kind === 'reject') {
      walk.outputs.push(target.kind.toUpperCase());
      return true;
    }
    if (target?.kind === 'dnat') {
      walk.outputs.push(target.to);
      return true;
    }
    if (target?.kind === 'jump' && target.chain === 'KUBE-MARK-MASQ') walk.masq = true;
    else if (target?.kind === 'jump' && runChain(tables, table, target.chain, packet, local, walk) && !random)
      return true;
  }
  return false;
}

function matches(m: Match, packet: Packet, local: readonly string[]): boolean {
  const yes = (holds: boolean, not: boolean | undefined): boolean => holds !== (not === true);
  switch (m.kind) {
    case 'source':
      return yes(inCidr(packet.source, m.cidr), m.not);
    case 'destination':
      return yes(inCidr(packet.destination, m.cidr), m.not);
    case 'protocol':
      return yes(m.protocol === packet.protocol, m.not);
    case 'transport':
      return m.protocol === packet.protocol;
    case 'dport':
      return yes(m.port === packet.port, m.not);
    case 'addrtype':
      return (
        (m.src !== 'LOCAL' || yes(local.includes(packet.source), m.notSrc)) &&
        (m.dst !== 'LOCAL' || yes(local.includes(packet.destination), m.notDst))
      );
    case 'comment':
    case 'statistic':
    case 'nfacct':
    case 'module':
      return true;
    case 'recent':
      return m.op === 'set';
    default:
      return false; // marks, conntrack states and interfaces are not traced
  }
}

function inCidr(address: string, cidr: string): boolean {
  const ip = parseIp(address);
  const network = parseCidr(cidr.includes('/') ? cidr : `${cidr}/${cidr.includes(':') ? 128 : 32}`);
  return ip !== undefined && network !== undefined && contains(network, ip);
}
