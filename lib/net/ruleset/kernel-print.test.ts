// What the terminal prints of a node's rules is what the real iptables-save and iptables -L print after the kernel took them in.
// Needs Linux, root and iptables 1.8.9 (nf_tables); says so where it cannot run. print ∘ parse = identity needs nothing.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IPFamily } from '@/lib/kube/types';
import { restoreInput } from '@/lib/proxy/testing/random-restore';
import { printList } from './list';
import { printCommands } from './list-commands';
import { printRestore, type RestoreInput } from './restore-input';
import { parseSave, printSave } from './save';
import { NodeTables } from './tables';

const SEEDS = 25;
const FAMILIES = ['IPv4', 'IPv6'] as const;

const tablesOf = (input: RestoreInput, family: IPFamily): NodeTables =>
  NodeTables.empty(family).restored(input);

describe.each(FAMILIES)('print ∘ parse = identity, %s', (family) => {
  test(`${SEEDS} random clusters`, () => {
    for (let seed = 0; seed < SEEDS; seed++) {
      const text = printSave(tablesOf(restoreInput(seed, family), family), { counters: true });
      expect(printSave(parseSave(text, family), { counters: true })).toBe(text);
    }
  });
});

/** Rules that people write by hand, beside kube-proxy's. */
const BY_HAND = `*filter
:MINE - [0:0]
:OTHER - [0:0]
-A INPUT -m conntrack --ctstate NEW -j MINE
-A MINE ! -s 10.1.2.3 ! -d 10.0.0.0/8 ! -i lo -j ACCEPT
-A MINE -i eth+ -p tcp -m tcp --sport 1024:65535 -j DROP
-A MINE -p udp -m udp ! --dport 53 -j REJECT
-A MINE -m comment --comment plain -g OTHER
-A MINE ! -p tcp -j LOG --log-prefix "hi there"
-A MINE -p tcp -m tcp --tcp-flags SYN,ACK SYN -j TCPMSS --clamp-mss-to-pmtu
-A MINE -p icmp -m icmp --icmp-type 8 -j ACCEPT
-A MINE -p tcp -m multiport --dports 80,443 -j ACCEPT
-A MINE -m limit --limit 5/min -j ACCEPT
-A MINE -p gre -j ACCEPT
-A MINE -m state --state NEW -j ACCEPT
-A MINE
-A MINE -p tcp -j REJECT --reject-with tcp-reset
-A MINE -s 127.0.0.0/8 -p tcp -m tcp --dport 443 -m comment --comment "named port" -j RETURN
COMMIT
*nat
:MINE - [0:0]
-A MINE -j MARK --set-xmark 0x5/0xffffffff
-A MINE -j MARK --set-xmark 0x5/0xff
-A MINE -j MARK --set-xmark 0x0/0xffffff00
-A MINE -j SNAT --to-source 1.2.3.4
-A MINE -p tcp -j REDIRECT --to-ports 8080
COMMIT
`;

interface Printed {
  readonly save: string;
  readonly lists: string;
}

/** The real tools' words for several rule texts, each loaded in the same private network namespace. */
function realPrints(texts: readonly string[], family: IPFamily): readonly Printed[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'servicepath-print-'));
  const tool = family === 'IPv6' ? 'ip6tables' : 'iptables';
  const lists = ['filter', 'nat'].flatMap((t) =>
    ['-L -n -v', '-L -n --line-numbers', '-L', '-S'].map((o) => `${tool} -t ${t} ${o};`),
  );
  try {
    for (const [i, text] of texts.entries()) writeFileSync(join(folder, `${i}.rules`), text);
    const script = `${tool} -V | grep -q 'v1.8.9 (nf_tables)' || exit 1
for i in $(seq 0 ${texts.length - 1}); do
  ${tool}-restore < $i.rules || exit 1
  ${tool}-save | grep -v '^#' > $i.save
  { ${lists.join(' ')} } > $i.lists
done`;
    const run = spawnSync('unshare', ['-n', 'sh', '-c', script], { cwd: folder, encoding: 'utf8' });
    if (run.status !== 0) return undefined;
    const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
    return texts.map((_, i) => ({ save: read(`${i}.save`), lists: read(`${i}.lists`) }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ourLists(tables: NodeTables): string {
  return (['filter', 'nat'] as const)
    .map((table) =>
      [
        printList(tables, { table, numeric: true, verbose: true }),
        printList(tables, { table, numeric: true, lineNumbers: true }),
        printList(tables, { table }),
        printCommands(tables, { table }),
      ].join(''),
    )
    .join('');
}

const available =
  spawnSync('unshare', [
    '-n',
    'sh',
    '-c',
    `iptables -V | grep -q 'v1.8.9 (nf_tables)' && echo '*nat
COMMIT' | iptables-restore`,
  ]).status === 0;

describe.skipIf(!available)('as the real iptables prints it (skipped without root or iptables 1.8.9)', () => {
  test.each(FAMILIES)(`${SEEDS} random clusters, %s`, { timeout: 120_000 }, (family) => {
    const inputs = Array.from({ length: SEEDS }, (_, seed) => restoreInput(seed, family));
    const real = realPrints(inputs.map(printRestore), family);
    expect(real).toBeDefined();
    for (const [seed, input] of inputs.entries()) {
      const tables = tablesOf(input, family);
      expect({ seed, text: printSave(tables) }).toEqual({ seed, text: real?.[seed]?.save });
      expect({ seed, text: ourLists(tables) }).toEqual({ seed, text: real?.[seed]?.lists });
    }
  });

  test('rules written by hand', () => {
    const [real] = realPrints([BY_HAND], 'IPv4') ?? [];
    const tables = parseSave(
      `*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
${BY_HAND.split('\n')
  .slice(1)
  .join('\n')
  .replace(
    '*nat\n',
    `*nat
:PREROUTING ACCEPT [0:0]
:INPUT ACCEPT [0:0]
:OUTPUT ACCEPT [0:0]
:POSTROUTING ACCEPT [0:0]
`,
  )}`,
      'IPv4',
    );
    expect(printSave(tables)).toBe(real?.save);
    expect(ourLists(tables)).toBe(real?.lists);
  });
});

test('a node with the rules of 10 000 Services is listed in less than a second', () => {
  const rules = Array.from(
    { length: 60_000 },
    (_, i) =>
      `-A KUBE-SERVICES -d 10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}/32 -p tcp -m comment --comment "ns/svc-${i}:http cluster IP" -m tcp --dport 80 -j KUBE-SVC-${i % 10_000}`,
  );
  const chains = Array.from({ length: 10_000 }, (_, i) => `:KUBE-SVC-${i} - [0:0]`);
  const tables = parseSave(
    ['*nat', ':KUBE-SERVICES - [0:0]', ...chains, ...rules, 'COMMIT'].join('\n'),
    'IPv4',
  );
  expect(printList(tables, { table: 'nat', numeric: true, verbose: true })?.split('\n').length).toBe(
    60_000 + (4 + 10_001) * 3,
  );
});
