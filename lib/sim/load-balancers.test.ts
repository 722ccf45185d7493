// Load balancers of a cloud: what the cloud-controller-manager says and writes, and what clients outside get.
import { describe, expect, test } from 'vitest';
import type { CoreEvent } from '@/lib/kube/controllers/event';
import type { Node, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Outcome } from '@/lib/net/datapath/trace';
import { Cluster } from './cluster';
import { START } from './testing/start';

const cloudFile = (settings = ''): string => `apiVersion: v1
kind: ConfigMap
metadata: {name: cloud-config, namespace: kube-system}
data:
  cloud.conf: |
    loadBalancer: {${settings}}
`;

const web = (spec = ''): string => `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]${spec}}
`;

const pod = (name: string, node: string): string => `apiVersion: v1
kind: Pod
metadata: {name: ${name}, labels: {app: web}}
spec: {nodeName: ${node}, containers: [{name: c, image: my-web-app}]}
`;

/** Two Pods on node-1, one on node-2, none on node-3. */
const PODS = [pod('web-1', 'node-1'), pod('web-2', 'node-1'), pod('web-3', 'node-2')];

function clusterWith(files: readonly string[], k8s: K8sVersion = '1.32'): Cluster {
  const cluster = Cluster.create({ k8s, seed: 1, now: START });
  for (const file of files) expect(cluster.applyText('test.yaml', file).problems).toEqual([]);
  return cluster;
}

const service = (cluster: Cluster): Service => {
  const found = cluster.api.get<Service>('Service', 'default', 'web');
  if (!found) throw new Error('no Service web');
  return found;
};

const reasons = (cluster: Cluster): readonly string[] =>
  cluster.api
    .list<CoreEvent>('Event')
    .filter((e) => e.involvedObject.kind === 'Service' && e.source.component === 'service-controller')
    .toSorted((a, b) => Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion))
    .map((e) => e.reason);

const ways = (cluster: Cluster, from: string, to = '198.51.100.1', port = 80): readonly Outcome[] => {
  const [kind, ...rest] = from.split('/');
  const name = rest.join('/');
  const call = kind === 'pod' ? { pod: name } : kind === 'node' ? { node: name } : { external: from };
  const found = cluster.network.outcomes({ from: call, to, port, protocol: 'tcp' });
  if (!found.ok) throw new Error(found.error.code);
  return found.value;
};

/** The share of each Pod, rounded to hundredths; "lost" for what comes to none. */
function shares(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const { endpointPod = 'lost', probability } of outcomes)
    sums.set(endpointPod, (sums.get(endpointPod) ?? 0) + probability);
  return Object.fromEntries(
    [...sums].map(([name, p]) => [name.replace('default/', ''), Math.round(p * 100) / 100]),
  );
}

const healthy = (cluster: Cluster): readonly string[] =>
  cluster.network.balancers.list().flatMap((b) => b.nodes.filter((n) => n.healthy).map((n) => n.node));

function changeNode(cluster: Cluster, name: string, change: (node: Node) => Node): void {
  const node = cluster.api.get<Node>('Node', '', name);
  if (!node) throw new Error(`no Node ${name}`);
  const { metadata } = change(node);
  const path = `/api/v1/nodes/${name}`;
  const body = JSON.stringify({
    metadata: { labels: metadata.labels },
    spec: { taints: change(node).spec?.taints },
  });
  const headers = { 'content-type': 'application/merge-patch+json' };
  expect(cluster.handle({ method: 'PATCH', path, headers, body }).status).toBe(200);
}

