// The cloud's side: the load balancers that exist there, as the cloud-controller-manager asked for them. The API server knows nothing
// of them but an address in a Service's status; whoever carries packets reads them here.
import { parseIp } from '@/lib/core/ip';
import { err, ok, type Result } from '@/lib/core/result';
import { PersistentMap } from '@/lib/core/persistent-map';
import type { IPFamily, Service, ServicePort } from '@/lib/kube/types';
import { firstFree, inRanges } from './addresses';
import type { CloudConfig, HealthCheckSettings } from './config';

export interface CloudBalancer {
  /** "ns/name" of its Service. */
  readonly service: string;
  readonly addresses: readonly string[];
  readonly ipMode: CloudConfig['ipMode'];
  readonly ports: readonly ServicePort[];
  /** Who may call, as CIDRs; none: everybody. */
  readonly sourceRanges: readonly string[];
  readonly nodes: readonly string[];
  readonly healthCheck: HealthCheckSettings & { readonly port: number; readonly path: string };
  /** Virtual time (ms) at which it was there: its health checks beat from then. */
  readonly since: number;
}

/** All balancers of the cloud, by their Service. */
export type CloudBalancers = PersistentMap<CloudBalancer>;
export const NO_BALANCERS: CloudBalancers = PersistentMap.empty();

/** kube-proxy's own health port, asked for Services whose traffic may go through any node (KEP-3836). */
const HEALTHZ = { port: 10_256, path: '/healthz' } as const;

export interface Wanted {
  readonly key: string;
  readonly service: Service;
  readonly config: CloudConfig;
  readonly nodes: readonly string[];
  readonly now: number;
}

/** EnsureLoadBalancer: the balancer as it is to be, or why the cloud cannot make it. */
export function ensured(cloud: CloudBalancers, wanted: Wanted): Result<CloudBalancer, string> {
  const { key, service, config, nodes, now } = wanted;
  const { spec } = service;
  const before = cloud.get(key);
  const addresses = addressesFor(cloud, wanted);
  if (!addresses.ok) return addresses;
  const ports = spec.ports ?? [];
  const bare = ports.find((p) => p.nodePort === undefined);
  if (config.ipMode === 'Proxy' && bare)
    return err(`port ${bare.port} has no node port, which a balancer in ipMode Proxy calls`);
  const local = spec.externalTrafficPolicy === 'Local' && spec.healthCheckNodePort;
  return ok({
    service: key,
    addresses: addresses.value,
    ipMode: config.ipMode,
    ports,
    sourceRanges: (spec.loadBalancerSourceRanges ?? []).map((range) => range.trim()),
    nodes,
    healthCheck: { ...config.healthCheck, ...(local ? { port: local, path: '/healthz' } : HEALTHZ) },
    since: before?.since ?? now,
  });
}

function addressesFor(
  cloud: CloudBalancers,
  { key, service, config }: Wanted,
): Result<readonly string[], string> {
  const others = [...cloud.values()].filter((b) => b.service !== key).flatMap((b) => b.addresses);
  const taken = new Set(others);
  const own = cloud.get(key)?.addresses ?? [];
  const asked = service.spec.loadBalancerIP;
  const addresses: string[] = [];
  for (const family of service.spec.ipFamilies ?? (['IPv4'] as readonly IPFamily[])) {
    const ip = asked === undefined ? undefined : parseIp(asked);
    if (asked !== undefined && ip?.family === family) {
      if (!inRanges(config.addresses, ip)) return err(`requested ip "${asked}" is not of this cloud`);
      if (taken.has(asked)) return err(`requested ip "${asked}" is in use`);
      addresses.push(asked);
      continue;
    }
    const kept = own.find((a) => parseIp(a)?.family === family);
    const free = kept ?? firstFree(config.addresses, family, taken);
    if (free === undefined) return err(`no ${family} address is left`);
    addresses.push(free);
  }
  return ok(addresses);
}
