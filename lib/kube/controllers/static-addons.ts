// The add-ons of a kubeadm cluster: CoreDNS and kube-proxy. Models cmd/kubeadm/app/phases/addons (manifests.go) and the
// KubeProxyConfiguration that kubeadm writes into the ConfigMap kube-proxy.
import type { ConfigMap, Deployment, KubeObject, Service } from '@/lib/kube/types';
import { differences, type K8sVersion, nftablesSupport, type ClusterProxyMode } from '@/lib/kube/versions';
import type { DaemonSet } from './daemonset/controller';

const CLUSTER_CIDR = '10.244.0.0/16';
const DNS_ADDRESS = '10.96.0.10';
const NAMESPACE = 'kube-system';

/** CoreDNSVersion in cmd/kubeadm/app/constants of each version. */
const COREDNS_VERSIONS: Readonly<Record<K8sVersion, string>> = {
  '1.28': 'v1.10.1',
  '1.29': 'v1.11.1',
  '1.30': 'v1.11.1',
  '1.31': 'v1.11.1',
  '1.32': 'v1.11.3',
  '1.33': 'v1.12.0',
  '1.34': 'v1.12.1',
};

/** CoreDNS: its configuration, its Deployment and the Service kube-dns. */
export function coreDns(k8s: K8sVersion): readonly KubeObject[] {
  const corefile: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'coredns', namespace: NAMESPACE },
    data: { Corefile: COREFILE },
  };
  const service: Service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'kube-dns',
      namespace: NAMESPACE,
      labels: {
        'k8s-app': 'kube-dns',
        'kubernetes.io/cluster-service': 'true',
        'kubernetes.io/name': 'CoreDNS',
      },
      annotations: { 'prometheus.io/port': '9153', 'prometheus.io/scrape': 'true' },
    },
    spec: {
      clusterIP: DNS_ADDRESS,
      clusterIPs: [DNS_ADDRESS],
      ports: [
        { name: 'dns', port: 53, protocol: 'UDP', targetPort: 53 },
        { name: 'dns-tcp', port: 53, protocol: 'TCP', targetPort: 53 },
        { name: 'metrics', port: 9153, protocol: 'TCP', targetPort: 9153 },
      ],
      selector: { 'k8s-app': 'kube-dns' },
    },
  };
  return [corefile, coreDnsDeployment(k8s), service];
}

const COREFILE = `.:53 {
    errors
    health {
       lameduck 5s
    }
    ready
    kubernetes cluster.local in-addr.arpa ip6.arpa {
       pods insecure
       fallthrough in-addr.arpa ip6.arpa
       ttl 30
    }
    prometheus :9153
    forward . /etc/resolv.conf {
       max_concurrent 1000
    }
    cache 30
    loop
    reload
    loadbalance
}
`;

function coreDnsDeployment(k8s: K8sVersion): Deployment {
  const labels = { 'k8s-app': 'kube-dns' };
  const container = {
    name: 'coredns',
    image: `registry.k8s.io/coredns/coredns:${COREDNS_VERSIONS[k8s]}`,
    imagePullPolicy: 'IfNotPresent',
    args: ['-conf', '/etc/coredns/Corefile'],
    ports: [
      { containerPort: 53, name: 'dns', protocol: 'UDP' },
      { containerPort: 53, name: 'dns-tcp', protocol: 'TCP' },
      { containerPort: 9153, name: 'metrics', protocol: 'TCP' },
    ],
    resources: { limits: { memory: '170Mi' }, requests: { cpu: '100m', memory: '70Mi' } },
    readinessProbe: { httpGet: { path: '/ready', port: 8181 } },
    livenessProbe: {
      httpGet: { path: '/health', port: 8080 },
      initialDelaySeconds: 60,
      timeoutSeconds: 5,
      failureThreshold: 5,
    },
  } as const;
  const spec = {
    containers: [container],
    dnsPolicy: 'Default',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    priorityClassName: 'system-cluster-critical',
    serviceAccountName: 'coredns',
    tolerations: [
      { key: 'CriticalAddonsOnly', operator: 'Exists' },
      { key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' },
    ],
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'coredns', namespace: NAMESPACE, labels },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
      template: { metadata: { labels }, spec },
    },
  };
}

