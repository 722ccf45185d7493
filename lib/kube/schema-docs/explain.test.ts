// Every sentence is about a field that exists, and every default is what the API server really fills in.
import { describe, expect, test } from 'vitest';
import { kindInfo, kinds } from '@/lib/kube/api/kinds';
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import { testApi } from '@/lib/kube/api/testing';
import type { KubeObject } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import { DOCS, explain, fieldDoc, typeDoc } from './explain';
import type { FieldDoc } from './types';
import { networkPolicyDocs } from './network-policy';

/** Field names by Go's name of the type, over all kinds in the newest version. */
function schemaFields(): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const seen = new Set<FieldSchema>();
  const walk = (schema: FieldSchema): void => {
    if (seen.has(schema)) return;
    seen.add(schema);
    if (schema.items) walk(schema.items);
    if (!schema.properties) return;
    const names = found.get(schema.go) ?? new Set();
    found.set(schema.go, names);
    for (const [name, field] of Object.entries(schema.properties)) {
      names.add(name);
      walk(field);
    }
  };
  for (const { kind } of kinds()) {
    const schema = schemaOf(kind, '1.34');
    if (schema) walk(schema);
  }
  return found;
}

describe('the sentences', () => {
  const known = schemaFields();
  const policies = kindInfo('NetworkPolicy') !== undefined;
  const documented = Object.keys(DOCS).filter((go) => policies || !Object.hasOwn(networkPolicyDocs, go));

  test.each(documented)('%s: every documented field exists', (go) => {
    const fields = known.get(go);
    expect(fields).toBeDefined();
    for (const name of Object.keys(DOCS[go]?.fields ?? {}))
      expect([name, fields?.has(name)]).toEqual([name, true]);
  });

  test('both languages say something, and end as sentences do', () => {
    for (const [go, { about, fields }] of Object.entries(DOCS))
      for (const [name, { en, zh, rules }] of Object.entries<FieldDoc>({ ...fields, '': about }))
        for (const { en: english, zh: chinese } of [{ en, zh }, ...(rules ? [rules] : [])]) {
          expect(`${go}.${name} ${english}`).toMatch(/\.$/);
          expect(`${go}.${name} ${chinese}`).toMatch(/。$/);
          expect(chinese).toMatch(/[\u4e00-\u9fff]/);
        }
  });

  test.each(['Service', 'EndpointSlice', 'ConfigMap', 'Namespace', 'NetworkPolicy'])(
    '%s: every field that a manifest can have is explained',
    (kind) => {
      const missing: string[] = [];
      const walk = (schema: FieldSchema, path: string): void => {
        if (schema.items) walk(schema.items, path);
        for (const [name, field] of Object.entries(schema.properties ?? {})) {
          const at = path === '' ? name : `${path}.${name}`;
          if (/^(status|metadata\.(managedFields|ownerReferences))\./.test(at)) continue;
          if (!fieldDoc(schema.go, name)) missing.push(at);
          walk(field, at);
        }
      };
      const schema = schemaOf(kind, '1.32');
      if (schema) walk(schema, '');
      expect(missing.filter((path) => !path.startsWith('endpoints.targetRef.'))).toEqual([]);
    },
  );
});

const container = { name: 'web', image: 'nginx:1.27' };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };
const selector = { matchLabels: { app: 'web' } };
const head = (apiVersion: string, kind: string): Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'> => ({
  apiVersion,
  kind,
  metadata: { name: 'web' },
});
const SAMPLES: readonly object[] = [
  {
    ...head('v1', 'Service'),
    spec: {
      type: 'LoadBalancer',
      selector: { app: 'web' },
      ports: [{ port: 80 }],
      sessionAffinity: 'ClientIP',
    },
  },
  { ...head('v1', 'Service'), metadata: { name: 'plain' }, spec: { ports: [{ port: 80 }] } },
  { ...head('apps/v1', 'Deployment'), spec: { selector, template } },
  { ...head('apps/v1', 'DaemonSet'), spec: { selector, template } },
  {
    ...head('v1', 'Pod'),
    // Admission would mount the token, with fields of its own.
    spec: {
      automountServiceAccountToken: false,
      containers: [
        { ...container, ports: [{ containerPort: 80 }], readinessProbe: { httpGet: { port: 80 } } },
      ],
    },
  },
  {
    ...head('discovery.k8s.io/v1', 'EndpointSlice'),
    addressType: 'IPv4',
    endpoints: [],
    ports: [{ port: 80 }],
  },
];

