// What a number of Services costs a node: how many rules the first packet of a connection is compared with, and how much kube-proxy
// writes. Nothing is estimated: the rules are those that the simulated kube-proxy makes for a crowd of Services (crowd.ts), the packet is
// carried through them, and what a sync writes is printed and counted. Time is that of this program, by the caller's clock: what a real kernel
// and a real kube-proxy take is not known here.
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import type { KubeObject, Node, Pod, Service } from '@/lib/kube/types';
import { nftablesSupport, type ClusterProxyMode, type K8sVersion } from '@/lib/kube/versions';
import { connectOnce } from '@/lib/net/datapath/connect';
import type { Examined } from '@/lib/net/datapath/run';
import { printTransactions } from '@/lib/net/nft/operations';
import { printRestore, type RestoreInput } from '@/lib/net/ruleset/restore-input';
import { proxyConfig, type ProxyConfig } from '@/lib/proxy/config';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { NftablesProxier } from '@/lib/proxy/nftables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { crowdService, crowdSlice, CROWD_LIMIT } from './crowd';
import { feed } from './feed';
import { staticNetwork } from './static-network';

/** Endpoints of each Service. */
const ENDPOINTS = 5;

export interface LookupCost {
  readonly services: number;
  /** Rules that the first packet is compared with, for the Service whose rules stand first, in the middle, last. */
  readonly rules: { readonly first: number; readonly middle: number; readonly last: number };
  /** What kube-proxy writes when it starts, and when one endpoint of one Service has changed. */
  readonly whole: Written;
  readonly change: Written;
}

type Clock = () => number;

export interface Written {
  /** Lines of the input of iptables-restore or of nft. */
  readonly lines: number;
  readonly bytes: number;
  /** How long the simulated sync and its printing took here, by the caller's clock (ms). */
  readonly ms: number;
  /** Rules of nat KUBE-SERVICES among them; 0 in nftables mode, which has no such chain. */
  readonly dispatch: number;
}

/** undefined: this version's kube-proxy does not know the mode. `services` is brought into the limits of the course. */
export function lookupCost(
  version: K8sVersion,
  mode: ClusterProxyMode,
  services: number,
  clock: Clock = () => 0,
): LookupCost | undefined {
  if (mode === 'nftables' && nftablesSupport(version) === 'none') return undefined;
  const count = Math.min(CROWD_LIMIT, Math.max(1, Math.floor(services)));
  const featureGates = nftablesSupport(version) === 'gate' ? { NFTablesProxyMode: true } : {};
  const config = proxyConfig({ clusterCIDR: '10.244.0.0/16', featureGates }, mode);
  const objects = objectsOf(version, count);
  const at = rulesBefore(objects, version, config);
  return {
    services: count,
    rules: { first: at(0), middle: at(Math.floor((count - 1) / 2)), last: at(count - 1) },
    ...(mode === 'nftables'
      ? nftablesWrites(objects, version, config, clock)
      : iptablesWrites(objects, version, config, clock)),
  };
}

/** Rules that the first packet to the i-th Service is compared with in all nat chains on its way. */
function rulesBefore(
  objects: readonly KubeObject[],
  version: K8sVersion,
  config: ProxyConfig,
): (service: number) => number {
  const network = staticNetwork(objects, { version, config, dump: true });
  return (service) => {
    // The lots fall on the last endpoint: a walk past all of them.
    const choices = { chance: () => false, pick: (of: number) => of - 1 };
    const call = {
      from: { pod: 'default/client' },
      to: clusterIP(service),
      port: 80,
      protocol: 'tcp',
    } as const;
    const made = connectOnce(network, call, choices);
    if (!made.ok) return 0;
    const onTheWay = ({ hook, table }: Examined): boolean =>
      hook === 'PREROUTING' && (table === 'nat' || table === 'ip kube-proxy');
    return made.value.run.examined.filter(onTheWay).reduce((n, e) => n + e.rules, 0);
  };
}

