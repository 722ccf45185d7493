// The objects of a fresh cluster, as kubeadm and the API server leave them: three nodes, the Service `kubernetes` with its endpoint,
// DNS and kube-proxy. Namespaces are the API server's own.
import type { EndpointSlice, KubeObject, Node, Service } from '@/lib/kube/types';
import { releaseOf, type ClusterProxyMode, type K8sVersion } from '@/lib/kube/versions';
import { SERVICE_NAME_LABEL } from './endpointslice/slice';
import { coreDns, kubeProxy } from './static-addons';

/** When the default cluster's nodes joined, unless something else is said. */
const EPOCH = '2026-01-01T00:00:00Z';
const CONTROL_PLANE_ADDRESS = '192.168.10.10';
const API_PORT = 6443;

/** All objects of the default cluster, in an order in which they can be created. */
export const defaultCluster = (
  k8s: K8sVersion,
  now = EPOCH,
  mode: ClusterProxyMode = 'iptables',
): readonly KubeObject[] => [
  ...kubeProxy(k8s, mode),
  ...defaultNodes(k8s, now),
  ...kubernetesService(),
  ...coreDns(k8s),
];

/** node-1 to node-3 in the zones a to c. */
export const defaultNodes = (k8s: K8sVersion, now = EPOCH): readonly Node[] =>
  ['a', 'b', 'c'].map((zone, i) => node(k8s, i + 1, zone, now));

function node(k8s: K8sVersion, number: number, zone: string, now: string): Node {
  const name = `node-${number}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': name,
        'kubernetes.io/os': 'linux',
        'topology.kubernetes.io/zone': zone,
      },
      annotations: {
        'kubeadm.alpha.kubernetes.io/cri-socket': 'unix:///var/run/containerd/containerd.sock',
        'node.alpha.kubernetes.io/ttl': '0',
        'volumes.kubernetes.io/controller-managed-attach-detach': 'true',
      },
    },
    spec: { podCIDR: `10.244.${number}.0/24`, podCIDRs: [`10.244.${number}.0/24`] },
    status: nodeStatus(k8s, name, number, now),
  };
}

function nodeStatus(k8s: K8sVersion, name: string, number: number, now: string): NonNullable<Node['status']> {
  const version = releaseOf(k8s);
  const id = `${number}`.repeat(32);
  const resources = {
    cpu: '4',
    'ephemeral-storage': '61255492Ki',
    'hugepages-2Mi': '0',
    memory: '8148736Ki',
    pods: '110',
  };
  const status = {
    addresses: [
      { type: 'InternalIP', address: `192.168.10.${10 + number}` },
      { type: 'Hostname', address: name },
    ],
    allocatable: { ...resources, 'ephemeral-storage': '56453061334', memory: '8046336Ki' },
    capacity: resources,
    conditions: [
      condition(
        'MemoryPressure',
        'False',
        'KubeletHasSufficientMemory',
        'kubelet has sufficient memory available',
        now,
      ),
      condition('DiskPressure', 'False', 'KubeletHasNoDiskPressure', 'kubelet has no disk pressure', now),
      condition(
        'PIDPressure',
        'False',
        'KubeletHasSufficientPID',
        'kubelet has sufficient PID available',
        now,
      ),
      condition('Ready', 'True', 'KubeletReady', 'kubelet is posting ready status', now),
    ],
    daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
    nodeInfo: {
      architecture: 'amd64',
      bootID: `${id.slice(0, 8)}-0000-4000-8000-${id.slice(0, 12)}`,
      containerRuntimeVersion: 'containerd://1.7.24',
      kernelVersion: '6.1.0-28-amd64',
      kubeProxyVersion: version,
      kubeletVersion: version,
      machineID: id,
      operatingSystem: 'linux',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      systemUUID: `${id.slice(0, 8)}-0000-4000-8000-${id.slice(0, 12)}`,
    },
  } as const;
  return status;
}

const condition = (type: string, status: 'True' | 'False', reason: string, message: string, now: string) => ({
  type,
  status,
  reason,
  message,
  lastHeartbeatTime: now,
  lastTransitionTime: now,
});

/** default/kubernetes and what the API server itself writes for it (pkg/controlplane/reconcilers): no controller touches these. */
export function kubernetesService(): readonly KubeObject[] {
  const metadata = { name: 'kubernetes', namespace: 'default' };
  const port = { name: 'https', port: API_PORT, protocol: 'TCP' } as const;
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { ...metadata, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.96.0.1',
      clusterIPs: ['10.96.0.1'],
      ports: [{ name: 'https', port: 443, protocol: 'TCP', targetPort: API_PORT }],
      sessionAffinity: 'None',
    },
  };
  const slice: EndpointSlice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { ...metadata, labels: { [SERVICE_NAME_LABEL]: 'kubernetes' } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [CONTROL_PLANE_ADDRESS], conditions: { ready: true } }],
    ports: [port],
  };
  const endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { ...metadata, labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' } },
    subsets: [{ addresses: [{ ip: CONTROL_PLANE_ADDRESS }], ports: [port] }],
  };
  return [service, endpoints, slice];
}
