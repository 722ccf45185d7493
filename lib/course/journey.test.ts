import { expect, test } from 'vitest';
import type { Pod, Service } from '@/lib/kube/types';
import type { From } from '@/lib/net/datapath/connect';
import { Cluster } from '@/lib/sim';
import { fits, JOURNEY_WAYS, journeyMade, waysSaid, type Journey, type JourneyFrom } from './journey';
import { labById } from './labs';
import { START_INSTANT } from './log';
import { LabRun } from './runtime';
import type { Lab } from './types';

interface Started {
  readonly cluster: Cluster;
  readonly pod: Pod;
  readonly clusterIP: string;
}

/** Lab 2.4 as it starts. */
function started(proxyMode: 'iptables' | 'nftables' = 'iptables'): Started {
  const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START_INSTANT, proxyMode });
  const { world } = new LabRun(labById('2.4') as Lab, cluster, 'en');
  const pod = world.list<Pod>('Pod', 'default').find((p) => p.metadata.labels?.['app'] === 'my-web-app');
  const clusterIP = cluster.api.get<Service>('Service', 'default', 'my-web-service')?.spec.clusterIP;
  if (!pod || clusterIP === undefined) throw new Error('the lab has no Pod or no Service');
  return { cluster, pod, clusterIP };
}

function journey({ cluster, clusterIP }: Started, from: From, kind: JourneyFrom): Journey {
  cluster.network.connect({ from, to: clusterIP, port: 80, protocol: 'tcp' });
  const made = journeyMade(cluster.network.made, kind, clusterIP);
  if (!made) throw new Error('the call did not arrive');
  return made;
}

const hosts = ({ rows }: Journey): readonly string[] =>
  rows.map(({ source, destination }) =>
    [source, destination].map((end) => end.replace(/:\d+$/, '')).join(' > '),
  );

const waysOf = (made: Journey): readonly string[] =>
  made.rows.map((row) => JOURNEY_WAYS.filter((way) => fits(way, row, made)).join(' '));

test('lesson 2.4 names the nodes of its lab as they are', () => {
  const { cluster, pod } = started();
  expect(cluster.api.get<Pod>('Pod', 'default', 'client')?.spec.nodeName).toBe('node-3');
  expect(pod.spec.nodeName).toBe('node-1');
});

test.each(['iptables', 'nftables'] as const)('%s: from a Pod to a Pod of another node: DNAT only', (mode) => {
  const lab = started(mode);
  const made = journey(lab, { pod: 'default/client' }, 'pod');
  const [client = '', pod = ''] = [made.source.split(':')[0], lab.pod.status?.podIP];
  const there = `${client} > ${pod}`;
  expect(hosts(made)).toEqual([there, there, there, `${pod} > ${client}`, `${lab.clusterIP} > ${client}`]);
  expect(waysOf(made)).toEqual(['client>pod', 'client>pod', 'client>pod', 'pod>client', 'service>client']);
  expect(made.hook).toBe('PREROUTING');
});

test.each(['iptables', 'nftables'] as const)(
  '%s: from the Pod’s own node: MASQUERADE takes the bridge’s address',
  (mode) => {
    const lab = started(mode);
    const made = journey(lab, { node: 'node-1' }, 'node');
    const pod = lab.pod.status?.podIP ?? '';
    expect(hosts(made)).toEqual([
      `192.168.10.11 > ${pod}`,
      `10.244.1.1 > ${pod}`,
      `10.244.1.1 > ${pod}`,
      `${pod} > 10.244.1.1`,
      `${lab.clusterIP} > 192.168.10.11`,
    ]);
    expect(waysOf(made)).toEqual(['client>pod', 'node>pod', 'node>pod', 'pod>node', 'service>client']);
    expect(made.hook).toBe('OUTPUT');
  },
);

test('from another node the masqueraded source is the address that the process had: both names fit', () => {
  const made = journey(started(), { node: 'node-3' }, 'node');
  expect(waysOf(made).slice(1, 3)).toEqual(['client>pod node>pod', 'client>pod node>pod']);
});

test.each(['iptables', 'nftables'] as const)('%s: a Pod that calls itself is masqueraded', (mode) => {
  const lab = started(mode);
  const made = journey(lab, { pod: `default/${lab.pod.metadata.name ?? ''}` }, 'self');
  const pod = lab.pod.status?.podIP ?? '';
  expect(hosts(made)).toEqual([
    `${pod} > ${pod}`,
    `10.244.1.1 > ${pod}`,
    `10.244.1.1 > ${pod}`,
    `${pod} > 10.244.1.1`,
    `${lab.clusterIP} > ${pod}`,
  ]);
  expect(waysOf(made)).toEqual(['client>pod', 'node>pod', 'node>pod', 'pod>node', 'service>client']);
});

test('a call of another kind, or one that nobody answered, is no such journey', () => {
  const lab = started();
  const { cluster, clusterIP, pod } = lab;
  cluster.network.connect({ from: { pod: 'default/client' }, to: clusterIP, port: 81, protocol: 'tcp' });
  cluster.network.connect({
    from: { pod: 'default/client' },
    to: pod.status?.podIP ?? '',
    port: 8080,
    protocol: 'tcp',
  });
  expect(journeyMade(cluster.network.made, 'pod', clusterIP)).toBeUndefined();
  cluster.network.connect({ from: { node: 'node-1' }, to: clusterIP, port: 80, protocol: 'tcp' });
  expect(journeyMade(cluster.network.made, 'pod', clusterIP)).toBeUndefined();
  expect(journeyMade(cluster.network.made, 'self', clusterIP)).toBeUndefined();
  expect(journeyMade(cluster.network.made, 'node', clusterIP)).toBeDefined();
});

test('an answer is read row by row; what is no way is nothing', () => {
  expect(waysSaid('client>pod,,pod>pod')).toEqual(['client>pod', undefined, undefined, undefined, undefined]);
  expect(waysSaid(undefined)).toEqual(Array(5).fill(undefined));
});
