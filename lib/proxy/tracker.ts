// What kube-proxy knows of Services and EndpointSlices, and what changed since its last sync: pkg/proxy/servicechangetracker.go,
// endpointschangetracker.go. All proxiers share it.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { EndpointSlice, Service } from '@/lib/kube/types';
import { endpointsByPort, portKey, sameEndpoints, serviceOfSlice, type EndpointInfo } from './endpoints';
import { serviceHealth, type ServiceHealth } from './healthcheck';
import { servicePorts, type ServicePortInfo, type ServicePortOptions } from './service-port';

type PortEndpoints = ReadonlyMap<string, readonly EndpointInfo[]>;

/** Everything that changes, as one immutable value. Keys are "ns/name" of the Service. */
export interface TrackerState {
  readonly services: PersistentMap<readonly ServicePortInfo[]>;
  readonly slices: PersistentMap<PersistentMap<EndpointSlice>>;
  readonly endpoints: PersistentMap<PortEndpoints>;
  readonly dirtyServices: PersistentMap<true>;
  readonly dirtyEndpoints: PersistentMap<true>;
}

const NO_ENDPOINTS: PortEndpoints = new Map();

export class ProxyTracker {
  state: TrackerState = {
    services: PersistentMap.empty(),
    slices: PersistentMap.empty(),
    endpoints: PersistentMap.empty(),
    dirtyServices: PersistentMap.empty(),
    dirtyEndpoints: PersistentMap.empty(),
  };

  constructor(
    private readonly options: ServicePortOptions,
    private readonly nodeName: string,
  ) {}

  /** Something waits for a sync. */
  get pending(): boolean {
    return this.state.dirtyServices.size > 0 || this.state.dirtyEndpoints.size > 0;
  }

  /** A Service appeared, changed or (undefined) went. `key` is "ns/name". */
  setService(key: string, service: Service | undefined): void {
    const ports = service ? servicePorts(service, this.options) : [];
    const before = this.state.services.get(key) ?? [];
    if (JSON.stringify(before) === JSON.stringify(ports)) return;
    const services = ports.length ? this.state.services.set(key, ports) : this.state.services.delete(key);
    this.state = { ...this.state, services, dirtyServices: this.state.dirtyServices.set(key, true) };
  }

  /** An EndpointSlice appeared, changed (before is its former self) or went (after undefined). */
  setEndpointSlice(key: string, after: EndpointSlice | undefined, before?: EndpointSlice): void {
    const old = before && serviceOfSlice(before, this.options.family);
    const now = after && serviceOfSlice(after, this.options.family);
    if (old && old !== now) this.#putSlice(old, key, undefined);
    if (now) this.#putSlice(now, key, after);
  }

  #putSlice(service: string, key: string, slice: EndpointSlice | undefined): void {
    const own = this.state.slices.get(service) ?? PersistentMap.empty<EndpointSlice>();
    const next = slice ? own.set(key, slice) : own.delete(key);
    const slices = next.size ? this.state.slices.set(service, next) : this.state.slices.delete(service);
    this.state = { ...this.state, slices, dirtyEndpoints: this.state.dirtyEndpoints.set(service, true) };
  }

  /** Brings the endpoint lists up to date and returns the Services ("ns/name") that must be written again. */
  takeChanges(): ReadonlySet<string> {
    const s = this.state;
    const changed = new Set(s.dirtyServices.keys());
    let { endpoints } = s;
    for (const service of s.dirtyEndpoints.keys()) {
      const before = endpoints.get(service) ?? NO_ENDPOINTS;
      const slices = [...(s.slices.get(service)?.entries() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
      const after = endpointsByPort(
        slices.map(([, slice]) => slice),
        this.nodeName,
      );
      if (samePorts(before, after)) continue;
      changed.add(service);
      endpoints = after.size ? endpoints.set(service, after) : endpoints.delete(service);
    }
    this.state = {
      ...s,
      endpoints,
      dirtyServices: PersistentMap.empty(),
      dirtyEndpoints: PersistentMap.empty(),
    };
    return changed;
  }

  /** The ports of a Service ("ns/name") that this kube-proxy serves. */
  portsOf(service: string): readonly ServicePortInfo[] {
    return this.state.services.get(service) ?? [];
  }

  /** What the health check node port of a Service ("ns/name") answers; undefined: it has none. */
  healthOf(service: string): ServiceHealth | undefined {
    return serviceHealth(this.portsOf(service), (port) => this.endpointsOf(port));
  }

  /** All endpoints of a service port, usable or not. */
  endpointsOf(port: ServicePortInfo): readonly EndpointInfo[] {
    const ports = this.state.endpoints.get(`${port.namespace}/${port.name}`);
    return ports?.get(portKey(port.servicePort, port.protocol)) ?? [];
  }
}

function samePorts(a: PortEndpoints, b: PortEndpoints): boolean {
  return (
    a.size === b.size && [...a].every(([key, list]) => sameEndpoints(list, b.get(key) ?? []) && b.has(key))
  );
}
