import { beforeEach, describe, expect, test } from 'vitest';
import { packet as en } from '@/lib/i18n/messages/en/packet';
import { Cluster } from '@/lib/sim';
import { judge, type Judged, type Prediction } from './judge';
import { packetEnds, sendPacket, type PacketFrom, type PacketTo } from './packet';
import { predictionChoices, type PredictionChoices } from './prediction';

const web = (replicas: number, type = 'ClusterIP'): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: my-web-app, ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { type: ${type}, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`;

let cluster: Cluster;
beforeEach(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
});

const choicesOf = (from: PacketFrom, to: PacketTo): PredictionChoices => {
  const choices = predictionChoices(cluster, from, to);
  if (!choices.ok) throw new Error(choices.error.code);
  return choices.value;
};
const targets = () => packetEnds(cluster, 'default/web').targets;
const first = (): PacketTo => targets()[0] ?? { to: '', protocol: 'tcp' };

/** Predicts, sends and compares; every reason has its words. */
function played(from: PacketFrom, to: PacketTo, say: (choices: PredictionChoices) => Prediction): Judged {
  const choices = choicesOf(from, to);
  const sent = sendPacket(cluster, from, to, 0);
  if (!sent.ok) throw new Error(sent.error.code);
  const judged = judge(say(choices), choices.ways, sent.value);
  for (const { reason } of [judged.end, judged.source ?? judged.end])
    expect(en).toHaveProperty([reason.code]);
  return judged;
}
const node1: PacketFrom = { node: 'node-1' };

describe('what can be said', () => {
  test('all endpoints of the Service, and the addresses that a server might see', () => {
    cluster.applyText('web.yaml', web(3));
    const { endpoints, sources, ways, called } = choicesOf(node1, first());
    expect(endpoints).toHaveLength(3);
    expect(endpoints.every(({ end, pod }) => end.endsWith(':8080') && pod?.startsWith('default/web-'))).toBe(
      true,
    );
    expect(ways.map((way) => way.probability.toFixed(3))).toEqual(['0.333', '0.333', '0.333']);
    const addresses = sources.map(({ address }) => address);
    expect(addresses).toEqual(expect.arrayContaining(['192.168.10.11', '10.244.1.1', called]));
    expect(new Set(addresses).size).toBe(addresses.length);
  });

  test('hints tell the way in order, but not the lot', () => {
    cluster.applyText('web.yaml', web(3));
    const many = choicesOf(node1, first()).hints;
    expect(many[0]?.effect.params['chain']).toBe('KUBE-SERVICES');
    expect(many.some(({ effect }) => effect.code === 'step.dnat')).toBe(false);
    cluster.applyText('web.yaml', web(1));
    expect(choicesOf(node1, first()).hints.some(({ effect }) => effect.code === 'step.dnat')).toBe(true);
  });

  test('an address of no Service is an end itself', () => {
    expect(choicesOf(node1, { to: '10.244.9.9', port: 80, protocol: 'tcp' }).endpoints).toEqual([
      { end: '10.244.9.9:80' },
    ]);
  });
});

describe('what was said beside what happened', () => {
  test('a lot among several endpoints is right; among one there is none', () => {
    cluster.applyText('web.yaml', web(3));
    expect(played(node1, first(), () => ({ end: 'lot' })).end).toMatchObject({
      mark: 'right',
      reason: { code: 'judged.lot' },
    });
    cluster.applyText('web.yaml', web(1));
    expect(played(node1, first(), () => ({ end: 'lot' })).end).toMatchObject({
      mark: 'wrong',
      reason: { code: 'judged.noLot' },
    });
  });

  test('one endpoint of three is luck, or was possible; another address never', () => {
    cluster.applyText('web.yaml', web(3));
    const marks = [0, 1, 2].map(
      (i) => played(node1, first(), ({ endpoints }) => ({ end: endpoints[i]?.end ?? '' })).end,
    );
    expect(marks.map(({ reason }) => reason.code).sort()).toEqual([
      'judged.luck',
      'judged.otherLot',
      'judged.otherLot',
    ]);
    expect(marks.map(({ mark }) => mark).sort()).toEqual(['lot', 'lot', 'right']);
    expect(played(node1, first(), () => ({ end: '10.244.9.9:80' })).end.reason.code).toBe('judged.never');
  });

  test('without endpoints the rules refuse', () => {
    cluster.applyText('web.yaml', web(0));
    expect(played(node1, first(), () => ({ end: 'error' })).end).toMatchObject({ mark: 'right' });
    expect(played(node1, first(), () => ({ end: 'silence' })).end).toMatchObject({
      mark: 'wrong',
      reason: { code: 'judged.error' },
    });
  });

  test('a client outside, by a node port: the server sees the node, and why', () => {
    cluster.applyText('web.yaml', web(1, 'NodePort'));
    const nodePort = targets().find(({ name, kind }) => kind === 'nodePort' && name === 'node-1');
    if (!nodePort) throw new Error('no node port');
    const outside: PacketFrom = { external: '203.0.113.7' };
    const wrong = played(outside, nodePort, () => ({ end: 'lot', source: '203.0.113.7' })).source;
    expect(wrong).toMatchObject({
      mark: 'wrong',
      reason: { code: 'judged.masqueraded', params: { node: 'node-1', chain: 'KUBE-POSTROUTING' } },
    });
    const seen = String(wrong?.reason.params['seen']);
    expect(choicesOf(outside, nodePort).sources.map(({ address }) => address)).toContain(seen);
    expect(played(outside, nodePort, () => ({ end: 'lot', source: seen })).source?.mark).toBe('right');
  });
});
