// What programs say of an address that no Pod has (any more). The expected words, times and senders were taken from Linux 6.18 with two
// nodes, each with a bridge, in network namespaces.
import { beforeAll, describe, expect, test } from 'vitest';
import type { Pod } from '@/lib/kube/types';
import { Cluster } from '@/lib/sim';
import { INTERRUPT, Terminals } from '../../terminals';
import { testSession } from '../../testing';

const FILE = `apiVersion: v1
kind: Pod
metadata: { name: client }
spec: { nodeName: node-1, containers: [{ name: c, image: nicolaka/netshoot, command: [sleep, infinity] }] }
---
apiVersion: v1
kind: Pod
metadata: { name: busy }
spec: { nodeName: node-1, containers: [{ name: c, image: busybox, command: [sleep, infinity] }] }
---
apiVersion: v1
kind: Service
metadata: { name: stale }
spec: { clusterIP: 10.96.7.7, ports: [{ port: 80, targetPort: 8080 }] }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: stale-1, labels: { kubernetes.io/service-name: stale } }
addressType: IPv4
ports: [{ name: "", port: 8080, protocol: TCP }]
endpoints: [{ addresses: [10.244.2.99], conditions: { ready: true } }]
`;
const HERE = '10.244.1.99';
const THERE = '10.244.2.99';

let cluster: Cluster;
let clean: ReturnType<Cluster['snapshot']>;
beforeAll(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-01-01T00:00:00Z' });
  const { problems } = cluster.applyText('test.yaml', FILE);
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  clean = cluster.snapshot();
});
const inPod = (name: string) => {
  cluster.restore(clean);
  return testSession({ cluster, console: { kind: 'pod', namespace: 'default', name } }).run;
};

describe('connections', () => {
  test.each([
    ['on the same node', HERE],
    ['on another node', THERE],
    ['that a Service still lists', '10.96.7.7'],
  ])('curl to an address %s: no route to host, after three seconds', (_where, ip) => {
    const { stderr, exit } = inPod('client')(`curl -sv http://${ip}`);
    expect(stderr).toContain(`* connect to ${ip} port 80 failed: No route to host\n`);
    expect(stderr).toMatch(/Failed to connect to \S+ port 80 after 3\d{3} ms: Couldn't connect to server/);
    expect(exit).toBe(7);
  });

  test('whoever waits less than three seconds has heard nothing', () => {
    expect(inPod('client')(`curl -sS -m 2 http://${THERE}`)).toMatchObject({
      stderr: 'curl: (28) Connection timed out after 2000 milliseconds\n',
      exit: 28,
    });
  });

  test('other programs word the same error', () => {
    expect(inPod('client')(`nc -vz ${THERE} 80`).stderr).toContain('failed: No route to host\n');
    expect(inPod('busy')(`wget -O- http://${THERE}`).stderr).toMatch(
      /: (No route to host|Host is unreachable)\n$/,
    );
  });
});

describe('ping', () => {
  test.each([
    ['the Pod itself, on its own bridge', HERE, () => podIp('client')],
    ['the node that has the bridge', THERE, () => '192.168.10.12'],
  ])('the error comes from %s', (_who, ip, from) => {
    const { stdout, exit } = inPod('client')(`ping -c 3 ${ip}`);
    expect(stdout.split('\n').slice(1)).toEqual([
      ...[1, 2, 3].map((n) => `From ${from()} icmp_seq=${n} Destination Host Unreachable`),
      '',
      `--- ${ip} ping statistics ---`,
      expect.stringMatching(
        /^3 packets transmitted, 0 received, \+3 errors, 100% packet loss, time 20\d\dms$/,
      ),
      'pipe 3',
      '',
    ]);
    expect(exit).toBe(1);
  });

  test('an answer over the bridge has lost nothing of its time to live, one from another node two', () => {
    const run = inPod('client');
    expect(run(`ping -c 1 ${podIp('busy')}`).stdout).toContain(' ttl=64 ');
    const dns = cluster.api
      .list<Pod>('Pod', 'kube-system')
      .find((p) => p.spec.nodeName === 'node-2' && !p.spec.hostNetwork);
    expect(run(`ping -c 1 ${dns?.status?.podIP ?? ''}`).stdout).toContain(' ttl=62 ');
  });
});

test('a Pod of the same bridge asks by itself, and sends no packet', () => {
  cluster.restore(clean);
  const terminals = new Terminals(cluster, { list: () => [], read: () => undefined, write: () => false });
  terminals.run('node-1', 'tcpdump -i cni0 -n');
  terminals.run('default/client', `curl -s -m 4 http://${HERE}`);
  cluster.advance(4_000);
  terminals.wake();
  terminals.run('node-1', INTERRUPT);
  const shown = terminals.takeOutput().filter((o) => o.terminal === 'node-1' && o.kind === 'stdout');
  const lines = shown
    .map((o) => ('text' in o ? o.text : ''))
    .join('')
    .trimEnd()
    .split('\n');
  expect(lines.map((line) => line.replace(/^\S+ /, ''))).toEqual(
    Array(3).fill(`ARP, Request who-has ${HERE} tell ${podIp('client')}, length 28`),
  );
});

const podIp = (name: string): string => cluster.api.get<Pod>('Pod', 'default', name)?.status?.podIP ?? '';
