import { expect, test } from 'vitest';
import { Random } from '@/lib/core/random';
import { createApi } from '.';
import { messageOf, must, service, START } from './testing';

const api = (admissionPlugins: readonly string[]) =>
  createApi({ random: Random.seeded(1), now: () => START, k8s: '1.32', admissionPlugins }).api;
const external = service({ ports: [{ port: 80 }], externalIPs: ['198.51.100.7'] });

test('DenyServiceExternalIPs refuses new external addresses; those that are there may stay or go', () => {
  expect(messageOf(api([]).create(external))).toBe('ok');
  const guarded = api(['DenyServiceExternalIPs']);
  expect(messageOf(guarded.create(external))).toBe(
    'services "web" is forbidden: Use of external IPs is denied by admission control.',
  );
  const stored = must(guarded.load(external));
  expect(messageOf(guarded.update({ ...stored, metadata: { ...stored.metadata, labels: { a: 'b' } } }))).toBe(
    'ok',
  );
});
