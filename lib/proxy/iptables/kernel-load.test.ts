// The rules load into a real kernel: iptables-restore takes what kube-proxy would feed it, in private network namespaces, with both
// of iptables' back ends. Needs Linux, root, iptables and (for the counters of v1.31+) nfacct; says so where it cannot run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { IPFamily } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import { printRestore } from '@/lib/net/ruleset/restore-input';
import { proxyConfig } from '../config';
import { COUNTER_INVALID, COUNTER_LOCALHOST, NODE_FACTS_ANNOTATION, nodeFacts } from '../node-facts';
import { randomCluster } from '../testing/random-cluster';
import { jumpRules } from './fixed-rules';
import { IptablesProxier } from './proxier';

const SEEDS = Number(process.env['KERNEL_SEEDS'] ?? 200);

const works = (command: string): boolean => spawnSync('unshare', ['-n', 'sh', '-c', command]).status === 0;
const empty = `printf '*nat\\nCOMMIT\\n' |`;
const backends = ['nft', 'legacy'].filter((b) =>
  works(`${empty} iptables-${b}-restore && ${empty} ip6tables-${b}-restore`),
);
const counters = works(`nfacct add ${COUNTER_INVALID}`);

function rulesText(seed: number, family: IPFamily): string {
  const cluster = randomCluster(seed, family, 12);
  const version = LEARNER_VERSIONS[seed % LEARNER_VERSIONS.length] ?? '1.32';
  const annotations = counters ? {} : { [NODE_FACTS_ANNOTATION]: JSON.stringify({ nfacct: [] }) };
  const facts = nodeFacts({ ...cluster.node, metadata: { ...cluster.node.metadata, annotations } }, version);
  const proxier = new IptablesProxier({ config: proxyConfig(cluster.config), facts, version, family });
  for (const s of cluster.services) proxier.setService(`${s.metadata.namespace}/${s.metadata.name}`, s);
  for (const s of cluster.slices) proxier.setEndpointSlice(`${s.metadata.namespace}/${s.metadata.name}`, s);
  const { restore } = proxier.sync({ sinceCleanupMs: 0 });
  const jumps = jumpRules(
    family,
    restore.tables.some((t) => t.chains.some((c) => c.name === 'KUBE-FIREWALL')),
  );
  return printRestore({
    tables: restore.tables.map((t) => ({ ...t, appended: t.name === 'nat' ? jumps.nat : jumps.filter })),
  });
}

describe.skipIf(backends.length === 0)('rules of random clusters load into the kernel', () => {
  for (const backend of backends)
    for (const family of ['IPv4', 'IPv6'] as const)
      test(`${SEEDS} clusters, ${family}, iptables-${backend}-restore`, { timeout: 300_000 }, () => {
        const folder = mkdtempSync(join(tmpdir(), 'servicepath-rules-'));
        try {
          for (let seed = 0; seed < SEEDS; seed++)
            writeFileSync(join(folder, `${seed}.rules`), rulesText(seed, family));
          const tool = `${family === 'IPv6' ? 'ip6' : 'ip'}tables-${backend}-restore`;
          const script = [
            counters ? `nfacct add ${COUNTER_INVALID}; nfacct add ${COUNTER_LOCALHOST}` : ':',
            `for i in $(seq 0 ${SEEDS - 1}); do ${tool} < "$1/$i.rules" || { echo "seed $i"; exit 1; }; done`,
          ].join('\n');
          const run = spawnSync('unshare', ['-n', 'sh', '-c', script, 'sh', folder], { encoding: 'utf8' });
          expect(`${run.stdout}${run.stderr}`.trim(), `${tool} refused a rule set`).toBe('');
          expect(run.status).toBe(0);
        } finally {
          rmSync(folder, { recursive: true });
        }
      });
});