function iptablesWrites(
  objects: readonly KubeObject[],
  version: K8sVersion,
  config: ProxyConfig,
  clock: Clock,
): Pick<LookupCost, 'whole' | 'change'> {
  const facts = nodeFacts(nodeOf(version), version);
  const proxier = new IptablesProxier({ config, facts, version, family: 'IPv4' });
  feed(proxier, objects);
  const write = (): Written => timed(clock, () => writtenBy(proxier.sync({ sinceCleanupMs: 0 }).restore));
  const whole = write();
  changeOne((key, after, before) => proxier.setEndpointSlice(key, after, before));
  return { whole, change: write() };
}

/** What `write` counted, and how long it took. */
function timed(clock: Clock, write: () => Omit<Written, 'ms'>): Written {
  const start = clock();
  const counted = write();
  return { ...counted, ms: clock() - start };
}

function writtenBy(restore: RestoreInput): Omit<Written, 'ms'> {
  const nat = restore.tables.find((t) => t.name === 'nat');
  const dispatch = nat?.chains.find((c) => c.name === 'KUBE-SERVICES')?.rules.length ?? 0;
  return { ...sizeOf(printRestore(restore)), dispatch };
}

function nftablesWrites(
  objects: readonly KubeObject[],
  version: K8sVersion,
  config: ProxyConfig,
  clock: Clock,
): Pick<LookupCost, 'whole' | 'change'> {
  const facts = nodeFacts(nodeOf(version), version);
  const proxier = new NftablesProxier({ config, facts, version, family: 'IPv4', serviceCIDRs: [] });
  feed(proxier, objects);
  type Sync = ReturnType<NftablesProxier['sync']>;
  const write = (now: number, table: Parameters<NftablesProxier['sync']>[0]['table']): [Written, Sync] => {
    const start = clock();
    const sync = proxier.sync({ now, table });
    const size = sizeOf(printTransactions(sync.transactions));
    return [{ ...size, dispatch: 0, ms: clock() - start }, sync];
  };
  const [whole, first] = write(0, undefined);
  const { table } = proxier.apply(first);
  changeOne((key, after, before) => proxier.setEndpointSlice(key, after, before));
  const [change] = write(1000, table);
  return { whole, change };
}

/** The first Service loses an endpoint. */
function changeOne(
  set: (key: string, after: ReturnType<typeof crowdSlice>, before: ReturnType<typeof crowdSlice>) => void,
): void {
  const before = crowdSlice(0, ENDPOINTS);
  const after = { ...before, endpoints: (before.endpoints ?? []).slice(0, -1) };
  set(`default/${before.metadata.name ?? ''}`, after, before);
}

/** Addresses and rules are ASCII: a character is a byte. */
const sizeOf = (text: string): Pick<Written, 'lines' | 'bytes'> => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return { lines, bytes: text.length };
};

const clusterIP = (i: number): string => `10.96.${(i >> 8) & 255}.${i & 255}`;

function nodeOf(version: K8sVersion): Node {
  const [node] = defaultNodes(version);
  if (!node) throw new Error('the default cluster has no node');
  return node;
}

function objectsOf(version: K8sVersion, count: number): readonly KubeObject[] {
  const client: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace: 'default', name: 'client' },
    spec: { nodeName: nodeOf(version).metadata.name ?? '', containers: [{ name: 'c' }] },
    status: { podIPs: [{ ip: '10.244.1.250' }] },
  };
  const objects: KubeObject[] = [...defaultNodes(version), client];
  for (let i = 0; i < count; i++) {
    const service = crowdService(i);
    const ip = clusterIP(i);
    const spec: Service['spec'] = { ...service.spec, type: 'ClusterIP', clusterIP: ip, clusterIPs: [ip] };
    objects.push({ ...service, spec } as Service, crowdSlice(i, ENDPOINTS));
  }
  return objects;
}
