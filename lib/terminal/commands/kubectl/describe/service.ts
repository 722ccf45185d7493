// describe of Services, Endpoints and EndpointSlices.
import { pathOf } from '../api/mapper';
import { isNotFound } from '../run/errors';
import { listOf } from '../resources/select';
import type { Session } from '../run/session';
import type { KubeJson } from '../api/client';
import { describeEvents, eventsOf } from './events';
import { annotationLines, DescribeWriter, labelPairs, multiline } from './writer';

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol: string;
  readonly targetPort?: number | string;
  readonly nodePort?: number;
}

interface ServiceSpec {
  readonly type?: string;
  readonly selector?: Readonly<Record<string, string>>;
  readonly clusterIP?: string;
  readonly clusterIPs?: readonly string[];
  readonly ipFamilies?: readonly string[];
  readonly ipFamilyPolicy?: string;
  readonly externalIPs?: readonly string[];
  readonly loadBalancerIP?: string;
  readonly externalName?: string;
  readonly ports?: readonly ServicePort[];
  readonly sessionAffinity?: string;
  readonly externalTrafficPolicy?: string;
  readonly internalTrafficPolicy?: string;
  readonly healthCheckNodePort?: number;
  readonly loadBalancerSourceRanges?: readonly string[];
}

interface Slice extends KubeJson {
  readonly addressType?: string;
  readonly ports?:
    | readonly { readonly name?: string; readonly port?: number; readonly protocol?: string }[]
    | null;
  readonly endpoints?:
    | readonly {
        readonly addresses: readonly string[];
        readonly conditions?: { readonly ready?: boolean };
        readonly hostname?: string;
        readonly nodeName?: string;
        readonly zone?: string;
        readonly targetRef?: { readonly kind: string; readonly name: string };
      }[]
    | null;
}

interface Endpoints extends KubeJson {
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string }[];
    readonly notReadyAddresses?: readonly { readonly ip: string }[];
    readonly ports?: readonly { readonly name?: string; readonly port: number; readonly protocol?: string }[];
  }[];
}

/** How the endpoints of a port are shown. */
type EndpointsOf = (port: Pick<ServicePort, 'name'>) => string;

export function describeService(k: Session, object: KubeJson, showEvents: boolean): string {
  const w = new DescribeWriter();
  const { name = '', namespace = '', labels, annotations } = object.metadata;
  const spec = (object['spec'] ?? {}) as ServiceSpec;
  const endpointsOf = k.differences.describeServiceReadsSlices
    ? slicesOfService(k, namespace, name)
    : endpointsOfService(k, namespace, name);
  w.pair(0, 'Name', name);
  w.pair(0, 'Namespace', namespace);
  multiline(w, 0, 'Labels', labels);
  annotationLines(w, 0, annotations);
  w.pair(0, 'Selector', labelPairs(spec.selector));
  w.pair(0, 'Type', spec.type ?? '');
  if (spec.ipFamilyPolicy) w.pair(0, 'IP Family Policy', spec.ipFamilyPolicy);
  w.pair(0, 'IP Families', spec.ipFamilies?.join(',') || '<none>');
  w.pair(0, 'IP', spec.clusterIP ?? '');
  w.pair(0, 'IPs', spec.clusterIPs?.join(',') || '<none>');
  if (spec.externalIPs?.length) w.pair(0, 'External IPs', spec.externalIPs.join(','));
  if (spec.loadBalancerIP)
    w.pair(
      0,
      k.differences.describeServiceReadsSlices ? 'Desired LoadBalancer IP' : 'IP',
      spec.loadBalancerIP,
    );
  if (spec.externalName) w.pair(0, 'External Name', spec.externalName);
  const ingress = ingressText(k, object);
  if (ingress !== '') w.pair(0, 'LoadBalancer Ingress', ingress);
  for (const port of spec.ports ?? []) {
    const portName = port.name || '<unset>';
    w.line(0, `Port:\t${portName}\t${port.port}/${port.protocol}`);
    w.line(0, `TargetPort:\t${port.targetPort ?? 0}/${port.protocol}`);
    if (port.nodePort) w.line(0, `NodePort:\t${portName}\t${port.nodePort}/${port.protocol}`);
    w.pair(0, 'Endpoints', endpointsOf(port));
  }
  w.pair(0, 'Session Affinity', spec.sessionAffinity ?? '');
  if (spec.externalTrafficPolicy) w.pair(0, 'External Traffic Policy', spec.externalTrafficPolicy);
  if (spec.internalTrafficPolicy && k.differences.describeServiceReadsSlices)
    w.pair(0, 'Internal Traffic Policy', spec.internalTrafficPolicy);
  if (spec.healthCheckNodePort) w.pair(0, 'HealthCheck NodePort', spec.healthCheckNodePort);
  if (spec.loadBalancerSourceRanges?.length)
    w.pair(0, 'LoadBalancer Source Ranges', spec.loadBalancerSourceRanges.join(','));
  if (showEvents) describeEvents(w, eventsOf(k, object, 'Service'), k.now);
  return w.text;
}

function ingressText(k: Session, object: KubeJson): string {
  const status = object['status'] as
    | { loadBalancer?: { ingress?: readonly { ip?: string; hostname?: string; ipMode?: string }[] } }
    | undefined;
  return (status?.loadBalancer?.ingress ?? [])
    .map(({ ip, hostname, ipMode }) => {
      if (!ip) return hostname ?? '';
      return k.differences.describeServiceReadsSlices && ipMode ? `${ip} (${ipMode})` : ip;
    })
    .join(', ');
}

