// nft on a node: lists what kube-proxy wrote and edits it by hand, with the real tool's layout and messages.
import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { Cluster } from '@/lib/sim';
import { testSession } from '../../../testing';

const CONSOLE = { kind: 'node', name: 'node-1' } as const;
const onNode = () => testSession({ console: CONSOLE });

const TABLE = [
  'add table ip k',
  'add set ip k s { type ipv4_addr ; comment "some addresses" ; }',
  'add map ip k m { type ipv4_addr . inet_proto . inet_service : verdict ; }',
  'add chain ip k base { type filter hook input priority -110 ; }',
  'add chain ip k svc',
  'add rule ip k svc ip saddr != 10.0.0.0/8 drop comment "outside"',
  'add rule ip k base ct state new jump svc',
  'add rule ip k base ip daddr . meta l4proto . th dport vmap @m',
  'add element ip k s { 10.0.0.2 }',
  'add element ip k s { 10.0.0.1 }',
  'add element ip k m { 10.0.0.1 . tcp . 80 : goto svc }',
].join('\\n');

/** Command lines whose words and exit codes are the real tool's. */
const LINES: readonly string[] = [
  'nft list ruleset; nft list tables; nft list table ip k; nft list table k; nft -s list ruleset ip; nft list ruleset ip6',
  'nft list chain ip k svc; nft list set ip k s; nft list map ip k m; nft list chains; nft list sets ip; nft list maps; nft -t list map ip k m',
  'nft list table ip foo; nft list table foo; nft list table inet k; nft list chain ip k nowhere; nft list set ip k m; nft list map ip k s',
  'nft add rule ip k nowhere accept; nft add rule ip k svc jump nowhere; nft delete chain ip k svc; nft delete chain ip k zzzzzzzzzz; nft flush chain ip k zzzzzzzzzz',
  "nft add element ip k m '{ 10.0.0.1 . tcp . 80 : drop }'; nft delete element ip k m '{ 9.9.9.9 . tcp . 80 }'; nft delete element ip k m '{ 10.0.0.1 . tcp . 80 }'; nft list map ip k m",
  'nft list; nft list blah; nft add rule ip k; nft delete rule ip k svc handle 999',
  'nft add table ip x; nft list tables; nft delete table ip x; nft flush ruleset ip6; nft list tables; nft flush ruleset; nft list ruleset',
  "nft add chain ip k y '{ type nat hook postrouting priority 100 ; }'; nft insert rule ip k y tcp dport 22 accept; nft insert rule ip k y oifname eth0 masquerade; nft list chain ip k y",
  'nft flush chain ip k base; nft list chain ip k base; nft flush table ip k; nft list table ip k',
  'nft -n list ruleset; nft -y list chain ip k base; nft -p list map ip k m; nft -T list set ip k s',
  "nft add set ip k t '{ type inet_proto ; timeout 1d2h ; }'; nft add rule ip k svc ct state established,related fib daddr type local meta l4proto tcp accept; nft add rule ip k svc meta l4proto '{ tcp, udp }' drop; nft -n list table ip k; nft -T list set ip k t",
  "nft -f /nonexist; printf 'add table ip y\\nadd chain ip y c\\nadd rule ip y zzzzzzzzzz accept\\n' | nft -f -; nft list tables; nft -c add table ip z; nft list tables; nft -v",
];

const works =
  spawnSync('unshare', ['-n', 'sh', '-c', "nft -v | grep -q 'v1.0.6' && nft list ruleset"]).status === 0;

describe.skipIf(!works)('says what the real nft says (skipped without root or nft 1.0.6)', () => {
  test.each(LINES)('%s', (line) => {
    const whole = `printf '${TABLE}\\n' | nft -f -; ${line}`;
    const real = spawnSync('unshare', ['-n', 'bash', '-c', whole], { encoding: 'utf8' });
    const node = onNode();
    // The real node of this test is empty; a simulated one has iptables' tables.
    node.run('nft flush ruleset');
    const mine = node.run(whole);
    expect({ stdout: mine.stdout, stderr: mine.stderr, exit: mine.exit }).toEqual({
      stdout: real.stdout,
      stderr: real.stderr,
      exit: real.status,
    });
  });
});

