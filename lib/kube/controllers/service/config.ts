// How a cluster says that it runs in a cloud with load balancers: ConfigMap kube-system/cloud-config, key cloud.conf, what a real
// cloud-controller-manager gets as --cloud-config. Without it there is no cloud, and Services of type LoadBalancer stay <pending>.
import { parse } from 'yaml';
import type { ApiReader } from '@/lib/kube/api/types';
import type { ConfigMap } from '@/lib/kube/types';
import { rangeOfCidr, type AddressRange } from './addresses';

export const CLOUD_CONFIG = { namespace: 'kube-system', name: 'cloud-config', key: 'cloud.conf' } as const;

/** How often a balancer looks after its nodes, and how many equal answers in a row it believes. */
export interface HealthCheckSettings {
  readonly intervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

export interface CloudConfig {
  /**
   * VIP: packets come to a node as the client sent them, addressed to the balancer. Proxy: the balancer calls a node's NodePort from
   * its own address. KEP-1860.
   */
  readonly ipMode: 'VIP' | 'Proxy';
  /** Where public addresses come from: by default TEST-NET-2 (RFC 5737) and a part of the IPv6 documentation prefix (RFC 3849). */
  readonly addresses: readonly AddressRange[];
  /** From the wish for a balancer to the balancer; real clouds take half a minute or more. */
  readonly provisionSeconds: number;
  readonly healthCheck: HealthCheckSettings;
}

/** cloud-provider-gcp's values (gceHcCheckIntervalSeconds, gceHcHealthyThreshold, gceHcUnhealthyThreshold): out after 3 × 8 s. */
const HEALTH_CHECK: HealthCheckSettings = { intervalSeconds: 8, healthyThreshold: 1, unhealthyThreshold: 3 };
const ADDRESSES = ['198.51.100.0/24', '2001:db8:51::/64'];
const PROVISION_SECONDS = 5;
const HOUR = 3600;

export interface CloudConfigResult {
  readonly config: CloudConfig;
  /** One sentence about what is wrong; the default stands in. */
  readonly problem?: string;
}

const read = new WeakMap<ConfigMap, CloudConfigResult>();

/** The cloud of this cluster; undefined: it runs in none. */
export function cloudConfig(api: ApiReader): CloudConfigResult | undefined {
  const map = api.get<ConfigMap>('ConfigMap', CLOUD_CONFIG.namespace, CLOUD_CONFIG.name);
  if (!map) return undefined;
  let result = read.get(map);
  if (!result) {
    result = parseCloudConfig(map.data?.[CLOUD_CONFIG.key] ?? '');
    read.set(map, result);
  }
  return result;
}

/** The text of cloud.conf, YAML: `loadBalancer: {ipMode, addresses, provisionSeconds, healthCheck: {…}}`; all may be left out. */
export function parseCloudConfig(text: string): CloudConfigResult {
  const problems: string[] = [];
  const given = section(section(yamlOf(text, problems))['loadBalancer']);
  const check = section(given['healthCheck']);
  const number = (from: Fields, name: string, otherwise: number, least: number): number => {
    const value = from[name] ?? otherwise;
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= HOUR) return value;
    problems.push(`${name} must be a whole number from ${least} to ${HOUR}`);
    return otherwise;
  };
  const ipMode = given['ipMode'] ?? 'VIP';
  if (ipMode !== 'VIP' && ipMode !== 'Proxy') problems.push('ipMode must be VIP or Proxy');
  const texts = given['addresses'] ?? ADDRESSES;
  const list: readonly unknown[] = Array.isArray(texts) ? texts : [texts];
  const addresses = list.flatMap((cidr) => (typeof cidr === 'string' ? (rangeOfCidr(cidr) ?? []) : []));
  if (addresses.length < list.length || addresses.length === 0)
    problems.push('addresses must be CIDRs like 198.51.100.0/24');
  const config: CloudConfig = {
    ipMode: ipMode === 'Proxy' ? 'Proxy' : 'VIP',
    addresses,
    provisionSeconds: number(given, 'provisionSeconds', PROVISION_SECONDS, 0),
    healthCheck: {
      intervalSeconds: number(check, 'intervalSeconds', HEALTH_CHECK.intervalSeconds, 1),
      healthyThreshold: number(check, 'healthyThreshold', HEALTH_CHECK.healthyThreshold, 1),
      unhealthyThreshold: number(check, 'unhealthyThreshold', HEALTH_CHECK.unhealthyThreshold, 1),
    },
  };
  const [first] = problems;
  return first === undefined ? { config } : { config, problem: `${CLOUD_CONFIG.key}: ${first}` };
}

type Fields = Readonly<Record<string, unknown>>;

const section = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};

function yamlOf(text: string, problems: string[]): unknown {
  try {
    return parse(text, { logLevel: 'silent' });
  } catch {
    problems.push('this is no YAML');
    return {};
  }
}
