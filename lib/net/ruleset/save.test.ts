// iptables-save texts of a real kernel are read and printed again to the letter, and rules written by kube-proxy print as the
// kernel prints them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kernelProbability } from './print';
import { parseSave, printSave } from './save';

const folder = join(process.env['JUDGES_DIR'] ?? '../shared', 'conformance/iptables/kernel-save');
const dumps = existsSync(folder) ? readdirSync(folder).filter((f) => f.endsWith('.txt')) : [];

const OWN = `*mangle
:PREROUTING ACCEPT [12:720]
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:KUBE-IPTABLES-HINT - [0:0]
COMMIT
*filter
:INPUT ACCEPT [0:0]
:FORWARD DROP [3:180]
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
-A INPUT -p tcp -m multiport --dports 22,80 -m comment --comment "it\\'s \\"quoted\\"" -j ACCEPT
-A FORWARD -i docker0 ! -o docker0 -j DOCKER
-A DOCKER -m physdev ! --physdev-is-in -g OTHER
-A DOCKER -j LOG --log-prefix "denied: " --log-level 4
COMMIT
`;

test('chains and rules of other programs come back as they were', () => {
  expect(printSave(parseSave(OWN, 'IPv4'))).toBe(OWN);
});

test('counters of rules are kept and printed with -c', () => {
  const text = '*filter\n:INPUT ACCEPT [0:0]\n[5:300] -A INPUT -s 10.0.0.1/32 -j DROP\nCOMMIT\n';
  const tables = parseSave(text, 'IPv4');
  expect(printSave(tables, { counters: true })).toContain('[5:300] -A INPUT -s 10.0.0.1/32 -j DROP');
});

test.each([
  ['0.5000000000', '0.50000000000'],
  ['0.3333333333', '0.33333333349'],
  ['0.2500000000', '0.25000000000'],
])('the kernel keeps %s as %s', (written, kept) => {
  expect(kernelProbability(written)).toBe(kept);
});

describe.skipIf(dumps.length === 0)('dumps of a real kernel', () => {
  test.each(dumps)('%s', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const family = /IPv6|ipv6/.test(name) ? 'IPv6' : 'IPv4';
    expect(printSave(parseSave(text, family))).toBe(text);
  });
});
