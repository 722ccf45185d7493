// The topology lists the connections that the nodes remember, each once, with names for both ends.
import { expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { topologyOf } from './topology';

const WEB = `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 1
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: NodePort, selector: { app: web }, ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }] }
`;

function started(): Cluster {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  cluster.applyText('web.yaml', WEB);
  cluster.settle();
  return cluster;
}

const rows = (cluster: Cluster, service: string | null = 'default/web') =>
  topologyOf(cluster, service).connections.rows;

test('none before anybody has called', () => {
  expect(rows(started())).toEqual([]);
});

test('a call by a node’s port to an endpoint on another node: one row, of the node that translates', () => {
  const cluster = started();
  const pod = topologyOf(cluster, 'default/web')
    .zones.flatMap((z) => z.nodes)
    .find((n) => n.pods[0]?.backs);
  const entry = topologyOf(cluster, null)
    .zones.flatMap((z) => z.nodes)
    .find((n) => n.name !== pod?.name);
  const call = {
    from: { external: '203.0.113.7' },
    to: entry?.ip ?? '',
    port: 30_080,
    protocol: 'tcp',
  } as const;
  cluster.network.connect(call, { hold: true });
  expect(rows(cluster)).toEqual([
    expect.objectContaining({
      node: entry?.name,
      protocol: 'tcp',
      state: 'ESTABLISHED',
      from: { address: expect.stringMatching(/^203\.0\.113\.7:\d+$/) as string },
      to: `${entry?.ip}:30080`,
      endpoint: { address: expect.stringMatching(/:8080$/) as string, name: pod?.pods[0]?.name },
    }),
  ]);
});

test('a connection to another Service is shown where no Service is in focus, until it is forgotten', () => {
  const cluster = started();
  const call = { from: { node: 'node-1' }, to: '10.96.0.10', port: 53, protocol: 'udp' } as const;
  cluster.network.connect(call);
  expect(rows(cluster)).toEqual([]);
  const [row] = rows(cluster, null);
  expect(row).toMatchObject({ from: { name: 'node-1' }, to: '10.96.0.10:53' });
  cluster.advance(((row?.secondsLeft ?? 0) + 1) * 1000);
  expect(rows(cluster, null)).toEqual([]);
});
