// How a cluster says that MetalLB is installed: ConfigMap metallb-system/config. Custom resources cannot be stored here, so its key
// `config` holds the IPAddressPool and L2Advertisement documents as one would apply them, and `lb-class` the flag --lb-class.
import { parseAllDocuments } from 'yaml';
import { parseIp } from '@/lib/core/ip';
import type { ApiReader } from '@/lib/kube/api/types';
import type { ConfigMap, LabelSelector, Node, Service } from '@/lib/kube/types';
import { selects } from '../objects';
import { rangeOfCidr, type AddressRange } from '../service/addresses';

export const METALLB_CONFIG = { namespace: 'metallb-system', name: 'config', key: 'config' } as const;

export interface Pool {
  readonly name: string;
  readonly ranges: readonly AddressRange[];
  /** Addresses are given only to Services that ask for this pool. */
  readonly onRequest: boolean;
}

export interface L2Advertisement {
  /** Names of pools; none: all. */
  readonly pools: readonly string[];
  /** Nodes that may announce; none: all. */
  readonly nodeSelectors: readonly LabelSelector[];
}

export interface MetalLbConfig {
  /** By name. */
  readonly pools: readonly Pool[];
  readonly advertisements: readonly L2Advertisement[];
  /** Only Services of this class; undefined: only those without one. */
  readonly lbClass: string | undefined;
}

export interface MetalLbConfigResult {
  readonly config: MetalLbConfig;
  /** One sentence about what is wrong or not simulated; the rest holds. */
  readonly problem?: string;
}

const read = new WeakMap<ConfigMap, MetalLbConfigResult>();

/** MetalLB's configuration; undefined: it is not installed. */
export function metalLbConfig(api: ApiReader): MetalLbConfigResult | undefined {
  const map = api.get<ConfigMap>('ConfigMap', METALLB_CONFIG.namespace, METALLB_CONFIG.name);
  if (!map) return undefined;
  let result = read.get(map);
  if (!result) {
    result = parseMetalLbConfig(map.data?.[METALLB_CONFIG.key] ?? '', map.data?.['lb-class']);
    read.set(map, result);
  }
  return result;
}

/** Whether a Service is MetalLB's (internal/k8s: the filter of --lb-class). */
export const isMetalLbs = ({ spec }: Service, { lbClass }: MetalLbConfig): boolean =>
  spec.type === 'LoadBalancer' && spec.loadBalancerClass === lbClass;

/** Whether a pool may be announced by a node (poolMatchesNodeL2). */
export const mayAnnounce = (pool: Pool, node: Node, { advertisements }: MetalLbConfig): boolean =>
  advertisements.some(
    ({ pools, nodeSelectors }) =>
      (pools.length === 0 || pools.includes(pool.name)) &&
      (nodeSelectors.length === 0 || nodeSelectors.some((s) => selects(s, node.metadata.labels))),
  );

/** The text of the ConfigMap: documents of kind IPAddressPool and L2Advertisement (metallb.io/v1beta1). */
export function parseMetalLbConfig(text: string, lbClass?: string): MetalLbConfigResult {
  const problems: string[] = [];
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const pools: Pool[] = [];
  const advertisements: L2Advertisement[] = [];
  for (const document of 'empty' in documents ? [] : documents) {
    const value = fields(
      document.errors.length > 0 ? undefined : (document.toJS({ maxAliasCount: 100 }) as unknown),
    );
    const spec = fields(value['spec']);
    if (value['kind'] === 'IPAddressPool') pools.push(poolOf(nameOf(value), spec, problems));
    else if (value['kind'] === 'L2Advertisement') advertisements.push(advertisementOf(spec, problems));
    else
      problems.push(
        `${textOf(value['kind']) || 'a document without kind'} is not simulated; use IPAddressPool and L2Advertisement`,
      );
  }
  const config: MetalLbConfig = {
    pools: pools.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    advertisements,
    lbClass: lbClass === '' ? undefined : lbClass,
  };
  const [first] = problems;
  return first === undefined ? { config } : { config, problem: first };
}

function poolOf(name: string, spec: Fields, problems: string[]): Pool {
  const ranges = list(spec['addresses']).flatMap((address) => {
    const range = rangeOf(textOf(address), spec['avoidBuggyIPs'] === true);
    if (!range) problems.push(`IPAddressPool ${name}: "${textOf(address)}" is neither a CIDR nor a range`);
    return range ?? [];
  });
  if (spec['serviceAllocation'] !== undefined)
    problems.push(`IPAddressPool ${name}: serviceAllocation is not simulated`);
  return { name, ranges, onRequest: spec['autoAssign'] === false };
}

function advertisementOf(spec: Fields, problems: string[]): L2Advertisement {
  for (const field of ['interfaces', 'ipAddressPoolSelectors'])
    if (spec[field] !== undefined) problems.push(`L2Advertisement: ${field} is not simulated`);
  return {
    pools: list(spec['ipAddressPools']).map(textOf),
    nodeSelectors: list(spec['nodeSelectors']).map((s) => fields(s) as LabelSelector),
  };
}

/** "192.168.10.240-192.168.10.250" or a CIDR, which here counts from its first address to its last (config.ParseCIDR). */
function rangeOf(text: string, avoidBuggy: boolean): AddressRange | undefined {
  const [from = '', to] = text.split('-').map((part) => part.trim());
  if (to === undefined) {
    const hosts = rangeOfCidr(from);
    if (!hosts || avoidBuggy) return hosts;
    return wholeCidr(from, hosts);
  }
  const first = parseIp(from);
  const last = parseIp(to);
  if (!first || !last || first.family !== last.family || first.value > last.value) return undefined;
  return { family: first.family, first: first.value, last: last.value };
}

function wholeCidr(text: string, { family }: AddressRange): AddressRange {
  const [address = '', length = ''] = text.split('/');
  const host = BigInt((family === 'IPv4' ? 32 : 128) - Number(length));
  const first = ((parseIp(address)?.value ?? 0n) >> host) << host;
  return { family, first, last: first + (1n << host) - 1n };
}

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const nameOf = (value: Fields): string => textOf(fields(value['metadata'])['name']);