/** kube-proxy: its ConfigMap and its DaemonSet. */
export function kubeProxy(k8s: K8sVersion, mode: ClusterProxyMode): readonly KubeObject[] {
  const labels = { 'k8s-app': 'kube-proxy' };
  const config: ConfigMap = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-proxy', namespace: NAMESPACE, labels: { app: 'kube-proxy' } },
    data: { 'config.conf': kubeProxyConfiguration(k8s, mode), 'kubeconfig.conf': KUBECONFIG },
  };
  const container = {
    name: 'kube-proxy',
    image: `registry.k8s.io/kube-proxy:v${k8s}.0`,
    imagePullPolicy: 'IfNotPresent',
    command: [
      '/usr/local/bin/kube-proxy',
      '--config=/var/lib/kube-proxy/config.conf',
      '--hostname-override=$(NODE_NAME)',
    ],
    env: [{ name: 'NODE_NAME', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } }],
    securityContext: { privileged: true },
    volumeMounts: [{ mountPath: '/var/lib/kube-proxy', name: 'kube-proxy' }],
  };
  const spec = {
    containers: [container],
    hostNetwork: true,
    nodeSelector: { 'kubernetes.io/os': 'linux' },
    priorityClassName: 'system-node-critical',
    serviceAccountName: 'kube-proxy',
    tolerations: [{ operator: 'Exists' }],
    volumes: [{ name: 'kube-proxy', configMap: { name: 'kube-proxy' } }],
  };
  const daemonSet: DaemonSet = {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name: 'kube-proxy', namespace: NAMESPACE, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec },
      updateStrategy: { type: 'RollingUpdate' },
    },
  };
  return [config, daemonSet];
}

const KUBECONFIG = `apiVersion: v1
kind: Config
clusters:
- cluster:
    certificate-authority: /var/run/secrets/kubernetes.io/serviceaccount/ca.crt
    server: https://192.168.10.10:6443
  name: default
contexts:
- context:
    cluster: default
    namespace: default
    user: default
  name: default
current-context: default
users:
- name: default
  user:
    tokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
`;

/**
 * KubeProxyConfiguration as kubeadm marshals it: every field, empty ones too; kube-proxy fills in its defaults. For nftables mode the
 * administrator of the cluster has named the mode, and the gate where it is off by default.
 */
function kubeProxyConfiguration(k8s: K8sVersion, mode: ClusterProxyMode): string {
  // The same release brought tcpBeLiberal, the UDP timeouts and the nftables section into the configuration.
  const since129 = differences.liberalConntrackSkipsInvalidDrop(k8s);
  const conntrack = since129 ? ['  udpStreamTimeout: 0s', '  udpTimeout: 0s'] : [];
  const nftables = since129
    ? [
        'nftables:',
        '  masqueradeAll: false',
        '  masqueradeBit: null',
        '  minSyncPeriod: 0s',
        '  syncPeriod: 0s',
      ]
    : [];
  const gated = mode === 'nftables' && nftablesSupport(k8s) === 'gate';
  const gates = gated ? ['featureGates:', '  NFTablesProxyMode: true'] : [];
  return `${[
    'apiVersion: kubeproxy.config.k8s.io/v1alpha1',
    'bindAddress: 0.0.0.0',
    'bindAddressHardFail: false',
    'clientConnection:',
    '  acceptContentTypes: ""',
    '  burst: 0',
    '  contentType: ""',
    '  kubeconfig: /var/lib/kube-proxy/kubeconfig.conf',
    '  qps: 0',
    `clusterCIDR: ${CLUSTER_CIDR}`,
    'configSyncPeriod: 0s',
    'conntrack:',
    '  maxPerCore: null',
    '  min: null',
    ...(since129 ? ['  tcpBeLiberal: false'] : []),
    '  tcpCloseWaitTimeout: null',
    '  tcpEstablishedTimeout: null',
    ...conntrack,
    'detectLocal:',
    '  bridgeInterface: ""',
    '  interfaceNamePrefix: ""',
    'detectLocalMode: ""',
    'enableProfiling: false',
    ...gates,
    'healthzBindAddress: ""',
    'hostnameOverride: ""',
    'iptables:',
    '  localhostNodePorts: null',
    '  masqueradeAll: false',
    '  masqueradeBit: null',
    '  minSyncPeriod: 0s',
    '  syncPeriod: 0s',
    'ipvs:',
    '  excludeCIDRs: null',
    '  minSyncPeriod: 0s',
    '  scheduler: ""',
    '  strictARP: false',
    '  syncPeriod: 0s',
    '  tcpFinTimeout: 0s',
    '  tcpTimeout: 0s',
    '  udpTimeout: 0s',
    'kind: KubeProxyConfiguration',
    'metricsBindAddress: ""',
    mode === 'nftables' ? 'mode: nftables' : 'mode: ""',
    ...nftables,
    'nodePortAddresses: null',
    'oomScoreAdj: null',
    'portRange: ""',
    'showHiddenMetricsForVersion: ""',
  ].join('\n')}\n`;
}