/** What is asked of a node with kube-proxy's iptables rules. */
const OF_IPTABLES: readonly string[] = [
  'nft list ruleset; nft -a list ruleset; nft list ruleset ip; nft list ruleset ip6; nft list tables',
  'nft -n list ruleset; nft -y list table ip filter; nft -p list chain ip nat KUBE-SERVICES',
  'nft list table ip nat; nft list table mangle; nft list chains; nft list sets; nft -s list table ip filter',
  'nft list chain ip nat KUBE-MARK-MASQ; nft -a list chain nat KUBE-SERVICES; nft list chain ip nat KUBE-KUBELET-CANARY; nft list chain ip nat NOWHERE',
  'nft add table ip nat; nft list map ip nat x; nft flush ruleset ip6; nft list tables; nft flush ruleset; nft list ruleset; iptables-save',
];

const managed =
  works &&
  spawnSync('unshare', ['-n', 'sh', '-c', "iptables -V | grep -q 'v1.8.9 (nf_tables)'"]).status === 0;

describe.skipIf(!managed)(
  'iptables’ tables by nft (skipped without root, nft 1.0.6 or iptables 1.8.9)',
  () => {
    test.each(OF_IPTABLES)('%s', (line) => {
      // v1.30 has no nfacct counters, which a test machine may lack.
      const cluster = Cluster.create({ k8s: '1.30', seed: 1, now: '2026-01-01T00:00:00Z' });
      const { run } = testSession({ cluster, console: CONSOLE });
      const saved = run('iptables-save').stdout;
      const script = `iptables-restore; ${line}`;
      const real = spawnSync('unshare', ['-n', 'bash', '-c', script], { encoding: 'utf8', input: saved });
      const mine = run(line);
      expect({ stdout: mine.stdout, stderr: mine.stderr, exit: mine.exit }).toEqual({
        stdout: real.stdout,
        stderr: real.stderr,
        exit: real.status,
      });
    });
  },
);

test('counters of iptables’ rules count in nft’s listing too', () => {
  const { run } = onNode();
  run('curl -sk https://10.96.0.1 || true');
  const listed = run('nft list chain ip nat KUBE-SERVICES').stdout;
  expect(listed).toMatch(/ip daddr 10\.96\.0\.1 {2}tcp dport 443 counter packets 1 bytes \d+ jump KUBE-SVC-/);
});

test('nft does not change what iptables manages: one line says so', () => {
  const { run } = onNode();
  for (const line of [
    'nft add rule ip nat KUBE-SERVICES counter',
    'nft flush chain nat KUBE-SERVICES',
    'nft delete rule ip nat KUBE-SERVICES handle 9',
    'nft delete table ip nat',
  ])
    expect(run(line)).toMatchObject({
      exit: 1,
      stderr: 'nft: table ip nat is managed by iptables-nft; here it is changed with iptables only\n',
    });
});

test('nft flush ruleset takes kube-proxy’s iptables rules away, and kube-proxy writes them again', () => {
  const { run, cluster } = onNode();
  run('nft flush ruleset');
  expect(run('iptables-save').stdout).toBe('');
  cluster.advance(30_000);
  expect(run('nft list chain ip nat KUBE-SERVICES').stdout).toContain('jump KUBE-SVC-');
});

test('in nftables mode the kubelet’s iptables tables stand before kube-proxy’s own', () => {
  const cluster = Cluster.create({
    k8s: '1.32',
    proxyMode: 'nftables',
    seed: 1,
    now: '2026-01-01T00:00:00Z',
  });
  const { run } = testSession({ cluster, console: CONSOLE });
  expect(run('nft list tables').stdout).toBe(
    'table ip mangle\ntable ip filter\ntable ip nat\ntable ip kube-proxy\n',
  );
});

test('what is not simulated says so in one line', () => {
  const { run } = onNode();
  expect(run('nft monitor').stderr).toBe('nft: monitor is not simulated here\n');
  expect(run('nft -j list ruleset').stderr).toBe('nft: -j: JSON output is not simulated here\n');
});

test('a rule is deleted by the handle that -a shows', () => {
  const { run } = onNode();
  run(`printf '${TABLE}\\n' | nft -f -`);
  const listed = run('nft -a list chain ip k svc').stdout;
  expect(listed).toMatch(
    /chain svc \{ # handle \d+\n\t\tip saddr != 10\.0\.0\.0\/8 drop comment "outside" # handle \d+\n/,
  );
  const handle = /"outside" # handle (\d+)/.exec(listed)?.[1] ?? '';
  expect(run(`nft delete rule ip k svc handle ${handle}`)).toMatchObject({ exit: 0, stderr: '' });
  expect(run('nft list chain ip k svc').stdout).toBe('table ip k {\n\tchain svc {\n\t}\n}\n');
});