describe('defaults', () => {
  /** What a server of the version fills in: "v1.ServiceSpec.type" → values seen. */
  function filledIn(k8s: (typeof LEARNER_VERSIONS)[number]): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>();
    const { api } = testApi({ k8s });
    const walk = (schema: FieldSchema, value: unknown): void => {
      const { items } = schema;
      if (Array.isArray(value)) {
        if (items) for (const item of value) walk(items, item);
      } else if (typeof value === 'object' && value !== null)
        for (const [name, inner] of Object.entries(value)) {
          const field = schema.properties?.[name];
          if (!field) continue;
          const key = `${schema.go}.${name}`;
          found.set(key, (found.get(key) ?? new Set()).add(String(inner)));
          walk(field, inner);
        }
    };
    for (const sample of SAMPLES) {
      const object = sample as KubeObject;
      const created = api.create(object);
      if (!created.ok) throw new Error(created.error.message);
      const schema = schemaOf(object.kind, k8s);
      if (schema) walk(schema, created.value);
    }
    return found;
  }

  test.each(LEARNER_VERSIONS)('v%s: what the sentences name is what the server fills in', (k8s) => {
    const found = filledIn(k8s);
    const wrong: string[] = [];
    for (const [go, { fields }] of Object.entries(DOCS))
      for (const [name, { default: value }] of Object.entries(fields)) {
        const seen = found.get(`${go}.${name}`);
        if (value !== undefined && seen && !seen.has(value))
          wrong.push(`${go}.${name}: ${value}, not ${[...seen].join(' ')}`);
      }
    expect(wrong).toEqual([]);
  });
});

describe('explain', () => {
  test('a field of a list item, with or without its position', () => {
    const byPlace = explain('Service', ['spec', 'ports', '0', 'nodePort'], '1.32');
    expect(byPlace).toEqual(explain('Service', ['spec', 'ports', 'nodePort'], '1.32'));
    expect(byPlace).toMatchObject({ path: ['spec', 'ports', 'nodePort'], required: false });
    expect(explain('Service', ['spec', 'ports', 'port'], '1.32')?.required).toBe(true);
  });

  test('a field that came later says since when, and whether its gate is on', () => {
    const path = ['spec', 'trafficDistribution'];
    expect(explain('Service', path, '1.29')).toBeUndefined();
    expect(explain('Service', path, '1.30')).toMatchObject({
      since: '1.30',
      gateOff: 'ServiceTrafficDistribution',
    });
    expect(explain('Service', path, '1.31')?.gateOff).toBeUndefined();
  });

  test('a kind, a label, a field that nobody has explained, and one that is none', () => {
    expect(explain('Service', [], '1.32')?.doc?.en).toMatch(/stable address/);
    expect(explain('Pod', ['metadata', 'labels', 'app', 'name'], '1.32')?.path).toEqual([
      'metadata',
      'labels',
    ]);
    expect(explain('Pod', ['spec', 'volumes', '0', 'iscsi'], '1.32')).toMatchObject({
      path: ['spec', 'volumes', 'iscsi'],
    });
    expect(explain('Pod', ['spec', 'volumes', '0', 'iscsi'], '1.32')?.doc).toBeUndefined();
    expect(explain('Service', ['spec', 'nonsense'], '1.32')).toBeUndefined();
    expect(explain('Service', ['constructor'], '1.32')).toBeUndefined();
    expect(typeDoc('toString')).toBeUndefined();
  });
});
