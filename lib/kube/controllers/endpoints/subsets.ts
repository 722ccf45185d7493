// The subsets of a v1 Endpoints object. Models pkg/controller/endpoint/endpoints_controller.go (podToEndpointAddressForService,
// truncateEndpoints) and pkg/api/v1/endpoints/util.go RepackSubsets.
import { familyOfText } from '@/lib/core/ip';
import type { EndpointPort, IPFamily, KubeObject, ObjectReference, Pod, Service } from '@/lib/kube/types';
import { findPort, shouldBeInEndpoints, shouldSetHostname } from '../endpointslice/endpoint';
import { byText, isPodReady } from '../objects';

export interface EndpointAddress {
  readonly ip: string;
  readonly hostname?: string;
  readonly nodeName?: string;
  readonly targetRef?: ObjectReference;
}

export interface EndpointSubset {
  readonly addresses?: readonly EndpointAddress[];
  readonly notReadyAddresses?: readonly EndpointAddress[];
  readonly ports?: readonly EndpointPort[];
}

export interface Endpoints extends KubeObject {
  readonly kind: 'Endpoints';
  readonly subsets?: readonly EndpointSubset[];
}

/** Above this many addresses an Endpoints object is cut off. */
export const MAX_CAPACITY = 1000;

interface Entry {
  readonly address: EndpointAddress;
  readonly ready: boolean;
  readonly ports: Map<string, EndpointPort>;
}

/** Addresses that offer the same ports stand together; ports and addresses are sorted. */
export function subsetsOf(service: Service, pods: readonly Pod[]): readonly EndpointSubset[] {
  const entries: Entry[] = [];
  const publishAll = service.spec.publishNotReadyAddresses === true;
  for (const pod of pods) {
    if (!shouldBeInEndpoints(pod, publishAll)) continue;
    const address = addressOf(service, pod);
    if (!address) continue;
    const ports = portsOf(service, pod);
    const headlessWithoutPorts = !service.spec.ports?.length && service.spec.clusterIP === 'None';
    if (ports.size > 0 || headlessWithoutPorts)
      entries.push({ address, ready: publishAll || isPodReady(pod), ports });
  }
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const key = [...entry.ports.keys()].sort().join();
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups].sort(([a], [b]) => byText(a, b)).map(([, group]) => subsetOf(group));
}

function subsetOf(group: readonly Entry[]): EndpointSubset {
  const sorted = (ready: boolean): readonly EndpointAddress[] =>
    group
      .filter((e) => e.ready === ready)
      .map((e) => e.address)
      .sort((a, b) => byText(a.ip, b.ip) || byText(nameOf(a), nameOf(b)));
  const addresses = sorted(true);
  const notReadyAddresses = sorted(false);
  const ports = [...(group[0]?.ports ?? [])].sort(([a], [b]) => byText(a, b)).map(([, port]) => port);
  return {
    ...(addresses.length > 0 ? { addresses } : {}),
    ...(notReadyAddresses.length > 0 ? { notReadyAddresses } : {}),
    ...(ports.length > 0 ? { ports } : {}),
  };
}

const nameOf = (address: EndpointAddress): string => address.targetRef?.name ?? '';

function portsOf(service: Service, pod: Pod): Map<string, EndpointPort> {
  const ports = new Map<string, EndpointPort>();
  for (const servicePort of service.spec.ports ?? []) {
    const port = findPort(pod, servicePort);
    if (port === undefined) continue;
    const { name, protocol = 'TCP', appProtocol } = servicePort;
    const entry = {
      ...(name ? { name } : {}),
      port,
      protocol,
      ...(appProtocol === undefined ? {} : { appProtocol }),
    };
    ports.set(`${name ?? ''}|${port}|${protocol}|${appProtocol ?? ''}`, entry);
  }
  return ports;
}

/** The Pod's address of the Service's first family. */
function addressOf(service: Service, pod: Pod): EndpointAddress | undefined {
  const family = service.spec.ipFamilies?.[0] ?? familyOfService(service, pod);
  const ip = pod.status?.podIPs?.find((p) => familyOfText(p.ip) === family)?.ip;
  if (ip === undefined) return undefined;
  const { namespace, name, uid } = pod.metadata;
  return {
    ip,
    ...(shouldSetHostname(pod, service) && pod.spec.hostname ? { hostname: pod.spec.hostname } : {}),
    ...(pod.spec.nodeName ? { nodeName: pod.spec.nodeName } : {}),
    targetRef: {
      kind: 'Pod',
      ...(namespace === undefined ? {} : { namespace }),
      ...(name === undefined ? {} : { name }),
      ...(uid === undefined ? {} : { uid }),
    },
  };
}

function familyOfService({ spec }: Service, pod: Pod): IPFamily {
  const address = spec.clusterIP && spec.clusterIP !== 'None' ? spec.clusterIP : (pod.status?.podIP ?? '');
  return familyOfText(address);
}

/** At most MAX_CAPACITY addresses, ready ones first, each subset by its share; undefined if nothing had to go. */
export function truncated(subsets: readonly EndpointSubset[]): readonly EndpointSubset[] | undefined {
  const count = (list: readonly unknown[] | undefined): number => list?.length ?? 0;
  const ready = subsets.reduce((n, s) => n + count(s.addresses), 0);
  const notReady = subsets.reduce((n, s) => n + count(s.notReadyAddresses), 0);
  if (ready + notReady <= MAX_CAPACITY) return undefined;
  const cutReady = ready > MAX_CAPACITY;
  const room = cutReady ? MAX_CAPACITY : MAX_CAPACITY - ready;
  const total = cutReady ? ready : notReady;
  let left = room;
  return subsets.map((subset) => {
    const { addresses, notReadyAddresses, ...rest } = subset;
    const list = (cutReady ? addresses : notReadyAddresses) ?? [];
    const kept = list.slice(0, Math.min(left, Math.ceil((list.length / total) * room)));
    left -= kept.length;
    const readyPart = cutReady ? kept : (addresses ?? []);
    const notReadyPart = cutReady ? [] : kept;
    return {
      ...rest,
      ...(readyPart.length > 0 ? { addresses: readyPart } : {}),
      ...(notReadyPart.length > 0 ? { notReadyAddresses: notReadyPart } : {}),
    };
  });
}