describe('the cloud-controller-manager', () => {
  test('without a cloud the Service stays pending, and nobody says anything', () => {
    const cluster = clusterWith([...PODS, web()]);
    expect(service(cluster).status).toEqual({ loadBalancer: {} });
    expect(service(cluster).metadata.finalizers).toBeUndefined();
    expect(reasons(cluster)).toEqual([]);
  });

  test('says what it does, holds the Service by a finalizer, and writes the address', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    expect(reasons(cluster)).toEqual(['EnsuringLoadBalancer', 'EnsuredLoadBalancer']);
    expect(service(cluster).metadata.finalizers).toEqual(['service.kubernetes.io/load-balancer-cleanup']);
    expect(service(cluster).status?.loadBalancer?.ingress).toEqual([{ ip: '198.51.100.1', ipMode: 'VIP' }]);
  });

  test('ipMode is there from 1.30 on', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()], '1.29');
    expect(service(cluster).status?.loadBalancer?.ingress).toEqual([{ ip: '198.51.100.1' }]);
  });

  test('Services that waited get their address when a cloud comes, even one that says nothing of itself', () => {
    const bare = '{apiVersion: v1, kind: ConfigMap, metadata: {name: cloud-config, namespace: kube-system}}';
    const cluster = clusterWith([...PODS, web(), bare]);
    expect(service(cluster).status?.loadBalancer?.ingress).toHaveLength(1);
  });

  test('settings that are wrong are told, and the defaults stand in', () => {
    const cluster = clusterWith([cloudFile('ipMode: Both'), ...PODS, web()]);
    expect(service(cluster).status?.loadBalancer?.ingress).toHaveLength(1);
    const messages = cluster.api.list<CoreEvent>('Event').map((e) => e.message);
    expect(messages).toContain('cloud.conf: ipMode must be VIP or Proxy');
  });

  test('the address comes when the cloud has made the balancer', () => {
    const cluster = clusterWith([cloudFile('provisionSeconds: 40'), ...PODS]);
    cluster.hold(true);
    cluster.applyText('test.yaml', web());
    cluster.advance(39_000);
    expect(service(cluster).status?.loadBalancer?.ingress).toBeUndefined();
    cluster.advance(2_000);
    expect(service(cluster).status?.loadBalancer?.ingress).toHaveLength(1);
  });

  test('a Service with a class is somebody else’s', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web(', loadBalancerClass: example.com/lb')]);
    expect(service(cluster).status).toEqual({ loadBalancer: {} });
    expect(reasons(cluster)).toEqual([]);
  });

  test('a deleted Service is gone when its balancer is', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    cluster.handle({ method: 'DELETE', path: '/api/v1/namespaces/default/services/web' });
    expect(service(cluster).metadata.deletionTimestamp).toBeDefined();
    cluster.settle();
    expect(cluster.api.get('Service', 'default', 'web')).toBeUndefined();
    expect(reasons(cluster).slice(2)).toEqual(['DeletingLoadBalancer', 'DeletedLoadBalancer']);
    expect(cluster.network.balancers.list()).toEqual([]);
  });

  test('another type: the balancer and the finalizer go, the Service stays', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    cluster.applyText('test.yaml', web().replace('LoadBalancer', 'NodePort'));
    expect(service(cluster).metadata.finalizers).toBeUndefined();
    expect(service(cluster).status).toEqual({ loadBalancer: {} });
    expect(reasons(cluster).slice(2)).toEqual(['Type', 'DeletingLoadBalancer', 'DeletedLoadBalancer']);
  });

  test('ipMode Proxy without node ports cannot be', () => {
    const cluster = clusterWith([
      cloudFile('ipMode: Proxy'),
      web(', allocateLoadBalancerNodePorts: false').replace(', nodePort: 30080', ''),
    ]);
    expect(reasons(cluster)).toEqual(['EnsuringLoadBalancer', 'SyncLoadBalancerFailed']);
    expect(service(cluster).status).toEqual({ loadBalancer: {} });
  });

  test('the exclusion label takes a node out at once; a silent node stays until its health check fails', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    changeNode(cluster, 'node-3', (node) => ({
      ...node,
      metadata: {
        ...node.metadata,
        labels: { ...node.metadata.labels, 'node.kubernetes.io/exclude-from-external-load-balancers': '' },
      },
    }));
    cluster.settle();
    expect(healthy(cluster)).toEqual(['node-1', 'node-2']);
    expect(reasons(cluster).at(-1)).toBe('UpdatedLoadBalancer');
  });
});

