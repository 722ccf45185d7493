// What the API server gives to a Service: IP families, cluster IPs, node ports, the health-check node port, on create and on
// update. Follows pkg/registry/core/service/storage/alloc.go; what is allocated is what stored Services hold, so nothing leaks.
import { err, ok, type Result } from '@/lib/core/result';
import type { Random } from '@/lib/core/random';
import type { IPFamily, Service, ServicePort } from '@/lib/kube/types';
import { infoOf } from './kinds';
import { initIPFamilies, keepsDualStackChoice } from './service/ip-families';
import { ClusterIPRange, type NodePortRange } from './service/allocator';
import { needsClusterIP, needsHealthCheckPort, needsNodePort, withSpec } from './service/service-facts';
import { internalError, invalid } from './status';
import type { Status } from './types';
import { FieldErrors, goSlice } from './validation/field-errors';

export interface AllocationOptions {
  readonly clusterIPs: readonly ClusterIPRange[];
  readonly nodePorts: NodePortRange;
  readonly random: Random;
  readonly hasClusterIP: (ip: string) => boolean;
  readonly hasNodePort: (port: number) => boolean;
}

type Allocated = Result<Service, Status>;

/** The Service with all that it needs; `old` is what it was before an update. */
export function allocate(service: Service, old: Service | undefined, options: AllocationOptions): Allocated {
  const families = options.clusterIPs.map((range) => range.family);
  const initialised = initIPFamilies(service, old, families);
  if (!initialised.ok) return initialised;
  const withIPs = allocateClusterIPs(initialised.value, old, options);
  if (!withIPs.ok) return withIPs;
  const ports = new PortOperation(withIPs.value, old, options);
  return ports.run();
}

/** The refusal of a single field of a Service. */
export function invalidField(service: Service, field: string, value: unknown, detail: string): Status {
  const errors = new FieldErrors();
  errors.invalid(field, value, detail);
  return invalid(infoOf('Service'), service.metadata.name ?? '', errors.causes);
}

function allocateClusterIPs(
  service: Service,
  old: Service | undefined,
  options: AllocationOptions,
): Allocated {
  if (keepsDualStackChoice(service, old)) return ok(service);
  if (!needsClusterIP(service.spec)) return ok(service);
  const hadIPs = old !== undefined && needsClusterIP(old.spec);
  if (hadIPs && old.spec.clusterIPs?.[0] === 'None') return ok(service);
  if (service.spec.clusterIPs?.[0] === 'None') return ok(service);
  const families = service.spec.ipFamilies ?? [];
  const before = old?.spec.ipFamilies ?? [];
  if (!hadIPs) return withClusterIPs(service, families, 0, options);
  // Only the second family can come or go in an update; the first is checked by validation.
  if (before.length === 1 && families.length === 2) return withClusterIPs(service, families, 1, options);
  return ok(service);
}

/** Fills in the cluster IPs of the families from index `from` on. */
function withClusterIPs(
  service: Service,
  families: readonly IPFamily[],
  from: number,
  options: AllocationOptions,
): Allocated {
  const ips = [...(service.spec.clusterIPs ?? [])];
  for (const [i, family] of families.entries()) {
    if (i < from) continue;
    const range = options.clusterIPs.find((r) => r.family === family);
    if (!range) continue;
    const given = ips[i];
    if (given) {
      const refusal = range.refusal(given, options.hasClusterIP);
      if (refusal === undefined) continue;
      const detail = `failed to allocate IP ${given}: ${refusal}`;
      return err(invalidField(service, 'spec.clusterIPs', goSlice(service.spec.clusterIPs), detail));
    }
    const next = range.next(options.random, options.hasClusterIP);
    if (next === undefined) return err(internalError('failed to allocate a serviceIP: range is full'));
    ips[i] = next;
  }
  return ok(withSpec(service, { clusterIP: ips[0], clusterIPs: ips }));
}

/** Node ports of one write: what it takes counts as taken for the rest of it. */
class PortOperation {
  readonly #taken = new Set<number>();

  constructor(
    readonly service: Service,
    readonly old: Service | undefined,
    readonly options: AllocationOptions,
  ) {}

