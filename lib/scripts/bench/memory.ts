// What a node's rules take in memory, at three sizes and in both modes: as kube-proxy writes them (chains are made when somebody
// looks), and with every rule made, as after a listing of all.
import v8 from 'node:v8';
import vm from 'node:vm';
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import type { EndpointSlice, Service } from '@/lib/kube/types';
import { NodeTables } from '@/lib/net/ruleset/tables';
import { proxyConfig } from '@/lib/proxy/config';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { NftablesProxier } from '@/lib/proxy/nftables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { crowdService, crowdSlice } from '@/lib/sim/crowd';
import type { Row } from './measure';

const K8S = '1.32';
const ENDPOINTS = 5;
const SIZES = [10, 1_000, 10_000];

/** Rows of the table. */
export function memoryRows(): Row[] {
  return (['iptables', 'nftables'] as const).flatMap((mode) =>
    SIZES.map((size) => {
      const { written, made } = mode === 'iptables' ? ofIptables(size) : ofNftables(size);
      return {
        what: `rules of one node in memory, ${size} Services × ${ENDPOINTS} endpoints, ${mode}`,
        value: `${megabytes(written)} as written, ${megabytes(made)} with every rule made`,
      };
    }),
  );
}

interface Bytes {
  readonly written: number;
  readonly made: number;
}

interface Tracker {
  setService(key: string, service: Service): void;
  setEndpointSlice(key: string, after: EndpointSlice): void;
}

/** The Services and slices are there before the count begins. */
function filled<T extends Tracker>(proxier: T, size: number): T {
  for (let i = 0; i < size; i++) {
    const service = crowdService(i);
    const clusterIP = `10.${96 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}`;
    const spec = { ...service.spec, type: 'ClusterIP' as const, clusterIP, clusterIPs: [clusterIP] };
    proxier.setService(`default/${service.metadata.name}`, { ...service, spec });
    const slice = crowdSlice(i, ENDPOINTS);
    proxier.setEndpointSlice(`default/${slice.metadata.name}`, slice);
  }
  return proxier;
}

function init(mode: 'iptables' | 'nftables') {
  const [node] = defaultNodes(K8S);
  if (!node) throw new Error('no node');
  const config = proxyConfig({ clusterCIDR: '10.244.0.0/16' }, mode);
  return { config, facts: nodeFacts(node, K8S), version: K8S, family: 'IPv4' } as const;
}

function ofIptables(size: number): Bytes {
  const proxier = filled(new IptablesProxier(init('iptables')), size);
  const before = heap();
  const tables = NodeTables.empty('IPv4').restored(proxier.sync({ sinceCleanupMs: 0 }).restore);
  const written = heap() - before;
  let rules = 0;
  for (const table of tables.tables)
    for (const chain of tables.chains(table)) for (const rule of chain.rules) rules += rule.matches.length;
  return held({ written, made: heap() - before }, proxier, tables, rules);
}

function ofNftables(size: number): Bytes {
  const proxier = filled(new NftablesProxier({ ...init('nftables'), serviceCIDRs: [] }), size);
  const before = heap();
  const { table } = proxier.apply(proxier.sync({ now: 0, table: undefined }));
  const written = heap() - before;
  let rules = 0;
  for (const chain of table?.chains.values() ?? [])
    for (const rule of chain.rules) rules += rule.statements.length;
  return held({ written, made: heap() - before }, proxier, table, rules);
}

/** Keeps what was measured alive until here. */
const held = (bytes: Bytes, ...alive: readonly unknown[]): Bytes => (alive.length > 0 ? bytes : bytes);

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** What is smaller than the collector's own noise is not told. */
const megabytes = (bytes: number): string =>
  bytes < 5e5 ? 'under 0.5 MB' : `${(bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0)} MB`;
