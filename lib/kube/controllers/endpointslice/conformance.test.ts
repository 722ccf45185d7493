import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as adapter from './conformance';

// Kubernetes' own tables for the EndpointSlice reconciler, where the judges' folder is present.
const folder = join(resolve(process.env['JUDGES_DIR'] ?? '../shared'), 'conformance');

interface Judges {
  inProcessTestsOf(fixture: unknown): readonly { run(adapter: unknown): { ok: boolean; message: string } }[];
}
interface Cases {
  loadFixtures(sets?: readonly string[]): readonly { readonly name: string }[];
}

const present = existsSync(folder);
if (!present) console.info('judges skipped: no folder named by JUDGES_DIR');
const load = async <T>(file: string): Promise<T> =>
  (await import(/* @vite-ignore */ pathToFileURL(join(folder, file)).href)) as T;

describe.skipIf(!present)('the EndpointSlice reconciler against the tables of Kubernetes', async () => {
  if (!present) return;
  const { inProcessTestsOf } = await load<Judges>('in-process.mjs');
  const { loadFixtures } = await load<Cases>('cases.mjs');
  const fixtures = loadFixtures(['endpointslice']);
  test('the table is there', () => expect(fixtures.length).toBeGreaterThan(40));
  test.each(fixtures.map((f) => [f.name, f] as const))('%s', (_, fixture) => {
    for (const { run } of inProcessTestsOf(fixture)) {
      const verdict = run(adapter);
      expect(verdict.ok, verdict.message).toBe(true);
    }
  });
});