  run(): Allocated {
    const { service, old } = this;
    const ported = !needsNodePort(service.spec)
      ? ok(service)
      : old
        ? this.#update(nodePortsOf(old))
        : this.#create();
    if (!ported.ok) return ported;
    const hadHealthCheck = old !== undefined && needsHealthCheckPort(old.spec);
    if (!needsHealthCheckPort(service.spec) || hadHealthCheck) return ported;
    return this.#healthCheck(ported.value);
  }

  /** Ports of the same number (TCP and UDP) share a node port. */
  #create(): Allocated {
    const ports = [...(this.service.spec.ports ?? [])];
    const byNumber = new Map<number, number>();
    for (const [i, port] of ports.entries()) {
      if (!port.nodePort && !this.#allocatesPorts()) continue;
      const shared = byNumber.get(port.port);
      if (shared !== undefined) {
        if (port.nodePort && port.nodePort !== shared) {
          const refused = this.#take(port.nodePort, i);
          if (refused) return err(refused);
        } else ports[i] = { ...port, nodePort: shared };
        continue;
      }
      const requested = ports.find((p) => p.port === port.port && p.nodePort)?.nodePort;
      const nodePort = requested ?? this.#next();
      const refused = requested === undefined ? undefined : this.#take(requested, i);
      if (refused) return err(refused);
      if (nodePort === undefined) return err(internalError('failed to allocate a nodePort: range is full'));
      ports[i] = { ...port, nodePort };
      byNumber.set(port.port, nodePort);
    }
    return ok(withSpec(this.service, { ports }));
  }

  #update(held: ReadonlySet<number>): Allocated {
    const ports: ServicePort[] = [];
    const seen = new Set<string>();
    for (const [i, port] of (this.service.spec.ports ?? []).entries()) {
      ports.push(port);
      if (!port.nodePort && !this.#allocatesPorts()) continue;
      let { nodePort } = port;
      if (nodePort) {
        const refused = held.has(nodePort) || this.#taken.has(nodePort) ? undefined : this.#take(nodePort, i);
        if (refused) return err(refused);
      } else {
        nodePort = this.#next();
        if (nodePort === undefined) return err(internalError('failed to allocate a nodePort: range is full'));
        ports[i] = { ...port, nodePort };
      }
      const id = `{${port.protocol ?? ''} ${nodePort}}`;
      if (seen.has(id)) return err(internalError(`duplicate nodePort: ${id}`));
      seen.add(id);
    }
    return ok(withSpec(this.service, { ports }));
  }

  #healthCheck(service: Service): Allocated {
    const given = service.spec.healthCheckNodePort;
    if (!given) {
      const next = this.#next();
      if (next === undefined)
        return err(internalError('failed to allocate a HealthCheck NodePort 0: range is full'));
      return ok(withSpec(service, { healthCheckNodePort: next }));
    }
    const refusal = this.options.nodePorts.refusal(given, this.#isTaken);
    if (refusal === undefined) return ok(service);
    return err(internalError(`failed to allocate requested HealthCheck NodePort ${given}: ${refusal}`));
  }

  #allocatesPorts(): boolean {
    const { type, allocateLoadBalancerNodePorts } = this.service.spec;
    return type === 'NodePort' || allocateLoadBalancerNodePorts !== false;
  }

  readonly #isTaken = (port: number): boolean => this.#taken.has(port) || this.options.hasNodePort(port);

  #take(port: number, index: number): Status | undefined {
    const refusal = this.options.nodePorts.refusal(port, this.#isTaken);
    this.#taken.add(port);
    return refusal === undefined
      ? undefined
      : invalidField(this.service, `spec.ports[${index}].nodePort`, port, refusal);
  }

  #next(): number | undefined {
    const port = this.options.nodePorts.next(this.options.random, this.#isTaken);
    if (port !== undefined) this.#taken.add(port);
    return port;
  }
}

const nodePortsOf = ({ spec }: Service): Set<number> =>
  new Set((spec.ports ?? []).flatMap((p) => p.nodePort || []));

/** The ranges of a cluster; at most one of each family. */
export const clusterIPRanges = (cidrs: readonly string[]): ClusterIPRange[] =>
  cidrs.map((cidr) => new ClusterIPRange(cidr));
