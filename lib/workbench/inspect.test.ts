import { beforeAll, describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { inspect, type ClusterQuestion, type InspectAnswerTo } from './inspect';

let cluster: Cluster;
const ask = <Q extends ClusterQuestion>(question: Q) => inspect(cluster, question) as InspectAnswerTo<Q>;

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

beforeAll(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  cluster.applyText('web.yaml', WEB);
});

describe('who backs a Service', () => {
  const backing = (service = 'default/web') => ask({ ask: 'backing', service });

  test('the selector, the Pods that carry its labels, and the list they make', () => {
    const { service, pods, slices } = backing();
    expect(service?.selector).toEqual(['app=web']);
    expect(pods.map((p) => [p.matches, p.ready, p.listed])).toEqual(Array(3).fill([true, true, true]));
    expect(pods[0]?.labels.find((l) => l.wanted)?.text).toBe('app=web');
    expect(slices).toMatchObject([{ ports: ['8080/TCP'], addresses: pods.map((p) => p.ip).toSorted() }]);
  });

  test('a Pod that lacks the label is shown, and not listed', () => {
    const before = cluster.snapshot();
    cluster.applyText(
      'other.yaml',
      'apiVersion: v1\nkind: Pod\nmetadata: { name: other, labels: { app: wev } }\nspec: { containers: [{ name: c, image: client }] }\n',
    );
    expect(backing().pods.find((p) => p.name === 'other')).toMatchObject({ matches: false, listed: false });
    cluster.restore(before);
  });

  test('without the Service there are Pods and no list', () => {
    expect(backing('default/nope')).toMatchObject({ service: null, slices: [] });
    expect(backing('default/nope').pods.every((p) => !p.matches && !p.listed)).toBe(true);
  });
});

describe('kinds and tables', () => {
  test('only kinds of which there are objects, Services first', () => {
    const kinds = ask({ ask: 'kinds' });
    expect(kinds[0]).toMatchObject({ kind: 'Service', resource: 'services', namespaced: true, count: 3 });
    expect(kinds.every(({ count }) => count > 0)).toBe(true);
  });

  test('a table has the columns of kubectl get and the rows asked for', () => {
    const table = ask({ ask: 'table', kind: 'Service', query: '', from: 1, count: 1 });
    expect(table).toMatchObject({ namespaced: true, total: 3, from: 1 });
    expect(table.columns).toEqual(['Name', 'Type', 'Cluster-IP', 'External-IP', 'Port(s)', 'Age']);
    expect(table.rows).toHaveLength(1);
  });

  test('a search looks at namespace and name', () => {
    const found = ask({ ask: 'table', kind: 'Service', query: 'kube-system', from: 0, count: 9 });
    expect(found.rows.map((row) => row.name)).toEqual(['kube-dns']);
  });

  test('rows beyond the end and senseless wishes give what there is', () => {
    expect(ask({ ask: 'table', kind: 'Service', query: '', from: 900, count: 2 }).from).toBe(1);
    expect(ask({ ask: 'table', kind: 'Nonsense', query: '', from: -5, count: -1 }).rows).toEqual([]);
  });

  test('events come newest first', () => {
    const { columns, rows } = ask({ ask: 'table', kind: 'Event', query: '', from: 0, count: 5 });
    expect(columns).toEqual(['Last Seen', 'Type', 'Reason', 'Object', 'Message']);
    expect(rows[0]?.cells).toHaveLength(5);
  });
});

test('an object comes as YAML with the events about it; one that is gone is null', () => {
  const detail = ask({ ask: 'object', kind: 'Deployment', namespace: 'default', name: 'web' });
  expect(detail?.yaml).toContain('kind: Deployment\n');
  expect(detail?.events.map((event) => event.reason)).toContain('ScalingReplicaSet');
  expect(ask({ ask: 'object', kind: 'Pod', namespace: 'default', name: 'nobody' })).toBeNull();
});

test('the topology tells which Pods back the Service', () => {
  const { zones, service } = ask({ ask: 'topology', service: 'default/web' });
  expect(zones.map((zone) => zone.nodes.map((node) => node.name))).toEqual([
    ['node-1'],
    ['node-2'],
    ['node-3'],
  ]);
  expect(service).toMatchObject({ name: 'default/web', ready: 3, endpoints: 3 });
  const pods = zones.flatMap((zone) => zone.nodes.flatMap((node) => node.pods));
  expect(pods.filter((pod) => pod.backs === 'ready')).toHaveLength(3);
  expect(pods.find((pod) => pod.name.startsWith('coredns'))?.backs).toBeUndefined();
  expect(ask({ ask: 'topology', service: null }).service).toBeNull();
});

test('the topology tells what stands before the cluster for a Service, and which nodes it takes', () => {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
  const apply = (text: string): void => expect(cluster.applyText('lb.yaml', text).problems).toEqual([]);
  const shown = () => inspect(cluster, { ask: 'topology', service: 'default/web' });
  apply(
    '{apiVersion: v1, kind: ConfigMap, metadata: {name: cloud-config, namespace: kube-system}, data: {}}',
  );
  apply(`apiVersion: v1
kind: Pod
metadata: {name: web-1, labels: {app: web}}
spec: {nodeName: node-1, containers: [{name: c, image: my-web-app}]}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 30500, selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`);
  expect(shown()).toMatchObject({
    balancer: {
      kind: 'cloud',
      addresses: ['198.51.100.1'],
      ipMode: 'VIP',
      check: { port: 30_500, path: '/healthz' },
      nodes: [
        { name: 'node-1', healthy: true },
        { name: 'node-2', healthy: false },
        { name: 'node-3', healthy: false },
      ],
    },
  });
});

test('the topology tells which Pods NetworkPolicies isolate, and in which directions', () => {
  const before = cluster.snapshot();
  const isolated = () => {
    const { zones } = ask({ ask: 'topology', service: null });
    const pods = zones.flatMap((zone) => zone.nodes.flatMap((node) => node.pods));
    return pods.flatMap((pod) => (pod.isolated ? [`${pod.namespace} ${pod.isolated.join()}`] : []));
  };
  const policy = (namespace: string, spec: string) =>
    `{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: all, namespace: ${namespace}}, spec: ${spec}}`;
  expect(isolated()).toEqual([]);
  cluster.applyText('policy.yaml', policy('default', '{podSelector: {}, egress: [{}]}'));
  expect(isolated()).toEqual(Array(3).fill('default ingress,egress'));
  cluster.restore(before);
  // kube-proxy lives in its node's network, where no policy reaches it.
  cluster.applyText('policy.yaml', policy('kube-system', '{podSelector: {}}'));
  expect(isolated()).toEqual(Array(2).fill('kube-system ingress'));
  cluster.restore(before);
});
