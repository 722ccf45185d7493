import { expect, test } from 'vitest';
import type { Call } from '@/lib/net/datapath/connect';
import { packetOf, packetTarget } from './packet-target';

test.each<[string, Call]>([
  [
    'packet:pod/default/client->10.96.42.231:80/tcp',
    { from: { pod: 'default/client' }, to: '10.96.42.231', port: 80, protocol: 'tcp' },
  ],
  ['packet:node/node-1->fd00::1/icmp', { from: { node: 'node-1' }, to: 'fd00::1', protocol: 'icmp' }],
  [
    'packet:external/203.0.113.7->[fd00::1]:53/udp',
    { from: { external: '203.0.113.7' }, to: 'fd00::1', port: 53, protocol: 'udp' },
  ],
])('%s', (text, call) => {
  expect(packetOf(text)).toEqual(call);
  expect(packetTarget(call)).toBe(text);
});

test.each([
  'chain:KUBE-SVC-X',
  'packet:',
  'packet:pod/client->10.0.0.1:80/tcp',
  'packet:pod/default/client->my-web-service:80/tcp',
  'packet:node/->10.0.0.1:80/tcp',
  'packet:node/n->10.0.0.1:99999/tcp',
  'packet:node/n->10.0.0.1/tcp',
  'packet:node/n->10.0.0.1:80/icmp',
])('%s is no packet', (text) => {
  expect(packetOf(text)).toBeUndefined();
});
