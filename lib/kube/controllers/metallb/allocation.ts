// Which addresses a Service gets. Models MetalLB internal/allocator/allocator.go and controller/service.go (v0.15): what is given is read
// from the Services' status, so nothing has to be remembered.
import { parseIp } from '@/lib/core/ip';
import { err, ok, type Result } from '@/lib/core/result';
import type { IPFamily, Service } from '@/lib/kube/types';
import { firstFree, inRanges } from '../service/addresses';
import { keyOf } from '../objects';
import type { MetalLbConfig, Pool } from './config';

/** Annotations, under the prefix of today and under that of before v0.15. */
export type Annotation = 'address-pool' | 'loadBalancerIPs' | 'ip-allocated-from-pool' | 'allow-shared-ip';
const PREFIXES = ['metallb.io', 'metallb.universe.tf'];

export const annotationKey = (name: Annotation, prefix = PREFIXES[0]): string => `${prefix ?? ''}/${name}`;
export const annotationOf = ({ metadata }: Service, name: Annotation): string =>
  PREFIXES.map((prefix) => metadata.annotations?.[annotationKey(name, prefix)]).find(
    (v) => v !== undefined,
  ) ?? '';

export interface Allocated {
  readonly addresses: readonly string[];
  readonly pool: string;
}

export const currentAddresses = ({ status }: Service): readonly string[] =>
  (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);

/** The pool that holds an address; undefined: none. */
export const poolOf = (address: string, { pools }: MetalLbConfig): Pool | undefined => {
  const ip = parseIp(address);
  return ip && pools.find((pool) => inRanges(pool.ranges, ip));
};

/** The addresses that a Service asks for; an error is MetalLB's own sentence. */
export function desiredAddresses(service: Service): Result<readonly string[], string> {
  const listed = annotationOf(service, 'loadBalancerIPs');
  const { loadBalancerIP = '' } = service.spec;
  if (listed !== '' && loadBalancerIP !== '')
    return err(`service can not have both ${annotationKey('loadBalancerIPs')} and svc.Spec.LoadBalancerIP`);
  if (listed === '' && loadBalancerIP === '') return ok([]);
  if (loadBalancerIP !== '')
    return parseIp(loadBalancerIP)
      ? ok([loadBalancerIP])
      : err(`invalid spec.loadBalancerIP "${loadBalancerIP}"`);
  const addresses = listed.split(',').map((text) => text.trim());
  return addresses.every((a) => parseIp(a))
    ? ok(addresses)
    : err(`invalid ${annotationKey('loadBalancerIPs')}: "${listed}"`);
}

/** Whether a Service may have these addresses beside the others; an error says why not. */
export function mayHave(
  service: Service,
  addresses: readonly string[],
  others: readonly Service[],
  config: MetalLbConfig,
): Result<Allocated, string> {
  const pools = new Set(addresses.map((a) => poolOf(a, config)?.name));
  const [pool] = pools;
  if (pools.size !== 1 || pool === undefined) return err(`${goList(addresses)} is not allowed in config`);
  const sharers = others.filter((other) => currentAddresses(other).some((a) => addresses.includes(a)));
  if (sharers.length === 0) return ok({ addresses, pool });
  const key = annotationOf(service, 'allow-shared-ip');
  if (key === '' || sharers.some((other) => annotationOf(other, 'allow-shared-ip') !== key))
    return err(
      `can't change sharing key for "${keyOf(service)}", address also in use by ${sharers.map(keyOf).join(',')}`,
    );
  for (const port of service.spec.ports ?? []) {
    const clash = sharers.find((other) =>
      other.spec.ports?.some(
        (p) => p.port === port.port && (p.protocol ?? 'TCP') === (port.protocol ?? 'TCP'),
      ),
    );
    if (clash)
      return err(
        `port ${(port.protocol ?? 'TCP').toLowerCase()}/${port.port} is already in use on ${goList(addresses)}`,
      );
  }
  return ok({ addresses, pool });
}

/** allocateIPs: those that it asks for, else the first that are free in its pool or in any that gives freely. */
export function allocated(
  service: Service,
  others: readonly Service[],
  config: MetalLbConfig,
): Result<Allocated, string> {
  const desired = desiredAddresses(service);
  if (!desired.ok) return desired;
  const families = service.spec.ipFamilies ?? (['IPv4'] as readonly IPFamily[]);
  const wanted = annotationOf(service, 'address-pool');
  if (desired.value.length > 0) {
    const asked = new Set(desired.value.map((a) => parseIp(a)?.family));
    if (asked.size !== families.length || families.some((f) => !asked.has(f)))
      return err(
        `requested loadBalancer IP(s) ${goList(desired.value)} does not match the ipFamily of the service`,
      );
    const own = mayHave(service, desired.value, others, config);
    if (own.ok && wanted !== '' && own.value.pool !== wanted)
      return err(
        `requested loadBalancer IP(s) ${goList(desired.value)} is not compatible with requested address pool ${wanted}`,
      );
    return own;
  }
  const named = config.pools.find((p) => p.name === wanted);
  if (wanted !== '' && !named) return err(`unknown pool "${wanted}"`);
  const taken = new Set(others.flatMap(currentAddresses));
  for (const pool of named ? [named] : config.pools.filter((p) => !p.onRequest)) {
    const addresses = families.flatMap((family) => firstFree(pool.ranges, family, taken) ?? []);
    if (addresses.length === families.length) return ok({ addresses, pool: pool.name });
  }
  return err(named ? `no available IPs in pool "${named.name}"` : 'no available IPs');
}

/** Addresses as Go's %q prints a list of them. */
export const goList = (addresses: readonly string[]): string =>
  `[${addresses.map((a) => `"${a}"`).join(' ')}]`;
