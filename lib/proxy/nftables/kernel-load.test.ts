// The transactions load into a real kernel, and `nft list ruleset` prints there what our printer prints. In private network namespaces;
// needs Linux, root and nft; says so where it cannot run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Random } from '@/lib/core/random';
import type { IPFamily, KubeObject } from '@/lib/kube/types';
import { differences, RULES_VERSIONS } from '@/lib/kube/versions';
import { listRuleset } from '@/lib/net/nft/list';
import { printTransactions } from '@/lib/net/nft/operations';
import { proxyConfig } from '../config';
import { nodeFacts } from '../node-facts';
import { randomCluster, randomService, randomSlices } from '../testing/random-cluster';
import { knowsNftables } from './availability';
import { NftablesProxier } from './proxier';

const SEEDS = Number(process.env['KERNEL_SEEDS'] ?? 20);
const VERSIONS = RULES_VERSIONS.filter(knowsNftables);
const SYNCS = 4;

const canRun = spawnSync('unshare', ['-n', 'sh', '-c', 'echo "add table ip t" | nft -f -']).status === 0;

const keyOf = ({ metadata }: KubeObject): string => `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;

interface Step {
  readonly text: string;
  readonly listed: string;
}

/** The syncs of a kube-proxy through some changes: what it feeds to nft, and what the node lists afterwards. */
function steps(seed: number, family: IPFamily): Step[] {
  const cluster = randomCluster(seed, family, 10);
  const version = VERSIONS[seed % VERSIONS.length] ?? '1.34';
  // `iif` wants an interface that exists (kube-proxy's mistake, mended in v1.32).
  const byInterface = /Interface/.test(String(cluster.config['detectLocalMode']));
  const detector =
    byInterface && !differences.nftablesInterfaceNames(version) ? { detectLocalMode: 'NodeCIDR' } : {};
  const config = { ...cluster.config, ...detector, nftables: cluster.config['iptables'] };
  const proxier = new NftablesProxier({
    config: proxyConfig(config, 'nftables'),
    facts: nodeFacts(cluster.node, version),
    version,
    family,
    serviceCIDRs: seed % 2 ? ['10.96.0.0/16', 'fd00:60::/112'] : [],
  });
  for (const s of cluster.services) proxier.setService(keyOf(s), s);
  for (const s of cluster.slices) proxier.setEndpointSlice(keyOf(s), s);
  const random = Random.seeded(seed);
  const done: Step[] = [];
  for (let i = 0, table; i < SYNCS; i++) {
    const result = proxier.sync({ now: i * 2000, table });
    const after = proxier.apply(result);
    if (after.error !== undefined) return done;
    table = after.table;
    const text = printTransactions(result.transactions);
    done.push({ text, listed: table ? listRuleset([table]) : '' });
    const changed = randomService(random, family, random.integer(10));
    proxier.setService(keyOf(changed), random.next() < 0.3 ? undefined : changed);
    for (const s of randomSlices(random, family, changed)) proxier.setEndpointSlice(keyOf(s), s);
  }
  return done;
}

/** Each transaction of the first step's text by itself, as kube-proxy runs them. */
const script = (count: number): string =>
  `cd "$1" && for i in $(seq 0 ${count - 1}); do
     [ -e "$i.first" ] && nft flush ruleset
     nft -f "$i.nft" 2> "$i.err" && nft list ruleset > "$i.out"; done`;

/** The order in which a kernel hands out a set of concatenated ranges is its own. */
const comparable = (text: string): string =>
  text.replace(
    /(set firewall-allow \{[^]*?elements = \{ )([^]*?)( \}\n)/g,
    (_, head: string, body: string, tail: string) => head + body.split(/,\s+/).sort().join(', ') + tail,
  );

describe.skipIf(!canRun)('transactions of random clusters in the kernel (needs root and nft)', () => {
  for (const family of ['IPv4', 'IPv6'] as const)
    test(`${SEEDS} clusters, ${family}`, { timeout: 120_000 }, () => {
      const folder = mkdtempSync(join(tmpdir(), 'servicepath-nft-'));
      try {
        const wanted: { seed: number; step: number; listed: string }[] = [];
        for (let seed = 0; seed < SEEDS; seed++)
          for (const [step, { text, listed }] of steps(seed, family).entries()) {
            writeFileSync(join(folder, `${wanted.length}.nft`), text);
            if (step === 0) writeFileSync(join(folder, `${wanted.length}.first`), '');
            wanted.push({ seed, step, listed });
          }
        spawnSync('unshare', ['-n', 'sh', '-c', script(wanted.length), 'sh', folder]);
        for (const [i, { seed, step, listed }] of wanted.entries()) {
          expect([seed, step, readFileSync(join(folder, `${i}.err`), 'utf8')]).toEqual([seed, step, '']);
          const real = readFileSync(join(folder, `${i}.out`), 'utf8');
          expect([seed, step, comparable(listed)]).toEqual([seed, step, comparable(real)]);
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
});
