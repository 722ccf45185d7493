import { expect, test } from 'vitest';
import { copyName, fullName, nameFault } from './file-names';

test('a name gets the ending of YAML unless it has one', () => {
  expect(fullName(' client ')).toBe('client.yaml');
  expect(fullName('a.yml')).toBe('a.yml');
  expect(fullName('v1.2')).toBe('v1.2.yaml');
});

test('names of other files, and names that no file can have', () => {
  const files = ['service.yaml'];
  expect(nameFault('Service.yaml', files)).toBe('nameTaken');
  expect(nameFault('service.yaml', files, 'service.yaml')).toBeUndefined();
  for (const name of ['', '.yaml', '../a.yaml', 'a/b.yaml', 'a b.yaml', `${'x'.repeat(70)}.yaml`])
    expect([name, nameFault(name, files)]).toEqual([name, 'nameWrong']);
});

test('a copy has the next number', () => {
  expect(copyName('service.yaml', ['service.yaml'])).toBe('service-2.yaml');
  expect(copyName('service-2.yaml', ['service.yaml', 'service-2.yaml'])).toBe('service-3.yaml');
});
