// Connections in a running cluster: what curl, a lab's check and the packet view build on.
import { describe, expect, test } from 'vitest';
import { Cluster } from './cluster';

const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: my-web-app, ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec:
  clusterIP: 10.96.7.7
  type: NodePort
  selector: { app: web }
  ports: [{ port: 80, targetPort: 8080, nodePort: 30080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec:
  containers: [{ name: c, image: client }]
`;

function cluster(text = WEB): Cluster {
  const made = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
  expect(made.applyText('web.yaml', text)).toMatchObject({ outcome: 'applied' });
  return made;
}

const call = { from: { pod: 'default/client' }, to: '10.96.7.7', port: 80, protocol: 'tcp' } as const;

function must<T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

describe('outcomes', () => {
  test('every ready endpoint of a ClusterIP gets its share, and asking changes nothing', () => {
    const c = cluster();
    const before = c.snapshot();
    const outcomes = must(c.network.outcomes(call));
    expect(outcomes.map((o) => [o.verdict, o.probability.toFixed(6), o.snat])).toEqual(
      Array(3).fill(['delivered', '0.333333', false]),
    );
    expect(c.snapshot()).toEqual(before);
  });

  test('a call that cannot be tried is named', () => {
    expect(cluster().network.outcomes({ ...call, from: { pod: 'default/nobody' } })).toMatchObject({
      ok: false,
      error: { code: 'call.noPod' },
    });
  });

  test('a wrong targetPort arrives where nothing listens', () => {
    const c = cluster(WEB.replace('targetPort: 8080', 'targetPort: 8081'));
    expect(must(c.network.outcomes(call)).map((o) => o.verdict)).toEqual(['reset', 'reset', 'reset']);
  });

  test('a Service without endpoints refuses at once', () => {
    const c = cluster(WEB.replace('replicas: 3', 'replicas: 0'));
    expect(must(c.network.outcomes(call))).toMatchObject([{ verdict: 'rejected', probability: 1 }]);
  });
});

describe('connect', () => {
  test('spreads over the endpoints, the same way after a restore', () => {
    const c = cluster();
    const before = c.snapshot();
    const spread = (): (string | undefined)[] =>
      Array.from({ length: 60 }, () => must(c.network.connect(call)).endpoint);
    const first = spread();
    expect(new Set(first).size).toBe(3);
    c.restore(before);
    expect(spread()).toEqual(first);
  });

  test('leaves a conntrack entry with both tuples, which ends by the clock', () => {
    const c = cluster();
    const trace = must(c.network.connect(call));
    const [entry] = c.network.conntrack(trace.viaNode ?? '');
    expect(entry).toMatchObject({ state: 'TIME_WAIT', assured: true, seenReply: true });
    expect(entry?.original.destination.text).toBe('10.96.7.7');
    expect(`${entry?.reply.source.text}:${entry?.reply.sourcePort}`).toBe(trace.endpoint);
    c.advance(120_000);
    expect(c.network.conntrack(trace.viaNode ?? '')).toEqual([]);
  });

  test('counts the rules that it meets', () => {
    const c = cluster();
    const node = must(c.network.connect(call)).viaNode ?? '';
    must(c.network.connect(call));
    const services = c.network.countedRules(node)?.chain('nat', 'KUBE-SERVICES');
    const rule = services?.rules.find((r) =>
      r.matches.some((m) => m.kind === 'destination' && m.cidr === '10.96.7.7'),
    );
    expect(rule?.counters).toEqual([2, 120]);
  });

  test('session affinity sends a client where it was before, until the time is over', () => {
    const c = cluster(
      WEB.replace(
        '  type: NodePort',
        '  type: NodePort\n  sessionAffinity: ClientIP\n  sessionAffinityConfig: { clientIP: { timeoutSeconds: 100 } }',
      ),
    );
    const first = must(c.network.connect(call)).endpoint;
    for (let i = 0; i < 10; i++) expect(must(c.network.connect(call)).endpoint).toBe(first);
    expect(must(c.network.outcomes(call))).toMatchObject([{ endpoint: first, probability: 1 }]);
    c.advance(101_000);
    expect(must(c.network.outcomes(call))).toHaveLength(3);
  });

  test('traffic from outside to a node port is masqueraded', () => {
    const trace = must(
      cluster().network.connect({
        from: { external: '203.0.113.7' },
        to: '192.168.10.11',
        port: 30080,
        protocol: 'tcp',
      }),
    );
    expect(trace).toMatchObject({ verdict: 'delivered', viaNode: 'node-1', snat: true });
  });

  test('a host outside has no route to cluster IPs and Pods, unless one leads to a node', () => {
    const c = cluster();
    const from = { external: '192.168.10.5' };
    const lost = { verdict: 'dropped', reason: { code: 'verdict.noRouteOutside' } };
    const pod = must(c.network.connect(call)).endpoint?.split(':')[0] ?? '';
    expect(must(c.network.outcomes({ ...call, from }))).toMatchObject([{ ...lost, probability: 1 }]);
    expect(must(c.network.outcomes({ ...call, from, to: pod, port: 8080 }))).toMatchObject([lost]);
    for (const { verdict, viaNode } of must(c.network.outcomes({ ...call, from, via: ['node-2'] })))
      expect([verdict, viaNode]).toEqual(['delivered', 'node-2']);
  });
});
