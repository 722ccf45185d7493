// The node that announces an address is the one that MetalLB's own rule names: the first by sha256(node + "#" + address).
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layer2Leader } from './leader';

/** The rule of speaker/layer2_controller.go with another SHA-256: nodes sorted by the bytes of the digest. */
const bySource = (nodes: readonly string[], address: string): string | undefined => {
  const digest = (node: string): Buffer => createHash('sha256').update(`${node}#${address}`).digest();
  return nodes.toSorted((a, b) => Buffer.compare(digest(a), digest(b)))[0];
};

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}[a-z0-9]$/);
const address = fc.oneof(fc.ipV4(), fc.ipV6());

test('the leader is the first by the bytes of the hash', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), address, (nodes, ip) => {
      expect(layer2Leader(nodes, ip)).toBe(bySource(nodes, ip));
    }),
  );
});

test('every speaker comes to the same leader, in whatever order it knows the others', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), address, (nodes, ip) => {
      expect(layer2Leader(nodes.toReversed(), ip)).toBe(layer2Leader(nodes, ip));
    }),
  );
});

test('a node that goes moves only the addresses that it announced', () => {
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 2, maxLength: 8 }), address, (nodes, ip) => {
      const [gone, ...others] = nodes;
      const before = layer2Leader(nodes, ip);
      if (before !== gone) expect(layer2Leader(others, ip)).toBe(before);
    }),
  );
});

/** `for n in 1 2 3; do printf 'node-%s#ADDRESS' $n | sha256sum; done`: whose line sorts first. */
const KNOWN: Readonly<Record<string, string>> = {
  '192.168.10.240': 'node-3',
  '192.168.10.244': 'node-3',
  '192.168.10.245': 'node-1',
  '192.168.10.246': 'node-2',
  '192.168.10.247': 'node-1',
};

test('addresses whose digests were computed by another program', () => {
  const nodes = ['node-1', 'node-2', 'node-3'];
  for (const [ip, leader] of Object.entries(KNOWN)) expect(layer2Leader(nodes, ip)).toBe(leader);
  expect(layer2Leader([], '192.168.10.240')).toBeUndefined();
});
