// What a node's system shows: its sockets, routes and kernel settings, in the layout of the real tools.
import { expect, test } from 'vitest';
import { testSession } from '../../testing';

const onNode = () => testSession({ console: { kind: 'node', name: 'node-1' } }).run;

test('ss lays its columns out by the colons; a socket bound to loopback says so', () => {
  const lines = onNode()('ss -tln').stdout.split('\n');
  expect(lines[0]).toBe('State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess');
  expect(lines).toContain('LISTEN 0      4096       127.0.0.1:10249      0.0.0.0:*          ');
  expect(lines).toContain('LISTEN 0      4096               *:10256            *:*          ');
});

test('all sockets of a program have its process id, each a descriptor of its own', () => {
  const found = [...onNode()('ss -tlnpH').stdout.matchAll(/"kube-proxy",pid=(\d+),fd=(\d)/g)];
  expect(found.map((m) => m[2])).toEqual(['3', '4']);
  expect(new Set(found.map((m) => m[1])).size).toBe(1);
});

test('what listens on 127.0.0.1 is not reached by the node’s address', () => {
  const run = onNode();
  expect(run('curl -s http://127.0.0.1:10249/proxyMode').stdout).toBe('iptables');
  expect(run('curl -s http://192.168.10.11:10249/proxyMode').exit).toBe(7);
});

test('routes stand in the order of the kernel’s trie', () => {
  const targets = onNode()('ip route')
    .stdout.split('\n')
    .map((line) => line.split(' ')[0]);
  expect(targets.slice(0, 5)).toEqual([
    'default',
    '10.244.1.0/24',
    '10.244.2.0/24',
    '10.244.3.0/24',
    '192.168.10.0/24',
  ]);
});

test('/proc/sys shows what sysctl sets', () => {
  const run = onNode();
  expect(run('cat /proc/sys/net/netfilter/nf_conntrack_max').stdout).toBe('262144\n');
  run('sysctl -w net.netfilter.nf_conntrack_max=1000');
  expect(run('cat /proc/sys/net/netfilter/nf_conntrack_max').stdout).toBe('1000\n');
  expect(run('ls /proc/sys/net').stdout).toContain('netfilter');
});
