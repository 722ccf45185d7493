import { expect, test } from 'vitest';
import { packet as en } from '@/lib/i18n/messages/en/packet';
import { parseDestination, parseOutside } from './packet-input';

test.each([
  ['10.96.0.10:53', 'udp', { to: '10.96.0.10', port: 53, protocol: 'udp' }],
  [' [fd00::10]:80 ', 'tcp', { to: 'fd00::10', port: 80, protocol: 'tcp' }],
  ['10.244.1.3', 'icmp', { to: '10.244.1.3', protocol: 'icmp' }],
  ['fd00::3', 'icmp', { to: 'fd00::3', protocol: 'icmp' }],
  ['10.0.0.1:3868', 'sctp', { to: '10.0.0.1', port: 3868, protocol: 'sctp' }],
] as const)('%s by %s', (text, protocol, to) => {
  expect(parseDestination(text, protocol)).toEqual({ ok: true, value: to });
});

test.each([
  ['', 'tcp', 'input.empty'],
  ['10.96.0.300:80', 'tcp', 'input.address'],
  ['my-web-service:80', 'tcp', 'input.name'],
  ['10.96.0.10', 'tcp', 'input.noPort'],
  ['fd00::10', 'udp', 'input.noPort6'],
  ['10.96.0.10:', 'tcp', 'input.port'],
  ['10.96.0.10:70000', 'tcp', 'input.port'],
  ['10.96.0.10:http', 'tcp', 'input.port'],
  ['10.96.0.10:80', 'icmp', 'input.icmpPort'],
] as const)('%s by %s is refused in one sentence', (text, protocol, code) => {
  const parsed = parseDestination(text, protocol);
  expect(parsed.ok ? undefined : parsed.error.code).toBe(code);
  expect(en).toHaveProperty([code]);
});

test.each([
  ['203.0.113.9', true],
  ['2001:db8::9', true],
  ['127.0.0.1', false],
  ['somebody', false],
  ['', false],
])('%s as a client outside', (text, good) => {
  expect(parseOutside(text).ok).toBe(good);
});
