// kube-proxy's clean-up of UDP conntrack entries after a sync (pkg/proxy/conntrack/cleanup.go). An entry outlives its endpoint, and a client
// that keeps its port would send to the old address for ever. TCP is left alone: its connections end by themselves.
import type { EndpointSlice, IPFamily, Service } from '@/lib/kube/types';
import { differences, type K8sVersion } from '@/lib/kube/versions';
import type { Entry } from '@/lib/net/conntrack/entry';
import { endpointsByPort, portKey, serviceOfSlice, type EndpointInfo } from './endpoints';
import { servicePorts, type ServicePortInfo } from './service-port';

export interface CleanupInput {
  readonly services: readonly Service[];
  slicesOf(service: Service): readonly EndpointSlice[];
  readonly version: K8sVersion;
  readonly featureGates: Readonly<Record<string, boolean>>;
  readonly nodeName: string;
  /** Cluster IPs of UDP Services that were deleted since the last sync. */
  readonly deletedClusterIPs: readonly string[];
}

/**
 * The entries that kube-proxy deletes. Up to 1.31 it acts on what its tracker saw go or come: endpoints that went, Services that got
 * endpoints, cluster IPs of deleted Services. From 1.32 it compares all entries with the Services that there are, and so passes over
 * those of Services that have no endpoints any more or are gone.
 */
export function staleUdpEntries(entries: readonly Entry[], input: CleanupInput): readonly Entry[] {
  const udp = entries.filter((e) => e.original.protocol === 'udp');
  if (udp.length === 0) return [];
  const services = input.services.filter((s) => s.spec.ports?.some((p) => p.protocol === 'UDP'));
  const known = new Map<IPFamily, readonly UdpPort[]>();
  const portsOf = (family: IPFamily): readonly UdpPort[] => {
    const ports = known.get(family) ?? services.flatMap((s) => udpPorts(s, family, input));
    known.set(family, ports);
    return ports;
  };
  const reconciles = differences.udpConntrackReconciler(input.version);
  return udp.filter((entry) => {
    const target = entry.original.destination;
    if (!reconciles && input.deletedClusterIPs.includes(target.text)) return true;
    return portsOf(target.family).some(
      (port) => isFor(entry, port) && isStale(entry, port.endpoints(), reconciles),
    );
  });
}

interface UdpPort {
  readonly info: ServicePortInfo;
  endpoints(): readonly EndpointInfo[];
}

function udpPorts(service: Service, family: IPFamily, input: CleanupInput): UdpPort[] {
  return servicePorts(service, { family, version: input.version, featureGates: input.featureGates })
    .filter((info) => info.protocol === 'udp')
    .map((info) => ({
      info,
      endpoints: () => {
        const slices = input.slicesOf(service).filter((s) => serviceOfSlice(s, family) !== undefined);
        return endpointsByPort(slices, input.nodeName).get(portKey(info.servicePort, 'UDP')) ?? [];
      },
    }));
}

/** The entry's original destination is an address of the Service, or has its node port. */
function isFor({ original: { destination, destinationPort } }: Entry, { info }: UdpPort): boolean {
  const addresses = [info.clusterIP, ...info.externalIPs, ...info.loadBalancerVIPs];
  return addresses.includes(destination.text) || (info.nodePort !== 0 && info.nodePort === destinationPort);
}

function isStale(
  { original, reply }: Entry,
  endpoints: readonly EndpointInfo[],
  reconciles: boolean,
): boolean {
  const usable = usableIPs(endpoints, reconciles);
  if (usable.includes(reply.source.text)) return false;
  if (usable.length > 0) return true;
  // Nobody to send to: up to 1.31 the endpoint that went is an event; an entry that was never translated is none.
  return !reconciles && reply.source.text !== original.destination.text;
}

/** Endpoints whose entries may stay: those that serve; up to 1.31 the ready ones or, if there is none, those that end but still serve. */
function usableIPs(endpoints: readonly EndpointInfo[], reconciles: boolean): string[] {
  if (reconciles) return endpoints.filter((e) => e.serving).map((e) => e.ip);
  const ready = endpoints.filter((e) => e.ready);
  return (ready.length > 0 ? ready : endpoints.filter((e) => e.serving && e.terminating)).map((e) => e.ip);
}
