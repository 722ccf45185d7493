import { describe, expect, test } from 'vitest';
import { LABS } from '@/lib/course/labs';
import { START_INSTANT } from '@/lib/course/log';
import type { KubeObject } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import { Cluster } from '@/lib/sim';
import { compareFile } from './editor-compare';

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web   # the shop
spec:
  replicas: 3   # three of them
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
      - name: web
        image: my-web-app:v1
        resources:
          requests: {cpu: 0.5, memory: 1024Mi}
        ports:
        - containerPort: 8080
`;
const SERVICE = `---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
  - port: 80
    targetPort: 8080
`;

function cluster(text: string): Cluster {
  const made = Cluster.create({ k8s: '1.32', seed: 1, now: START_INSTANT });
  const { outcome, problems } = made.applyText('a.yaml', text);
  if (outcome !== 'applied') throw new Error(JSON.stringify(problems));
  return made;
}

/** Changes an object as somebody else would (kubectl scale, label, edit). */
function change(
  at: Cluster,
  kind: string,
  name: string,
  by: (object: Record<string, unknown>) => object,
): void {
  const live = at.api.get<KubeObject>(kind, 'default', name);
  const error = at.apply(by(structuredClone(live) as never) as KubeObject);
  if (error) throw new Error(error.message);
  at.settle();
}

describe('compareFile', () => {
  test('what was applied is the same, defaults and allocated fields aside', () => {
    const text = DEPLOYMENT + SERVICE;
    const { objects, text: live, unreadable } = compareFile(cluster(text), 'a.yaml', text);
    expect(objects.map(({ state }) => state)).toEqual(['same', 'same']);
    expect(live).toBe(text);
    expect(unreadable).toBe(false);
  });

  test('after kubectl scale: one value, everything else of the text stays', () => {
    const at = cluster(DEPLOYMENT + SERVICE);
    change(at, 'Deployment', 'web', (o) => ({ ...o, spec: { ...(o['spec'] as object), replicas: 5 } }));
    const { objects, text } = compareFile(at, 'a.yaml', DEPLOYMENT + SERVICE);
    expect(objects[0]).toMatchObject({ state: 'differs', fields: ['spec.replicas'] });
    expect(text).toBe((DEPLOYMENT + SERVICE).replace('replicas: 3', 'replicas: 5'));
  });

  test('a label, a port and a changed selector of somebody else', () => {
    const at = cluster(DEPLOYMENT + SERVICE);
    change(at, 'Service', 'web', (o) => ({
      ...o,
      metadata: { ...(o['metadata'] as object), labels: { 'a.b/tier': 'yes' } },
      spec: {
        ...(o['spec'] as object),
        selector: { app: 'webb' },
        ports: [
          { name: 'http', port: 8080, targetPort: 8080, protocol: 'TCP' },
          { name: 'https', port: 443, targetPort: 8443, protocol: 'TCP' },
        ],
      },
    }));
    const { objects, text } = compareFile(at, 'a.yaml', DEPLOYMENT + SERVICE);
    expect(objects[1]?.fields).toEqual(['metadata.labels', 'spec.selector.app', 'spec.ports']);
    expect(text.slice(DEPLOYMENT.length)).toContain('selector:\n    app: webb');
    expect(text.slice(DEPLOYMENT.length)).toMatch(/a\.b\/tier: ["']yes["']/);
    expect(compareFile(at, 'a.yaml', text).objects.map(({ state }) => state)).toEqual(['same', 'same']);
  });

  test('an object that the cluster does not have is not in its version of the text', () => {
    const at = cluster(DEPLOYMENT);
    const { objects, text } = compareFile(at, 'a.yaml', DEPLOYMENT + SERVICE);
    expect(objects[1]).toMatchObject({ kind: 'Service', state: 'missing' });
    expect(text).toBe(DEPLOYMENT);
  });

  test('a List, JSON, and text that cannot be read', () => {
    const list = `kind: List\napiVersion: v1\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {x: "1"}}\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: b}, data: {x: "1"}}\n`;
    const at = cluster(list);
    change(at, 'ConfigMap', 'b', (o) => ({ ...o, data: { x: '2' } }));
    const compared = compareFile(at, 'a.yaml', list);
    expect(compared.objects.map(({ state }) => state)).toEqual(['same', 'differs']);
    expect(compareFile(at, 'a.yaml', compared.text).objects.map(({ state }) => state)).toEqual([
      'same',
      'same',
    ]);
    const json = JSON.stringify({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'a' },
      data: { x: '9' },
    });
    expect(compareFile(at, 'a.yaml', json)).toMatchObject({
      objects: [{ fields: ['data.x'] }],
      text: json.replace('9', '1'),
    });
    expect(compareFile(at, 'a.yaml', 'a: [')).toMatchObject({ objects: [], text: 'a: [', unreadable: true });
    expect(compareFile(at, 'a.yaml', 'apiVersion: v1\nkind: Thing\nmetadata: {name: x}\n').unreadable).toBe(
      true,
    );
  });

  test.each(LEARNER_VERSIONS)('v%s: every lab begins in step with its files', (k8s) => {
    for (const { lab } of LABS) {
      if (!lab.versions.includes(k8s)) continue;
      const at = Cluster.create({ k8s, seed: 1, now: START_INSTANT });
      for (const { name, text } of [...(lab.background ?? []), ...lab.start]) at.applyText(name, text);
      for (const { name, text } of lab.start) {
        const different = compareFile(at, name, text).objects.filter(({ state }) => state !== 'same');
        expect([lab.id, name, different]).toEqual([lab.id, name, []]);
      }
    }
  });
});
