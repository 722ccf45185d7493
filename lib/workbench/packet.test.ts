import { beforeEach, describe, expect, test } from 'vitest';
import { stateDigest } from '@/lib/course/digest';
import { Cluster } from '@/lib/sim';
import { packetEnds, sendPacket, type PacketTarget } from './packet';

const web = (more = ''): string => `apiVersion: apps/v1
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
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }]${more} }
`;

let cluster: Cluster;
const target = (): PacketTarget => {
  const [first] = packetEnds(cluster, 'default/web').targets;
  if (!first) throw new Error('no target');
  return first;
};

beforeEach(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  cluster.applyText('web.yaml', web());
});

describe('the ends of a packet', () => {
  test('a ClusterIP is one target, a node port one more on each node', () => {
    expect(packetEnds(cluster, 'default/web').targets.map((t) => t.kind)).toEqual(['clusterIP']);
    cluster.applyText('web.yaml', web(', type: NodePort'));
    const kinds = packetEnds(cluster, 'default/web').targets.map((t) => t.kind);
    expect(kinds).toEqual(['clusterIP', 'nodePort', 'nodePort', 'nodePort']);
  });
  test('Pods of the Service’s namespace come first; a Service that is not there has no targets', () => {
    const { pods } = packetEnds(cluster, 'default/web');
    expect(pods.slice(0, 3).every(({ name }) => name.startsWith('default/web-'))).toBe(true);
    expect(packetEnds(cluster, 'default/none').targets).toEqual([]);
  });
});

describe('one packet', () => {
  test('is rewritten to a Pod, and leaves the cluster as it was', () => {
    const before = stateDigest(cluster);
    const sent = sendPacket(cluster, { node: 'node-1' }, target(), 0);
    expect(sent.ok && sent.value).toMatchObject({ verdict: 'delivered' });
    const steps = sent.ok ? sent.value.steps : [];
    expect(steps.some((step) => step.effect.code === 'step.dnat' && step.rule?.includes('DNAT'))).toBe(true);
    expect(stateDigest(cluster)).toBe(before);
    expect(cluster.network.conntrack('node-1')).toEqual([]);
  });

  test('sent again it draws other lots', () => {
    const reached = new Set<string | undefined>();
    for (let turn = 0; turn < 16; turn++) {
      const sent = sendPacket(cluster, { node: 'node-1' }, target(), turn);
      reached.add(sent.ok ? sent.value.endpoint : undefined);
    }
    expect(reached.size).toBeGreaterThan(1);
  });

  test('a caller that is not there is said to be', () => {
    const sent = sendPacket(cluster, { pod: 'default/nobody' }, target(), 0);
    expect(sent.ok ? undefined : sent.error.code).toBe('call.noPod');
  });
});
