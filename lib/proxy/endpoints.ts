// Models pkg/proxy/endpointslicecache.go and endpoint.go: the EndpointSlices of a Service become one list of endpoints per
// service port.
import { canonicalIp, joinHostPort } from '@/lib/core/ip';
import type { Endpoint, EndpointPort, EndpointSlice, IPFamily, ObjectReference } from '@/lib/kube/types';

export interface EndpointInfo {
  readonly ip: string;
  readonly port: number;
  /** "ip:port", IPv6 in brackets: what sorts endpoints and names their chains. */
  readonly address: string;
  readonly ready: boolean;
  readonly serving: boolean;
  readonly terminating: boolean;
  readonly isLocal: boolean;
  readonly zoneHints: readonly string[];
  readonly nodeHints: readonly string[];
  /** The slice and, if there is one, the Pod that it stands for: the origin of its rules. */
  readonly slice: string;
  readonly target?: ObjectReference;
}

export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';

/** "namespace/service" that a slice belongs to, or undefined if kube-proxy of this family does not read it. */
export function serviceOfSlice(slice: EndpointSlice, family: IPFamily): string | undefined {
  const name = slice.metadata.labels?.[SERVICE_NAME_LABEL];
  if (!name || slice.addressType !== family) return undefined;
  return `${slice.metadata.namespace ?? ''}/${name}`;
}

/** "port-name/PROTOCOL", as in proxy.ServicePortName. */
export const portKey = (name: string, protocol: string): string => `${name}/${protocol.toUpperCase()}`;

/**
 * Endpoints of one Service by port key, each list sorted by its "ip:port" text. The same "ip:port" in several slices counts once;
 * one that is ready wins.
 */
export function endpointsByPort(
  slices: readonly EndpointSlice[],
  nodeName: string,
): ReadonlyMap<string, readonly EndpointInfo[]> {
  const merged = new Map<string, Map<string, EndpointInfo>>();
  for (const slice of slices) {
    for (const port of slice.ports ?? []) {
      if (port.port === undefined || port.port === null) continue;
      const key = portKey(port.name ?? '', port.protocol ?? 'TCP');
      const byAddress = merged.get(key) ?? new Map<string, EndpointInfo>();
      merged.set(key, byAddress);
      for (const endpoint of slice.endpoints ?? []) {
        const info = endpointInfo(slice, endpoint, port, nodeName);
        if (!info) continue;
        const known = byAddress.get(info.address);
        if (!known || (info.ready && !known.ready)) byAddress.set(info.address, info);
      }
    }
  }
  const sorted = new Map<string, readonly EndpointInfo[]>();
  for (const [key, byAddress] of merged)
    sorted.set(
      key,
      [...byAddress.values()].sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0)),
    );
  return sorted;
}

function endpointInfo(
  slice: EndpointSlice,
  endpoint: Endpoint,
  port: EndpointPort,
  nodeName: string,
): EndpointInfo | undefined {
  const address = endpoint.addresses[0];
  if (!address) return undefined;
  const ip = canonicalIp(address);
  const ready = endpoint.conditions?.ready ?? true;
  return {
    ip,
    port: port.port ?? 0,
    address: joinHostPort(ip, port.port ?? 0),
    ready,
    serving: endpoint.conditions?.serving ?? ready,
    terminating: endpoint.conditions?.terminating ?? false,
    isLocal: nodeName !== '' && endpoint.nodeName === nodeName,
    zoneHints: (endpoint.hints?.forZones ?? []).map((h) => h.name),
    nodeHints: (endpoint.hints?.forNodes ?? []).map((h) => h.name),
    slice: `${slice.metadata.namespace ?? ''}/${slice.metadata.name ?? ''}`,
    ...(endpoint.targetRef ? { target: endpoint.targetRef } : {}),
  };
}

/** Whether two lists say the same to kube-proxy (their slices' names do not count). */
export function sameEndpoints(a: readonly EndpointInfo[], b: readonly EndpointInfo[]): boolean {
  if (a === b) return true;
  return a.length === b.length && a.every((x, i) => sameEndpoint(x, b[i]));
}

function sameEndpoint(a: EndpointInfo, b: EndpointInfo | undefined): boolean {
  return (
    b !== undefined &&
    a.address === b.address &&
    a.ready === b.ready &&
    a.serving === b.serving &&
    a.terminating === b.terminating &&
    a.isLocal === b.isLocal &&
    a.zoneHints.join() === b.zoneHints.join() &&
    a.nodeHints.join() === b.nodeHints.join() &&
    a.target?.name === b.target?.name
  );
}
