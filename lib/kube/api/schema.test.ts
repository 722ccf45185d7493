import { expect, test } from 'vitest';
import { schemaKinds, schemaOf, type FieldSchema } from './schema';
import { kinds } from './kinds';

const at = (schema: FieldSchema | undefined, ...path: string[]): FieldSchema | undefined =>
  path.reduce<FieldSchema | undefined>(
    (s, name) => (name === '[]' ? s?.items : s?.properties?.[name]),
    schema,
  );

test('every kind of the server has a schema', () => {
  expect([...schemaKinds()].sort()).toEqual(
    kinds()
      .map((k) => k.kind)
      .sort(),
  );
});

test('fields appear with their versions', () => {
  expect(at(schemaOf('Service', '1.29'), 'spec', 'trafficDistribution')).toBeUndefined();
  expect(at(schemaOf('Service', '1.30'), 'spec', 'trafficDistribution')?.type).toBe('string');
  const hook = ['spec', 'template', 'spec', 'containers', '[]', 'lifecycle', 'preStop'];
  expect(at(schemaOf('Deployment', '1.28'), ...hook, 'exec')).toBeDefined();
  expect(at(schemaOf('Deployment', '1.28'), ...hook, 'sleep')).toBeUndefined();
  expect(at(schemaOf('Deployment', '1.29'), ...hook, 'sleep')).toBeDefined();
});

test('enums, required fields and merge keys are there for the editor and for apply', () => {
  expect(at(schemaOf('Service', '1.32'), 'spec', 'type')?.enum).toContain('NodePort');
  const ports = at(schemaOf('Service', '1.32'), 'spec', 'ports');
  expect([ports?.mergeKey, ports?.items?.required]).toEqual(['port', ['port']]);
  expect(schemaOf('Nothing', '1.32')).toBeUndefined();
  expect(schemaOf('Pod', '1.32')).toBe(schemaOf('Pod', '1.32'));
});
