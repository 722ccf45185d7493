// What the slices of a hand-written Endpoints object should hold. Models pkg/controller/endpointslicemirroring/reconciler.go and
// utils.go: one slice for each address family and list of ports.
import type { Endpoint, EndpointPort, IPFamily } from '@/lib/kube/types';
import type { Endpoints, EndpointAddress } from '../endpoints/subsets';

/** Addresses of a subset beyond this many are not mirrored (--mirroring-max-endpoints-per-subset). */
export const MAX_ENDPOINTS_PER_SUBSET = 1000;

/** The content of one mirrored slice. */
export interface MirroredGroup {
  readonly addressType: IPFamily;
  readonly ports: readonly EndpointPort[];
  readonly endpoints: readonly Endpoint[];
}

/** The same for two slices that can stand for each other. */
export const groupKey = (addressType: string, ports: readonly EndpointPort[] | null | undefined): string =>
  JSON.stringify([
    addressType,
    [...(ports ?? [])]
      .map((p) => [p.name ?? '', p.port ?? null, p.protocol ?? 'TCP', p.appProtocol ?? null])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  ]);

/** All groups of an Endpoints object, each address once, in the order of its subsets. */
export function mirroredGroups(endpoints: Endpoints): ReadonlyMap<string, MirroredGroup> {
  const groups = new Map<
    string,
    { addressType: IPFamily; ports: readonly EndpointPort[]; by: Map<string, Endpoint> }
  >();
  for (const subset of endpoints.subsets ?? []) {
    const ports = (subset.ports ?? []).map(portOf);
    let left = MAX_ENDPOINTS_PER_SUBSET;
    const add = (address: EndpointAddress, ready: boolean): void => {
      if (left === 0) return;
      const addressType: IPFamily = address.ip.includes(':') ? 'IPv6' : 'IPv4';
      const key = groupKey(addressType, ports);
      const group = groups.get(key) ?? { addressType, ports, by: new Map<string, Endpoint>() };
      groups.set(key, group);
      if (group.by.has(address.ip)) return;
      group.by.set(address.ip, endpointOf(address, ready));
      left--;
    };
    for (const address of subset.addresses ?? []) add(address, true);
    for (const address of subset.notReadyAddresses ?? []) add(address, false);
  }
  return new Map(
    [...groups].map(([key, { addressType, ports, by }]) => [
      key,
      { addressType, ports, endpoints: [...by.values()] },
    ]),
  );
}

function portOf(port: EndpointPort): EndpointPort {
  return {
    name: port.name ?? '',
    protocol: port.protocol ?? 'TCP',
    ...(port.port === undefined ? {} : { port: port.port }),
    ...(port.appProtocol === undefined ? {} : { appProtocol: port.appProtocol }),
  };
}

function endpointOf(address: EndpointAddress, ready: boolean): Endpoint {
  const { ip, hostname, nodeName, targetRef } = address;
  return {
    addresses: [ip],
    conditions: { ready },
    ...(hostname ? { hostname } : {}),
    ...(targetRef ? { targetRef } : {}),
    ...(nodeName ? { nodeName } : {}),
  };
}
