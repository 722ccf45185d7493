// The network of a cluster as its objects describe it: nodes with interfaces and rules, Pods with what they listen on, and the hosts
// outside that slices or callers name.
import { canonicalIp } from '@/lib/core/ip';
import { behaviourOf, isKnownImage } from '@/lib/kube/kubelet/images';
import { isPoweredOff } from '@/lib/kube/kubelet/stopped';
import type { EndpointSlice, IPFamily, Namespace, NetworkPolicy, Node, Pod, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Netfilter } from '@/lib/net/datapath/netfilter';
import { withPolicies } from '@/lib/net/policy/plugin';
import { Policies } from '@/lib/net/policy/policies';
import type { Listens } from '@/lib/net/routing/listens';
import { addressOf, within, type Address } from '@/lib/net/routing/address';
import type { Balancer } from '@/lib/net/routing/balancer';
import type { PodSpec } from '@/lib/net/routing/pod';
import { NetWorld, type WorldSpec } from '@/lib/net/routing/world';
import { HEALTHZ_PORT } from '@/lib/proxy/healthcheck';
import { nodeFacts, NodePortAddresses } from '@/lib/proxy/node-facts';
import type { ProxyConfig } from '@/lib/proxy/config';

export interface NetworkObjects {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly services: readonly Service[];
  readonly slices: readonly EndpointSlice[];
  readonly policies?: readonly NetworkPolicy[];
  readonly namespaces?: readonly Namespace[];
}

export interface NetworkOptions {
  readonly version: K8sVersion;
  /** What a node's kube-proxy runs with. */
  config(node: string): ProxyConfig;
  /** The rules of a node; undefined: none. */
  netfilter(node: string, family: IPFamily): Netfilter | undefined;
  /**
   * The objects are a dump: nobody knows what the Pods' processes do, so a Pod listens where its containers or a slice say so, and
   * the nodes' own processes on nothing.
   */
  readonly dump: boolean;
  /** Sysctls of a node that are not as on any other node. */
  sysctls?(node: string): Readonly<Record<string, string>>;
  /** Who hands over traffic for an address that lives on no node. */
  balancer?(address: Address): Balancer | undefined;
  /** Whether kube-proxy on a node has opened the health check node port of a Service ("ns/name"); left out: it has. */
  serves?(node: string, service: string): boolean;
  /** Virtual time, ms: processes that are still starting do not listen. */
  now(): number;
  /** The policies of the moment, asked for with each packet; without it they are those of the objects. */
  policies?(): Policies;
}

const none: Listens = () => false;
const portKey = (protocol: string, port: number): string => `${protocol.toLowerCase()}/${port}`;
const listensOn =
  (ports: ReadonlySet<string>): Listens =>
  (protocol, port) =>
    ports.has(`${protocol}/${port}`);

/** The network as values that the datapath walks. */
export function networkWorld(objects: NetworkObjects, options: NetworkOptions): NetWorld {
  const slicePorts = options.dump ? portsBySliceAddress(objects.slices) : new Map<string, Set<string>>();
  const pods = objects.pods.flatMap((pod) => podSpec(pod, options, slicePorts) ?? []);
  const held = new Set(pods.flatMap((p) => p.addresses));
  const podNetworks = objects.nodes.flatMap((n) =>
    nodeFacts(n, options.version).podCIDRs.flatMap((c) => within(c) ?? []),
  );
  const inPodNetwork = (text: string): boolean => {
    const address = addressOf(text);
    return address !== undefined && podNetworks.some((inside) => inside(address));
  };
  const outside = new Map<string, Listens>();
  const given = new Policies(objects.policies ?? [], objects.namespaces ?? []);
  const policies = (): Policies => options.policies?.() ?? given;
  const nodes = objects.nodes.map((node) => nodeSpec(node, objects.services, options, policies));
  for (const spec of nodes)
    for (const i of spec.interfaces) for (const a of i.addresses) held.add(canonicalIp(a.split('/')[0] ?? a));
  for (const [address, ports] of options.dump ? slicePorts : portsBySliceAddress(objects.slices))
    if (!held.has(address) && !inPodNetwork(address)) outside.set(address, listensOn(ports));
  const balancer = (address: Address): Balancer | undefined => options.balancer?.(address);
  const cluster = lazySet(() => objects.services.flatMap(({ spec }) => spec.clusterIPs ?? []));
  // As kubeadm leaves it: the Pod and Service networks are the nodes' own business, and no router outside has heard of them.
  const unrouted = ({ text }: Address): boolean =>
    !options.dump && (cluster().has(text) || inPodNetwork(text));
  return new NetWorld({ nodes, pods, outside, balancer, unrouted });
}

function lazySet(texts: () => readonly string[]): () => ReadonlySet<string> {
  let known: ReadonlySet<string> | undefined;
  return () => (known ??= new Set(texts().map(canonicalIp)));
}

function portsBySliceAddress(slices: readonly EndpointSlice[]): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  for (const { endpoints, ports } of slices)
    for (const endpoint of endpoints ?? []) {
      // In a cluster that runs, an endpoint of a Pod is the Pod's business; it may be gone already.
      for (const text of endpoint.addresses) {
        const address = canonicalIp(text);
        const own = known.get(address) ?? new Set<string>();
        for (const { protocol = 'TCP', port } of ports ?? []) if (port) own.add(portKey(protocol, port));
        known.set(address, own);
      }
    }
  return known;
}

