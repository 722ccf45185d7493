// Two nodes with Pods in two namespaces behind Services, and NetworkPolicies over them: what tests of policies stand on.
import type { EndpointSlice, KubeObject, NetworkPolicy, Node, Pod, Service } from '@/lib/kube/types';
import { outcomesOf, type Call } from '@/lib/net/datapath/connect';
import type { Outcome } from '@/lib/net/datapath/trace';
import { proxyConfig, type ProxyMode } from '@/lib/proxy/config';
import { staticNetwork } from '../static-network';

export interface PodPlan {
  readonly name: string;
  readonly node: 1 | 2;
  readonly host: number;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly hostNetwork?: boolean;
}

const v4 = ({ node, host }: PodPlan): string => `10.244.${node}.${host}`;
const v6 = ({ node, host }: PodPlan): string => `fd00:10:244:${node}::${host}`;

/** What every Pod's one container declares; in a dump it is what the Pod listens on. */
const PORTS = [
  { name: 'http', containerPort: 8080, protocol: 'TCP' },
  { name: 'admin', containerPort: 9000, protocol: 'TCP' },
  { name: 'dns', containerPort: 53, protocol: 'UDP' },
  { name: 'dns-tcp', containerPort: 53, protocol: 'TCP' },
  { name: 'm3ua', containerPort: 2905, protocol: 'SCTP' },
] as const;

export function podOf(plan: PodPlan): Pod {
  const { name, node, namespace = 'default', labels, hostNetwork } = plan;
  const ips = hostNetwork ? [`192.168.10.1${node}`] : [v4(plan), v6(plan)];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { namespace, name, ...(labels && { labels }) },
    spec: {
      nodeName: `node-${node}`,
      containers: [{ name: 'c', ports: PORTS }],
      ...(hostNetwork && { hostNetwork }),
    },
    status: { phase: 'Running', podIPs: ips.map((ip) => ({ ip })) },
  };
}

const nodeOf = (n: 1 | 2): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: `node-${n}` },
  spec: { podCIDR: `10.244.${n}.0/24`, podCIDRs: [`10.244.${n}.0/24`, `fd00:10:244:${n}::/64`] },
  status: {
    addresses: [
      { type: 'InternalIP', address: `192.168.10.1${n}` },
      { type: 'InternalIP', address: `fd00:192:168:10::1${n}` },
    ],
  },
});

export interface ServicePlan {
  readonly name: string;
  readonly ip: string;
  readonly port: number;
  readonly targetPort: number;
  readonly protocol?: 'TCP' | 'UDP' | 'SCTP';
  readonly nodePort?: number;
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  readonly pods: readonly PodPlan[];
}

export function serviceOf(plan: ServicePlan): [Service, EndpointSlice] {
  const { name, ip, port, targetPort, protocol = 'TCP', nodePort, externalTrafficPolicy, pods } = plan;
  const metadata = { namespace: 'default', name };
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: {
      type: nodePort ? 'NodePort' : 'ClusterIP',
      clusterIP: ip,
      clusterIPs: [ip],
      ports: [{ port, targetPort, protocol, ...(nodePort && { nodePort }) }],
      ...(externalTrafficPolicy && { externalTrafficPolicy }),
    },
  };
  const slice: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    ports: [{ name: '', port: targetPort, protocol }],
    endpoints: pods.map((pod) => ({ addresses: [v4(pod)], nodeName: `node-${pod.node}` })),
  };
  return [service, slice];
}

export const policyOf = (
  name: string,
  spec: NonNullable<NetworkPolicy['spec']>,
  namespace = 'default',
): NetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { namespace, name },
  spec,
});

export const namespaceOf = (name: string, labels: Readonly<Record<string, string>> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels: { 'kubernetes.io/metadata.name': name, ...labels } },
});

/** All ways of a call, under one mode of kube-proxy. */
export function callsIn(
  objects: readonly KubeObject[],
  mode: ProxyMode = 'iptables',
): (call: Call) => readonly Outcome[] {
  const config = proxyConfig({ clusterCIDR: '10.244.0.0/16,fd00:10:244::/56' }, mode);
  const all = [nodeOf(1), nodeOf(2), ...objects];
  const network = staticNetwork(all, { version: '1.32', config, dump: true });
  return (call) => {
    const outcomes = outcomesOf(network, call);
    if (!outcomes.ok) throw new Error(outcomes.error.code);
    return outcomes.value;
  };
}

export { v4, v6 };
