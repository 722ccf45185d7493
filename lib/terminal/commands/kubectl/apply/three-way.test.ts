import { expect, test } from 'vitest';
import { schemaOf } from '@/lib/kube/api/schema';
import { threeWayPatch, twoWayPatch } from './three-way';

const schema = schemaOf('Service', '1.32');

test('ports are matched by their number; one that is gone is deleted, and the order is told', () => {
  const before = { spec: { ports: [{ port: 80 }] } };
  const after = { spec: { ports: [{ port: 8000 }] } };
  const live = { spec: { ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] } };
  expect(threeWayPatch(before, after, live, schema)).toEqual({
    spec: {
      '$setElementOrder/ports': [{ port: 8000 }],
      ports: [{ port: 8000 }, { $patch: 'delete', port: 80 }],
    },
  });
});

test('what only the server set stays', () => {
  const file = { spec: { type: 'ClusterIP' } };
  expect(threeWayPatch(file, file, { spec: { type: 'ClusterIP', clusterIP: '10.96.0.9' } }, schema)).toEqual(
    {},
  );
});

test('what the file gave before and gives no more is removed', () => {
  expect(
    threeWayPatch(
      { metadata: { labels: { a: 'b' } } },
      { metadata: {} },
      { metadata: { labels: { a: 'b' } } },
      schema,
    ),
  ).toEqual({ metadata: { labels: null } });
});

test('of a union the fields that stay are named', () => {
  const deployment = schemaOf('Deployment', '1.32');
  const patch = twoWayPatch(
    { spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } } } },
    { spec: { strategy: { type: 'Recreate' } } },
    deployment,
  );
  expect(patch).toEqual({
    spec: { strategy: { $retainKeys: ['type'], rollingUpdate: null, type: 'Recreate' } },
  });
});
