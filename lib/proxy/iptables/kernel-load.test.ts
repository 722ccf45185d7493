// The rules load into a real kernel: iptables-restore takes what kube-proxy would feed it, in private network namespaces, with both
// of iptables' back ends. Needs Linux, root, iptables and (for the counters of v1.31+) nfacct; says so where it cannot run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { printRestore } from '@/lib/net/ruleset/restore-input';
import { COUNTER_INVALID, COUNTER_LOCALHOST } from '../node-facts';
import { restoreInput } from '../testing/random-restore';

const SEEDS = Number(process.env['KERNEL_SEEDS'] ?? 200);

const works = (command: string): boolean => spawnSync('unshare', ['-n', 'sh', '-c', command]).status === 0;
const empty = `printf '*nat\\nCOMMIT\\n' |`;
const backends = ['nft', 'legacy'].filter((b) =>
  works(`${empty} iptables-${b}-restore && ${empty} ip6tables-${b}-restore`),
);
const counters = works(`nfacct add ${COUNTER_INVALID}`);

describe.skipIf(backends.length === 0)('rules of random clusters load into the kernel', () => {
  for (const backend of backends)
    for (const family of ['IPv4', 'IPv6'] as const)
      test(`${SEEDS} clusters, ${family}, iptables-${backend}-restore`, { timeout: 300_000 }, () => {
        const folder = mkdtempSync(join(tmpdir(), 'servicepath-rules-'));
        try {
          for (let seed = 0; seed < SEEDS; seed++)
            writeFileSync(join(folder, `${seed}.rules`), printRestore(restoreInput(seed, family, counters)));
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
