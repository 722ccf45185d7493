// What the nodes' conntrack tables hold after connections: states, times, room, and what kube-proxy clears away.
import { describe, expect, test } from 'vitest';
import type { Result } from '@/lib/core/result';
import { printEntry } from '@/lib/net/conntrack/print';
import type { Call } from '@/lib/net/datapath/connect';
import type { K8sVersion } from '@/lib/kube/versions';
import { Cluster } from './cluster';

const DNS = (replicas: number, extra = ''): string => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: echo }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: echo } }
  template:
    metadata: { labels: { app: echo } }
    spec:
      containers: [{ name: echo, image: echo, ports: [{ containerPort: 8080, protocol: UDP }, { containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: echo }
spec:
  clusterIP: 10.96.5.5
  selector: { app: echo }
  ports: [{ name: udp, port: 53, protocol: UDP, targetPort: 8080 }, { name: tcp, port: 80, targetPort: 8080 }]
---
apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: c, image: client }] }
${extra}`;

function cluster(replicas = 2, k8s: K8sVersion = '1.32'): Cluster {
  const made = Cluster.create({ k8s, seed: 7, now: '2026-01-01T00:00:00Z' });
  expect(made.applyText('echo.yaml', DNS(replicas))).toMatchObject({ outcome: 'applied' });
  return made;
}

const from = { pod: 'default/client' };
const udp: Call = { from, to: '10.96.5.5', port: 53, protocol: 'udp', sourcePort: 40_000 };
const tcp: Call = { from, to: '10.96.5.5', port: 80, protocol: 'tcp' };

function must<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const lines = (c: Cluster, node = 'node-1'): string[] =>
  c.network.conntrack(node).map((e) => printEntry(e, c.now));

describe('entries', () => {
  test('of a TCP connection: ESTABLISHED while it is held, then TIME_WAIT, both tuples with what NAT changed', () => {
    const c = cluster(1);
    const trace = must(c.network.connect({ ...tcp, sourcePort: 40_001 }, { hold: true }));
    const ip = trace.endpoint?.split(':')[0];
    const client = trace.source.split(':')[0];
    const tuples = `src=${client} dst=10.96.5.5 sport=40001 dport=80 src=${ip} dst=${client} sport=8080 dport=40001`;
    expect(lines(c)).toEqual([`tcp      6 431999 ESTABLISHED ${tuples} [ASSURED] mark=0 use=1`]);
    c.network.close(trace);
    expect(lines(c)).toEqual([`tcp      6 119 TIME_WAIT ${tuples} [ASSURED] mark=0 use=1`]);
  });

  test('of a client that nobody answers: SYN_SENT, UNREPLIED', () => {
    const c = cluster();
    must(c.network.connect({ ...tcp, to: '10.96.77.77', sourcePort: 40_002 }));
    const [line] = lines(c);
    expect(line).toMatch(/^tcp {6}6 119 SYN_SENT .* sport=40002 dport=80 \[UNREPLIED\] src=10.96.77.77 /);
  });

  test('of a refused connection: none, a RST in answer to a SYN deletes it', () => {
    const c = cluster(1);
    const pod = must(c.network.connect(tcp)).endpoint?.split(':')[0] ?? '';
    c.advance(500_000);
    expect(must(c.network.connect({ ...tcp, to: pod, port: 4711 })).verdict).toBe('reset');
    expect(lines(c)).toEqual([]);
  });

  test('of UDP: 30 s, and a client that goes on from the same port stays with its endpoint and becomes a stream', () => {
    const c = cluster(2);
    const first = must(c.network.connect(udp)).endpoint;
    for (let i = 0; i < 8; i++) {
      c.advance(3000);
      expect(must(c.network.connect(udp)).endpoint).toBe(first);
    }
    expect(lines(c)).toHaveLength(1);
    expect(lines(c)[0]).toMatch(/^udp {6}17 119 .*\[ASSURED\]/);
    c.advance(120_000);
    expect(lines(c)).toEqual([]);
  });

  test('timeouts follow the sysctls', () => {
    const c = cluster();
    c.network.setSysctl('node-1', 'net.netfilter.nf_conntrack_tcp_timeout_time_wait', '10');
    must(c.network.connect(tcp));
    expect(lines(c)[0]).toContain('tcp      6 9 TIME_WAIT');
  });
});

describe('a full table', () => {
  test('drops new connections while every entry is ASSURED, and says so', () => {
    const c = cluster();
    c.network.setSysctl('node-1', 'net.netfilter.nf_conntrack_max', '2');
    for (let i = 0; i < 2; i++) must(c.network.connect(tcp, { hold: true }));
    const trace = must(c.network.connect(tcp));
    expect(trace.verdict).toBe('dropped');
    expect(trace.steps.at(-1)?.effect.code).toBe('step.tableFull');
    expect(c.network.kernel('node-1').refusedForSpace).toBe(1);
  });

  test('lets an entry that is not ASSURED give way', () => {
    const c = cluster();
    c.network.setSysctl('node-1', 'net.netfilter.nf_conntrack_max', '2');
    must(c.network.connect({ ...tcp, to: '10.96.77.77' }));
    must(c.network.connect(tcp, { hold: true }));
    expect(must(c.network.connect(tcp)).verdict).toBe('delivered');
    expect(c.network.kernel('node-1').droppedEarly).toBe(1);
    expect(c.network.conntrack('node-1')).toHaveLength(2);
  });
});

describe("kube-proxy's clean-up of UDP entries", () => {
  const afterScaling = (k8s: K8sVersion, replicas: number): string[] => {
    const c = cluster(2, k8s);
    must(c.network.connect(udp));
    must(c.network.connect({ ...udp, sourcePort: 40_001 }));
    must(c.network.connect({ ...udp, sourcePort: 40_002 }));
    c.network.setSysctl('node-1', 'net.netfilter.nf_conntrack_udp_timeout', '30000');
    must(c.network.connect(udp));
    must(c.network.connect({ ...udp, sourcePort: 40_001 }));
    must(c.network.connect({ ...udp, sourcePort: 40_002 }));
    expect(lines(c)).toHaveLength(3);
    c.applyText('echo.yaml', DNS(replicas));
    return lines(c);
  };

  test.each(['1.28', '1.31', '1.32'] as const)('entries of an endpoint that went are deleted (%s)', (k8s) => {
    const c = cluster(2, k8s);
    c.network.setSysctl('node-1', 'net.netfilter.nf_conntrack_udp_timeout', '30000');
    const endpoints = new Set<string>();
    for (let port = 40_000; endpoints.size < 2; port++)
      endpoints.add(must(c.network.connect({ ...udp, sourcePort: port })).endpoint ?? '');
    c.applyText('echo.yaml', DNS(1));
    const left = new Set(c.network.conntrack('node-1').map((e) => `${e.reply.source.text}:8080`));
    const [kept] = must(c.network.outcomes({ ...udp, sourcePort: 50_000 }));
    expect([...left]).toEqual([kept?.endpoint]);
  });

  test('of a Service scaled to zero: gone up to 1.31, left from 1.32', () => {
    expect(afterScaling('1.31', 0)).toEqual([]);
    expect(afterScaling('1.32', 0)).toHaveLength(3);
  });

  test('TCP is never touched', () => {
    const c = cluster(2);
    must(c.network.connect(tcp, { hold: true }));
    c.applyText('echo.yaml', DNS(0));
    expect(lines(c)).toHaveLength(1);
  });
});

describe('ping', () => {
  const ping = (to: string): Call => ({ from, to, protocol: 'icmp' });

  test('reaches Pods and nodes, and leaves an entry', () => {
    const c = cluster(1);
    const pod = must(c.network.connect(tcp)).endpoint?.split(':')[0] ?? '';
    expect(must(c.network.connect(ping(pod)))).toMatchObject({ verdict: 'delivered', endpoint: pod });
    expect(must(c.network.connect(ping('192.168.10.12')))).toMatchObject({ verdict: 'delivered' });
    expect(lines(c).at(-1)).toMatch(
      /^icmp {5}1 29 src=\S+ dst=192.168.10.12 type=8 code=0 id=\d+ src=192.168.10.12 /,
    );
  });

  test('of a ClusterIP is not translated in iptables mode: it leaves the node and nobody answers', () => {
    expect(must(cluster().network.connect(ping('10.96.5.5')))).toMatchObject({
      verdict: 'dropped',
      reason: { code: 'verdict.nobodyHasAddress' },
    });
  });
});

test('a node that does not forward passes no packet on', () => {
  const c = cluster();
  c.network.setSysctl('node-1', 'net.ipv4.ip_forward', '0');
  expect(must(c.network.connect(tcp))).toMatchObject({
    verdict: 'dropped',
    reason: { code: 'verdict.noForwarding' },
  });
});