function podSpec(
  pod: Pod,
  { dump, now }: Pick<NetworkOptions, 'dump' | 'now'>,
  slicePorts: ReadonlyMap<string, ReadonlySet<string>>,
): PodSpec | undefined {
  const { status, spec, metadata } = pod;
  const addresses = (status?.podIPs ?? (status?.podIP ? [{ ip: status.podIP }] : [])).map((p) =>
    canonicalIp(p.ip),
  );
  const finished = status?.phase === 'Succeeded' || status?.phase === 'Failed';
  if (addresses.length === 0 || !spec.nodeName || finished) return undefined;
  return {
    namespace: metadata.namespace ?? 'default',
    name: metadata.name ?? '',
    node: spec.nodeName,
    addresses,
    hostNetwork: spec.hostNetwork === true,
    ...(metadata.labels && { labels: metadata.labels }),
    hasPort: (name, protocol, port) =>
      spec.containers.some((c) =>
        c.ports?.some(
          (p) => p.name === name && p.containerPort === port && (p.protocol ?? 'TCP') === protocol,
        ),
      ),
    listens: dump ? dumpListens(pod, addresses, slicePorts) : processListens(pod, now),
  };
}

function dumpListens(
  { spec }: Pod,
  addresses: readonly string[],
  slicePorts: ReadonlyMap<string, ReadonlySet<string>>,
): Listens {
  const ports = new Set<string>();
  for (const c of spec.containers) {
    for (const { containerPort, protocol = 'TCP' } of c.ports ?? [])
      ports.add(portKey(protocol, containerPort));
    if (isKnownImage(c.image ?? ''))
      for (const { protocol, port, loopback } of behaviourOf(c).listeners)
        if (!loopback) ports.add(portKey(protocol, port));
  }
  for (const address of addresses) for (const p of slicePorts.get(address) ?? []) ports.add(p);
  return listensOn(ports);
}

interface RunningStatus {
  readonly name?: string;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

/** What the Pod's processes listen on now: images behave as lib/kube/kubelet/images.ts says. */
function processListens({ spec, status }: Pod, now: () => number): Listens {
  if (status?.phase !== 'Running') return none;
  const statuses = (status.containerStatuses ?? []) as readonly RunningStatus[];
  const running = spec.containers.map((container) => {
    const { listeners, listenMs } = behaviourOf(container);
    const own = statuses.find((s) => s.name === container.name);
    const since = own?.state?.running?.startedAt;
    // A status that says nothing of a state is that of a dump; one that says another state is of a process that is not there.
    const unknown = own?.state === undefined ? -Infinity : Infinity;
    return { listeners, from: since === undefined ? unknown : Date.parse(since) + listenMs };
  });
  return (protocol, port, loopback) =>
    running.some(
      ({ listeners, from }) =>
        from <= now() &&
        listeners.some(
          (l) =>
            l.port === port && l.protocol.toLowerCase() === protocol && (!l.loopback || loopback === true),
        ),
    );
}

function nodeSpec(
  node: Node,
  services: readonly Service[],
  { version, config, netfilter, dump, sysctls, serves }: NetworkOptions,
  policies: () => Policies,
): WorldSpec['nodes'][number] {
  const facts = nodeFacts(node, version);
  const own = config(facts.name);
  const addresses = new NodePortAddresses('IPv4', own.nodePortAddresses, facts.nodeIP.IPv4);
  // kube-proxy sets route_localnet for this and never takes it back.
  const localnet = own.mode === 'iptables' && own.localhostNodePorts && addresses.containsLoopback;
  return {
    name: facts.name,
    ...(isPoweredOff(node) ? { down: true } : {}),
    interfaces: facts.interfaces,
    nodeIP: facts.nodeIP,
    podCIDRs: facts.podCIDRs,
    sysctl: (name) =>
      (sysctls?.(facts.name) ?? facts.sysctls)[name] ??
      (name === 'net.ipv4.conf.all.route_localnet' && localnet ? '1' : undefined),
    listens: dump ? none : nodeListens(services, (service) => serves?.(facts.name, service) ?? true),
    netfilter: (family) => withPolicies(netfilter(facts.name, family), family, policies()),
  };
}

/** The node's own processes: sshd, the kubelet, kube-proxy's health server and its health check node ports. */
function nodeListens(services: readonly Service[], serves: (service: string) => boolean): Listens {
  const ports = new Set([22, 10_250, HEALTHZ_PORT]);
  const checks = new Map(
    services.flatMap(({ metadata, spec }) =>
      spec.healthCheckNodePort
        ? [[spec.healthCheckNodePort, `${metadata.namespace ?? ''}/${metadata.name ?? ''}`] as const]
        : [],
    ),
  );
  return (protocol, port) => {
    if (protocol !== 'tcp') return false;
    const service = checks.get(port);
    return service === undefined ? ports.has(port) : serves(service);
  };
}