describe('ipMode VIP', () => {
  test('the client’s address gets through with Local, and the spread is by nodes, not by Pods', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web(', externalTrafficPolicy: Local')]);
    expect(healthy(cluster)).toEqual(['node-1', 'node-2']);
    const outcomes = ways(cluster, '203.0.113.7');
    expect(shares(outcomes)).toEqual({ 'web-1': 0.25, 'web-2': 0.25, 'web-3': 0.5 });
    expect(new Set(outcomes.map((o) => o.sourceIPSeen))).toEqual(new Set(['203.0.113.7']));
  });

  test('with Cluster every node takes part, and the Pods share alike', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    expect(healthy(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
    expect(shares(ways(cluster, '203.0.113.7'))).toEqual({ 'web-1': 0.33, 'web-2': 0.33, 'web-3': 0.33 });
  });

  test('kube-proxy filters by loadBalancerSourceRanges', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web(', loadBalancerSourceRanges: [203.0.113.0/24]')]);
    expect(ways(cluster, '203.0.113.7').every((o) => o.verdict === 'delivered')).toBe(true);
    expect(ways(cluster, '192.0.2.1').map((o) => o.reason.code)).toContain('verdict.droppedByRule');
  });

  test('inside the cluster kube-proxy answers for the address: nobody leaves the cluster', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    const outcomes = ways(cluster, 'pod/default/web-1');
    expect(outcomes.every((o) => o.verdict === 'delivered' && !o.steps.some((s) => s.balancer))).toBe(true);
  });

  test('a port that the Service has not ends at the balancer', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    expect(ways(cluster, '203.0.113.7', '198.51.100.1', 81)).toMatchObject([
      { verdict: 'dropped', reason: { code: 'verdict.balancerPort', params: { port: 81 } } },
    ]);
  });
});

describe('ipMode Proxy', () => {
  test('the node sees the balancer; with Local the Pod does so too', () => {
    const cluster = clusterWith([cloudFile('ipMode: Proxy'), ...PODS, web(', externalTrafficPolicy: Local')]);
    const outcomes = ways(cluster, '203.0.113.7');
    expect(shares(outcomes)).toEqual({ 'web-1': 0.25, 'web-2': 0.25, 'web-3': 0.5 });
    expect(outcomes[0]).toMatchObject({ verdict: 'delivered', sourceIPSeen: '198.18.0.10' });
    expect(outcomes[0]?.steps[0]).toMatchObject({
      balancer: 'default/web',
      effect: { code: 'step.balancer.proxy', params: { port: '30080' } },
    });
  });

  test('a Pod or a node that calls the address really leaves the cluster and comes back', () => {
    const cluster = clusterWith([cloudFile('ipMode: Proxy'), ...PODS, web()]);
    for (const from of ['pod/default/web-1', 'node/node-3']) {
      const outcomes = ways(cluster, from);
      expect(outcomes.every((o) => o.verdict === 'delivered')).toBe(true);
      expect(outcomes.every((o) => o.steps.filter((s) => s.balancer).length === 2)).toBe(true);
    }
  });

  test('the balancer itself keeps loadBalancerSourceRanges: kube-proxy does not see the address', () => {
    const spec = ', loadBalancerSourceRanges: [203.0.113.0/24]';
    const cluster = clusterWith([cloudFile('ipMode: Proxy'), ...PODS, web(spec)]);
    expect(ways(cluster, '203.0.113.7').every((o) => o.verdict === 'delivered')).toBe(true);
    expect(ways(cluster, '192.0.2.1')).toMatchObject([{ reason: { code: 'verdict.balancerSource' } }]);
  });
});

