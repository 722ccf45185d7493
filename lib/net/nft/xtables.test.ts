// iptables' tables through nft's eyes: byte for byte what `nft list ruleset` prints of the same rules on a real node. Needs Linux, root,
// iptables 1.8.9 (nf_tables) and nft 1.0.6; says so where it cannot run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseSave, printSave } from '@/lib/net/ruleset/save';
import { NodeTables } from '@/lib/net/ruleset/tables';
import type { RuleFamily } from '@/lib/net/ruleset/types';
import { restoreInput } from '@/lib/proxy/testing/random-restore';
import { listRuleset } from './list';
import { xtTables } from './xtables';

const SEEDS = 25;

const BY_HAND = `*filter
:INPUT ACCEPT [3:4]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:MINE - [0:0]
[5:77] -A MINE -s 1.2.3.4/32 -d 10.0.0.0/8 -i eth0 -o eth1 -p tcp -m comment --comment x -m tcp --dport 80 -j ACCEPT
[0:0] -A MINE ! -s 1.2.3.4/32 ! -d 10.0.0.0/8 ! -i eth+ ! -o eth1 ! -p tcp -j ACCEPT
[0:0] -A MINE -d 10.0.0.1/32 -p tcp -m tcp --dport 80 -j ACCEPT
[0:0] -A MINE -p tcp -m tcp ! --dport 80:90 -j ACCEPT
[0:0] -A MINE -p udp -m udp --sport 80:81 -j RETURN
[0:0] -A MINE -p sctp -m sctp --dport 7 -j DROP
[0:0] -A MINE -p icmp -j REJECT --reject-with icmp-host-prohibited
[0:0] -A MINE -p tcp -j REJECT --reject-with tcp-reset
[0:0] -A MINE -j REJECT --reject-with icmp-proto-unreachable
[0:0] -A MINE -j REJECT --reject-with icmp-port-unreachable
[0:0] -A MINE -m mark --mark 0x4000 -j DROP
[0:0] -A MINE -m mark ! --mark 0x1/0xff -j DROP
[0:0] -A MINE -p tcp -m mark --mark 0x1 -m tcp --dport 22 -j ACCEPT
[0:0] -A MINE -p tcp -m conntrack --ctstate NEW -m tcp --dport 22 -j ACCEPT
[0:0] -A MINE -m conntrack ! --ctstate INVALID,NEW -j DROP
[0:0] -A MINE -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
[0:0] -A MINE -m addrtype ! --src-type LOCAL -j DROP
[0:0] -A MINE -m addrtype --dst-type BROADCAST,MULTICAST -j DROP
[0:0] -A MINE -m statistic --mode random --probability 0.10000000009 -j DROP
[0:0] -A MINE -j LOG --log-prefix "hi there"
[0:0] -A MINE -j MARK --set-xmark 0x4000/0xffffffff
[0:0] -A MINE -j MARK --set-xmark 0x4000/0xff00
[0:0] -A MINE -j MARK --set-xmark 0x0/0xff00
[0:0] -A MINE -p tcp -m tcp
[0:0] -A MINE -p tcp
[0:0] -A MINE
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:MINE - [0:0]
[0:0] -A MINE -p tcp -m tcp -j DNAT --to-destination 1.2.3.4:80
[0:0] -A MINE -j SNAT --to-source 1.2.3.4
[0:0] -A MINE -j MASQUERADE
[0:0] -A MINE -p tcp -j REDIRECT --to-ports 80
COMMIT
`;

const BY_HAND_6 = `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:MINE - [0:0]
-A MINE -s fd00::1/128 -d fd00::/64 -p tcp -m comment --comment x -m tcp --dport 80 -j REJECT --reject-with icmp6-port-unreachable
-A MINE ! -s fd00::1/128 -p ipv6-icmp -j REJECT --reject-with icmp6-adm-prohibited
-A MINE -p udp -m udp --dport 80 -j REJECT --reject-with icmp6-addr-unreachable
COMMIT
*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
:MINE - [0:0]
-A MINE -p tcp -m tcp -j DNAT --to-destination [fd00::1]:80
-A MINE -j MASQUERADE --random-fully
COMMIT
`;

const inNamespace = (script: string, cwd?: string) =>
  spawnSync('unshare', ['-n', 'sh', '-c', script], {
    encoding: 'utf8',
    ...(cwd === undefined ? {} : { cwd }),
  });

const available =
  inNamespace(
    "nft -v | grep -q 'v1.0.6' && iptables -V | grep -q 'v1.8.9 (nf_tables)' && echo '*nat\nCOMMIT' | iptables-restore",
  ).status === 0;

/** What nft prints of iptables-save's text, restored on an empty node. */
function realListing(text: string, family: RuleFamily): string {
  const folder = mkdtempSync(join(tmpdir(), 'servicepath-xt-'));
  try {
    writeFileSync(join(folder, 'rules'), text);
    const tool = family === 'IPv6' ? 'ip6tables' : 'iptables';
    const run = inNamespace(`${tool}-restore --counters < rules && nft list ruleset > out`, folder);
    expect(run.status, run.stderr).toBe(0);
    return readFileSync(join(folder, 'out'), 'utf8');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!available)(
  'as the real nft lists it (skipped without root, iptables 1.8.9 or nft 1.0.6)',
  () => {
    test.each([
      ['IPv4', BY_HAND],
      ['IPv6', BY_HAND_6],
    ] as const)('rules written by hand, %s', (family, text) => {
      const tables = parseSave(text, family);
      expect(listRuleset(xtTables(tables))).toBe(realListing(printSave(tables, { counters: true }), family));
    });

    test.each(['IPv4', 'IPv6'] as const)(`${SEEDS} random clusters, %s`, { timeout: 120_000 }, (family) => {
      for (let seed = 0; seed < SEEDS; seed++) {
        const tables = NodeTables.empty(family).restored(restoreInput(seed, family));
        const real = realListing(printSave(tables), family);
        expect({ seed, text: listRuleset(xtTables(tables)) }).toEqual({ seed, text: real });
      }
    });
  },
);
