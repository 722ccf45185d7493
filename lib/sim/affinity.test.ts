// Session affinity in both modes: who comes back to whom, until when, and what ends it before.
import { describe, expect, test } from 'vitest';
import type { Call } from '@/lib/net/datapath/connect';
import type { ClusterProxyMode } from '@/lib/kube/versions';
import { Cluster } from './cluster';

const WEB = (replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app, readinessProbe: { httpGet: { path: /ready, port: 8080 } } }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  type: NodePort
  clusterIP: 10.96.5.5
  selector: { app: web }
  sessionAffinity: ClientIP
  sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: a }
spec: { nodeName: node-1, containers: [{ name: c, image: client }] }
---
apiVersion: v1
kind: Pod
metadata: { name: b }
spec: { nodeName: node-1, containers: [{ name: c, image: client }] }
`;

function clusterIn(proxyMode: ClusterProxyMode): Cluster {
  const cluster = Cluster.create({ k8s: '1.32', seed: 3, now: '2026-01-01T00:00:00Z', proxyMode });
  expect(cluster.applyText('web.yaml', WEB(4)).outcome).toBe('applied');
  return cluster;
}

const call = (from: Call['from'], to = '10.96.5.5', port = 80): Call => ({ from, to, protocol: 'tcp', port });
const A = call({ pod: 'default/a' });

function endpoint(cluster: Cluster, made: Call): string | undefined {
  const trace = cluster.network.connect(made);
  return trace.ok ? trace.value.endpointPod : undefined;
}
/** How many endpoints the next connection may go to. */
function ways(cluster: Cluster, made: Call): number {
  const outcomes = cluster.network.outcomes(made);
  return outcomes.ok ? outcomes.value.length : 0;
}

describe.each<ClusterProxyMode>(['iptables', 'nftables'])('%s', (mode) => {
  test('each new connection starts the time again', () => {
    const cluster = clusterIn(mode);
    const first = endpoint(cluster, A);
    for (let i = 0; i < 5; i++) {
      cluster.advance(40_000);
      expect(endpoint(cluster, A)).toBe(first);
    }
    cluster.advance(60_001);
    expect(ways(cluster, A)).toBe(4);
  });

  test('at the very end of the time xt_recent still knows the client, an element of a set is gone', () => {
    const cluster = clusterIn(mode);
    endpoint(cluster, A);
    cluster.advance(60_000);
    expect(ways(cluster, A)).toBe(mode === 'iptables' ? 1 : 4);
  });

  test('an endpoint that goes takes its memory along, even if the same Pod comes back', () => {
    const cluster = clusterIn(mode);
    const pod = endpoint(cluster, A)?.split('/')[1] ?? '';
    const faulty = (value: string | undefined): void => {
      const found = cluster.api.get('Pod', 'default', pod);
      if (!found) throw new Error('no Pod');
      const annotations = value === undefined ? {} : { 'servicepath.dev/fault': value };
      cluster.handle({
        method: 'PATCH',
        path: `/api/v1/namespaces/default/pods/${pod}`,
        query: '',
        headers: { 'content-type': 'application/merge-patch+json' },
        body: JSON.stringify({
          metadata: {
            annotations: value === undefined ? { 'servicepath.dev/fault': null } : annotations,
          },
        }),
      });
      cluster.settle();
    };
    faulty('unready');
    expect(ways(cluster, A)).toBe(3);
    faulty(undefined);
    expect(ways(cluster, A)).toBe(4);
  });

  test('each node remembers for itself, by the address that reaches it: its own masquerade comes later', () => {
    const cluster = clusterIn(mode);
    const external = call({ external: '203.0.113.10' }, '192.168.10.11', 30080);
    endpoint(cluster, external);
    expect(ways(cluster, external)).toBe(1);
    expect(ways(cluster, { ...external, to: '192.168.10.12' })).toBe(4);
    expect(ways(cluster, { ...external, from: { external: '203.0.113.11' } })).toBe(4);
  });
});
