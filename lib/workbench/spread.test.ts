import { beforeEach, describe, expect, test } from 'vitest';
import { stateDigest } from '@/lib/course/digest';
import { Cluster } from '@/lib/sim';
import { packetEnds, type PacketTarget } from './packet';
import { PART, SpreadDesk, type Spread } from './spread';

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
beforeEach(() => {
  cluster = Cluster.create({ k8s: '1.32', seed: 1, now: '2026-11-02T08:00:00Z' });
  cluster.applyText('web.yaml', web());
});
const target = (): PacketTarget => {
  const [first] = packetEnds(cluster, 'default/web').targets;
  if (!first) throw new Error('no target');
  return first;
};

/** All parts; what is done between two of them is `between`'s. */
function sendMany(count: number, between: () => void = () => undefined): Spread {
  const desk = new SpreadDesk();
  let spread: Spread = { sent: 0, rows: [] };
  do {
    const next = desk.next(cluster, {
      from: { node: 'node-1' },
      to: target(),
      turn: 0,
      count,
      sent: spread.sent,
    });
    if (!next.ok) throw new Error(next.error.code);
    spread = next.value;
    between();
  } while (spread.sent < count);
  return spread;
}

describe('many packets', () => {
  test('spread as the rules state, about, and leave the cluster as it was', () => {
    const before = stateDigest(cluster);
    const { rows } = sendMany(1_000);
    expect(rows).toHaveLength(3);
    for (const row of rows) {
      expect(row.probability).toBeCloseTo(1 / 3, 6);
      expect(Math.abs(row.counted - 333)).toBeLessThan(75); // five standard deviations
    }
    expect(rows.reduce((sum, row) => sum + row.counted, 0)).toBe(1_000);
    expect(stateDigest(cluster)).toBe(before);
    expect(cluster.network.conntrack('node-1')).toEqual([]);
  });

  test('ten thousand come closer', () => {
    for (const row of sendMany(10_000).rows) expect(Math.abs(row.counted - 3_333)).toBeLessThan(236);
  });

  test('with session affinity all go where the first one went, part after part', () => {
    cluster.applyText('web.yaml', web(', sessionAffinity: ClientIP'));
    const counted = sendMany(3 * PART).rows.map((r) => r.counted);
    expect(counted.toSorted((a, b) => b - a)).toEqual([3 * PART, 0, 0]);
  });

  test('what others do between two parts stays', () => {
    let made = 0;
    sendMany(2 * PART, () => {
      cluster.network.connect({ from: { node: 'node-1' }, ...target() });
      made++;
    });
    expect(cluster.network.made).toHaveLength(made);
  });

  test('a question that does not fit what is under way begins anew', () => {
    const desk = new SpreadDesk();
    const ask = { from: { node: 'node-1' }, to: target(), turn: 0, count: 1_000 };
    const first = desk.next(cluster, { ...ask, sent: 0 });
    const lost = desk.next(cluster, { ...ask, sent: 2 * PART });
    expect([first, lost].map((spread) => spread.ok && spread.value.sent)).toEqual([PART, PART]);
  });
});
