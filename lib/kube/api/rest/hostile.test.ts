// Whatever a client sends gets an answer that a client can read: nothing throws, nothing hangs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RestApi } from './testing';

const PATHS = [
  '/api/v1/namespaces/default/services',
  '/api/v1/namespaces/default/services/web',
  '/api/v1/namespaces/default/services/web/status',
  '/api/v1/nodes/node-1/proxy',
  '/apis/apps/v1/namespaces/default/deployments',
  '/apis/apps/v1/namespaces/default/deployments/web/scale',
  '/apis/autoscaling/v1/namespaces/default/horizontalpodautoscalers',
  '/apis/events.k8s.io/v1/events',
  '/api/v1/namespaces/default/pods/x/log',
  '/api/v1/namespaces/default/pods/x/eviction',
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  '/openapi/v3/api/v1',
  '/api/v1/%zz/%00',
  '/as/',
  '//',
  '/api/v1/constructor/__proto__',
];
const TYPES = [
  'application/json',
  'application/yaml',
  'application/vnd.kubernetes.protobuf',
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
  'application/apply-patch+yaml',
  'x',
];
const QUERIES = [
  '',
  'watch=true&resourceVersion=-1',
  'limit=-5&continue=%%%',
  'limit=1e9',
  'labelSelector=((((',
  'fieldSelector==,!=\\',
  'fieldManager=a&force=true',
  'dryRun=All&fieldValidation=Strict',
  'resourceVersion=999999999999999999999',
  'sendInitialEvents=true',
];
const json = fc.json({ maxDepth: 4 });
const object = fc.record(
  {
    apiVersion: fc.constantFrom('v1', 'apps/v1', '', null, 7),
    kind: fc.constantFrom('Service', 'Deployment', 'Scale', 'List', null, []),
    metadata: fc.oneof(
      fc.constant(null),
      fc.constant('x'),
      fc.record({ name: fc.constantFrom('web', '', null, 'A B', '__proto__') }),
    ),
    spec: fc.oneof(
      fc.constant(null),
      fc.jsonValue({ maxDepth: 2 }),
      fc.record({
        ports: fc.oneof(fc.constant(null), fc.array(fc.jsonValue({ maxDepth: 1 }), { maxLength: 3 })),
        selector: fc.jsonValue({ maxDepth: 1 }),
        replicas: fc.jsonValue({ maxDepth: 1 }),
        template: fc.jsonValue({ maxDepth: 2 }),
      }),
    ),
    $patch: fc.constantFrom('delete', 'replace', 'x', 1),
  },
  { requiredKeys: [] },
);
const body = fc.oneof(
  json,
  object.map((o) => JSON.stringify(o)),
  fc.string(),
  fc.constant('a: &a [*a]\nb: !!js/x 1'),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => new Uint8Array([0x6b, 0x38, 0x73, 0, ...bytes])),
  fc
    .array(
      fc.record({
        op: fc.constantFrom('add', 'remove', 'test', 'move', 'x'),
        path: fc.constantFrom('/spec/ports/0', '/', '', '/metadata', 'x', '/spec/ports/-1'),
      }),
    )
    .map((ops) => JSON.stringify(ops)),
);

test('nothing that a client sends makes the server throw', () => {
  const rest = new RestApi();
  rest.service('web');
  fc.assert(
    fc.property(
      fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'X'),
      fc.constantFrom(...PATHS),
      fc.constantFrom(...QUERIES),
      fc.constantFrom(...TYPES),
      body,
      (method, path, query, type, sent) => {
        const response = rest.raw(method, `${path}?${query}`, sent, { 'content-type': type, accept: '*/*' });
        response.stream?.subscribe(
          () => undefined,
          () => undefined,
        )();
        expect(response.status).toBeGreaterThanOrEqual(200);
        expect(response.status).toBeLessThan(600);
      },
    ),
    { numRuns: 2000, seed: 99 },
  );
});