const joinHostPort = (host: string, port: number): string =>
  host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;

function limited(list: readonly string[]): string {
  const shown = list.slice(0, 3).join(',');
  return list.length > 3 ? `${shown} + ${list.length - 3} more...` : shown;
}

/** Endpoints of a Service's port, from its EndpointSlices. */
export function slicesOfService(k: Session, namespace: string, name: string): EndpointsOf {
  const mapping = k.mapper.forKind('discovery.k8s.io/v1', 'EndpointSlice');
  if (!mapping) return () => '<none>';
  const { items } = listOf(k, mapping, namespace, { selector: `kubernetes.io/service-name=${name}` });
  const slices = items as readonly Slice[];
  return (port) => {
    if (slices.length === 0) return '<none>';
    const list = slices.flatMap((slice) => {
      const ready = (slice.endpoints ?? []).filter((e) => e.conditions?.ready !== false);
      const first = ready.map((e) => e.addresses[0] ?? '');
      if ((slice.ports ?? []).length === 0) return first;
      const ports = (slice.ports ?? []).filter((p) => (p.name ?? '') === (port.name ?? ''));
      return ports.flatMap((p) => first.map((a) => joinHostPort(a, p.port ?? 0)));
    });
    return limited(list);
  };
}

function endpointsOfService(k: Session, namespace: string, name: string): EndpointsOf {
  const mapping = k.mapper.forKind('v1', 'Endpoints');
  if (!mapping) return () => '<none>';
  let endpoints: Endpoints;
  try {
    endpoints = k.client.get<Endpoints>(pathOf(mapping, namespace, name));
  } catch (error) {
    if (isNotFound(error)) return () => '<none>';
    throw error;
  }
  return (port) => {
    const subsets = endpoints.subsets ?? [];
    if (subsets.length === 0) return '<none>';
    const list = subsets.flatMap(({ ports = [], addresses = [] }) =>
      ports.length === 0
        ? addresses.map((a) => a.ip)
        : ports
            .filter((p) => (p.name ?? '') === (port.name ?? ''))
            .flatMap((p) => addresses.map((a) => joinHostPort(a.ip, p.port))),
    );
    return limited(list);
  };
}

export function describeEndpoints(k: Session, object: KubeJson, showEvents: boolean): string {
  const w = new DescribeWriter();
  const { name = '', namespace = '', labels, annotations } = object.metadata;
  w.pair(0, 'Name', name);
  w.pair(0, 'Namespace', namespace);
  multiline(w, 0, 'Labels', labels);
  annotationLines(w, 0, annotations);
  w.line(0, 'Subsets:');
  for (const { addresses = [], notReadyAddresses = [], ports = [] } of (object as Endpoints).subsets ?? []) {
    w.pair(1, 'Addresses', addresses.map((a) => a.ip).join(',') || '<none>');
    w.pair(1, 'NotReadyAddresses', notReadyAddresses.map((a) => a.ip).join(',') || '<none>');
    if (ports.length > 0) {
      w.line(1, 'Ports:');
      w.line(2, 'Name\tPort\tProtocol');
      w.line(2, '----\t----\t--------');
      for (const p of ports) w.line(2, `${p.name || '<unset>'}\t${p.port}\t${p.protocol ?? ''}`);
    }
    w.raw('\n');
  }
  if (showEvents) describeEvents(w, eventsOf(k, object, 'Endpoints'), k.now);
  return w.text;
}

export function describeEndpointSlice(k: Session, object: KubeJson, showEvents: boolean): string {
  const w = new DescribeWriter();
  const slice = object as Slice;
  const { name = '', namespace = '', labels, annotations } = object.metadata;
  w.pair(0, 'Name', name);
  w.pair(0, 'Namespace', namespace);
  multiline(w, 0, 'Labels', labels);
  annotationLines(w, 0, annotations);
  w.pair(0, 'AddressType', slice.addressType ?? '');
  const ports = slice.ports ?? [];
  if (ports.length === 0) w.line(0, 'Ports: <unset>');
  else {
    w.line(0, 'Ports:');
    w.line(1, 'Name\tPort\tProtocol');
    w.line(1, '----\t----\t--------');
    for (const p of ports)
      w.line(1, `${p.name || '<unset>'}\t${p.port ?? '<unset>'}\t${p.protocol ?? '<unset>'}`);
  }
  const endpoints = slice.endpoints ?? [];
  w.line(0, endpoints.length === 0 ? 'Endpoints: <none>' : 'Endpoints:');
  for (const endpoint of endpoints) {
    w.line(1, `- Addresses:\t${endpoint.addresses.join(', ')}`);
    w.line(2, 'Conditions:');
    w.line(3, `Ready:\t${endpoint.conditions?.ready ?? '<unset>'}`);
    w.line(2, `Hostname:\t${endpoint.hostname ?? '<unset>'}`);
    if (endpoint.targetRef) w.line(2, `TargetRef:\t${endpoint.targetRef.kind}/${endpoint.targetRef.name}`);
    w.line(2, `NodeName:\t${endpoint.nodeName ?? '<unset>'}`);
    w.line(2, `Zone:\t${endpoint.zone ?? '<unset>'}`);
  }
  if (showEvents) describeEvents(w, eventsOf(k, object, 'EndpointSlice'), k.now);
  return w.text;
}
