// NetworkPolicies in a running cluster: what they do to connections that are there already, and what a change does to new ones.
import { describe, expect, test } from 'vitest';
import type { Pod } from '@/lib/kube/types';
import { Cluster } from './cluster';

describe('connections that are there already', () => {
  const FILE = `
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: c, image: client }] }
---
apiVersion: v1
kind: Pod
metadata: { name: echo, labels: { app: echo } }
spec: { nodeName: node-2, containers: [{ name: c, image: echo, ports: [{ containerPort: 8080, protocol: UDP }] }] }
`;
  const DENY = `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny }
spec: { podSelector: { matchLabels: { app: echo } } }
`;

  test('go on under a new policy, while conntrack knows them; new ones do not get through', () => {
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
    expect(cluster.applyText('pods.yaml', FILE)).toMatchObject({ outcome: 'applied' });
    const to = cluster.api.get<Pod>('Pod', 'default', 'echo')?.status?.podIP ?? '';
    const ask = (sourcePort: number): string => {
      const from = { pod: 'default/client' };
      const call = { from, to, port: 8080, protocol: 'udp', sourcePort } as const;
      const made = cluster.network.connect(call, { hold: true });
      return made.ok ? made.value.reason.code : made.error.code;
    };
    expect(ask(40_000)).toBe('verdict.delivered');
    expect(cluster.applyText('deny.yaml', DENY)).toMatchObject({ outcome: 'applied' });
    expect([ask(40_000), ask(40_001)]).toEqual(['verdict.delivered', 'verdict.ingressDenied']);
    // What was dropped before its node confirmed it is in no table there.
    expect(cluster.network.conntrack('node-2').map((e) => e.original.sourcePort)).toEqual([40_000]);
    cluster.advance(200_000);
    expect(ask(40_000)).toBe('verdict.ingressDenied');
  });

  test('a label that changes opens the way at once', () => {
    const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
    cluster.applyText('pods.yaml', FILE);
    const ingress = ', ingress: [{ from: [{ podSelector: { matchLabels: { role: a } } }] }] }';
    cluster.applyText('allow.yaml', DENY.replace(/ }\n$/, ingress));
    const call = { from: { pod: 'default/client' }, to: '', port: 8080, protocol: 'udp' } as const;
    const to = cluster.api.get<Pod>('Pod', 'default', 'echo')?.status?.podIP ?? '';
    const verdicts = () => {
      const ways = cluster.network.outcomes({ ...call, to });
      return ways.ok ? ways.value.map((o) => o.reason.code) : [];
    };
    expect(verdicts()).toEqual(['verdict.ingressDenied']);
    cluster.applyText('pods.yaml', FILE.replace('name: client', 'name: client, labels: { role: a }'));
    expect(verdicts()).toEqual(['verdict.delivered']);
  });
});