describe('health checks', () => {
  test('Local: from the last Pod of a node until the balancer believes it, connections are lost', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web(', externalTrafficPolicy: Local')]);
    cluster.hold(true);
    cluster.handle({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/web-3',
      query: 'gracePeriodSeconds=0',
    });
    cluster.advance(2_000);
    expect(shares(ways(cluster, '203.0.113.7'))).toEqual({ 'web-1': 0.25, 'web-2': 0.25, lost: 0.5 });
    // Three checks 8 s apart must fail: 16 to 24 s.
    cluster.advance(13_000);
    expect(healthy(cluster)).toContain('node-2');
    cluster.advance(10_000);
    expect(healthy(cluster)).toEqual(['node-1']);
    expect(shares(ways(cluster, '203.0.113.7'))).toEqual({ 'web-1': 0.5, 'web-2': 0.5 });
  });

  test('a node that the autoscaler removes drains: its /healthz is 503, the taint alone changes no node set', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    cluster.hold(true);
    changeNode(cluster, 'node-3', (node) => ({
      ...node,
      spec: {
        ...node.spec,
        taints: [{ key: 'ToBeDeletedByClusterAutoscaler', value: '1', effect: 'NoSchedule' }],
      },
    }));
    cluster.advance(1_000);
    expect(healthy(cluster)).toContain('node-3');
    cluster.advance(24_000);
    expect(healthy(cluster)).toEqual(['node-1', 'node-2']);
    expect(cluster.network.balancers.list()[0]?.nodes).toHaveLength(3);
  });

  /** A rolling update whose new Pod comes to another node; the tenths of a second in which a new connection is lost. */
  function rollingLoss(lifecycle: string): number {
    const deployment = (version: number, node: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, version: v${version}}}
    spec:
      nodeSelector: {kubernetes.io/hostname: ${node}}
      terminationGracePeriodSeconds: 60
      containers: [{name: c, image: my-web-app${lifecycle}}]
`;
    const local = web(', externalTrafficPolicy: Local');
    const cluster = clusterWith([cloudFile(), deployment(1, 'node-1'), local]);
    cluster.hold(true);
    cluster.applyText('test.yaml', deployment(2, 'node-2'));
    let lost = 0;
    for (let i = 0; i < 900; i++) {
      cluster.advance(100);
      if (shares(ways(cluster, '203.0.113.7'))['lost']) lost++;
    }
    expect(healthy(cluster)).toEqual(['node-2']);
    return lost;
  }

  test('a rolling update under Local loses connections while the balancer still believes in the old node', () => {
    expect(rollingLoss('')).toBeGreaterThan(50);
  });

  test('none if the old Pod serves on while it shuts down, longer than the health checks take', () => {
    expect(rollingLoss(', lifecycle: {preStop: {sleep: {seconds: 40}}}')).toBe(0);
  });

  test('a silent kubelet takes no node out: kube-proxy goes on answering, and its rules go on working', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web()]);
    cluster.handle({
      method: 'PATCH',
      path: '/api/v1/nodes/node-3',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ metadata: { annotations: { 'servicepath.dev/kubelet': 'stopped' } } }),
    });
    cluster.advance(120_000);
    expect(healthy(cluster)).toEqual(['node-1', 'node-2', 'node-3']);
  });

  test('a node without power is out when its checks have failed often enough', () => {
    const cluster = clusterWith([cloudFile(), ...PODS, web(', externalTrafficPolicy: Local')]);
    cluster.hold(true);
    cluster.handle({
      method: 'PATCH',
      path: '/api/v1/nodes/node-2',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify({ metadata: { annotations: { 'servicepath.dev/power': 'off' } } }),
    });
    cluster.advance(10_000);
    expect(ways(cluster, '203.0.113.7').map((o) => o.reason.code)).toContain('verdict.nodeDown');
    cluster.advance(15_000);
    expect(healthy(cluster)).toEqual(['node-1']);
    expect(ways(cluster, '203.0.113.7').every((o) => o.verdict === 'delivered')).toBe(true);
  });

  test('no node left', () => {
    const cluster = clusterWith([cloudFile(), web(', externalTrafficPolicy: Local')]);
    expect(ways(cluster, '203.0.113.7')).toMatchObject([{ reason: { code: 'verdict.noHealthyNode' } }]);
  });

  test('the settings of the cloud count, and a snapshot keeps what the balancers know', () => {
    const settings = 'healthCheck: {intervalSeconds: 2, unhealthyThreshold: 2}';
    const cluster = clusterWith([cloudFile(settings), ...PODS, web(', externalTrafficPolicy: Local')]);
    const before = cluster.snapshot();
    cluster.hold(true);
    cluster.handle({
      method: 'DELETE',
      path: '/api/v1/namespaces/default/pods/web-3',
      query: 'gracePeriodSeconds=0',
    });
    cluster.advance(6_000);
    expect(healthy(cluster)).toEqual(['node-1']);
    cluster.restore(before);
    expect(healthy(cluster)).toEqual(['node-1', 'node-2']);
  });
});
