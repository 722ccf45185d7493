// `ksvc shell`: command lines from stdin, run as the page's terminal runs them; the virtual clock jumps over every pause.
import { createInterface } from 'node:readline';
import { LEARNER_VERSIONS, DEFAULT_VERSION, parseVersion, type K8sVersion } from '@/lib/kube/versions';
import type { Cluster } from '@/lib/sim';
import { runToEnd } from '@/lib/terminal/drive';
import { Disks } from '@/lib/terminal/files/disks';
import { Session } from '@/lib/terminal/session';
import type { Console } from '@/lib/terminal/types';
import { loadedCluster } from './cluster-load';
import { parseArgs, UsageError, type CliIo } from './io';
import { DiskFolder } from './shell-folder';

export const SHELL_HELP = `ksvc shell: the terminal of a simulated cluster; command lines come from stdin

  ksvc shell [-f FILE…] [--node NODE] [--k8s VERSION] [--files DIR] [--json] [--now TIME] [--seed N]

  -f FILE      a cluster file, YAML or JSON, several documents; repeatable (default: a fresh cluster of three nodes)
  --node       start on a node instead of on the control machine
  --files DIR  the working directory; nothing outside it is read or written
  --json       one line of JSON for each command line: {"cmd","stdout","stderr","exit"}
  --now TIME   the clock at the start, RFC 3339 (default: this machine's)
  --k8s        ${LEARNER_VERSIONS[0]} … ${LEARNER_VERSIONS.at(-1)}, 1.33 (default ${DEFAULT_VERSION})
  --seed N     the source of names and addresses (default 1)

After each command the clock jumps until the cluster is quiet, as in ksvc serve. A failing line is a result, not a failure: the exit code is 0. "help" lists the commands.
`;

const VALUED = ['-f', '--node', '--files', '--now', '--k8s', '--seed', '--lang'];

/** Lines that may belong together; what is still open then is said to be wrong. */
const MOST_LINES = 500;

/** Runs the command; resolves to the exit code. Bad input throws a UsageError. */
export async function shellCommand(
  args: readonly string[],
  io: CliIo,
  lines: AsyncIterable<string> = createInterface({ input: process.stdin, crlfDelay: Infinity }),
): Promise<number> {
  const parsed = parseArgs(args, VALUED, ['--json', '--help']);
  if (parsed.flags.has('--help')) {
    io.out(SHELL_HELP);
    return 0;
  }
  if (parsed.rest[0] !== undefined) throw new UsageError(`unexpected argument ${parsed.rest[0]}`);
  const one = (name: string): string | undefined => parsed.values[name]?.at(-1);
  const cluster = loadedCluster(
    {
      files: parsed.values['-f'] ?? [],
      k8s: versionOf(one('--k8s')),
      seed: seedOf(one('--seed')),
      now: nowOf(one('--now')),
    },
    io,
  );
  const session = new Session({
    cluster,
    console: consoleOf(one('--node'), cluster),
    disks: new Disks(...folderOf(one('--files'))),
  });
  const json = parsed.flags.has('--json');
  let pending: string[] = [];
  const run = (text: string): void => {
    if (json && text.trim() === '') return;
    const { stdout, stderr, exit } = runToEnd(session.run(text), cluster, {
      between: () => {
        cluster.settle();
        session.jobs.wake();
      },
      behind: session.jobs,
      onOutput: ({ kind, text: output }) => {
        if (!json) (kind === 'stdout' ? io.out : io.err)(output);
      },
    });
    if (json) io.out(`${JSON.stringify({ cmd: text, stdout, stderr, exit })}\n`);
  };
  for await (const line of lines) {
    pending.push(line);
    const text = pending.join('\n');
    if (pending.length < MOST_LINES && session.isIncomplete(text)) continue;
    pending = [];
    run(text);
    if (session.ended) return 0;
  }
  if (pending.length > 0) run(pending.join('\n'));
  return 0;
}

function consoleOf(node: string | undefined, cluster: Cluster): Console {
  if (node === undefined) return { kind: 'control' };
  if (cluster.nodes.includes(node)) return { kind: 'node', name: node };
  throw new UsageError(`no node "${node}" in the cluster; it has ${cluster.nodes.join(', ')}`);
}

function folderOf(folder: string | undefined): [] | [DiskFolder] {
  if (folder === undefined) return [];
  try {
    return [new DiskFolder(folder)];
  } catch {
    throw new UsageError(`--files ${folder}: no such folder`);
  }
}

function versionOf(text: string | undefined): K8sVersion {
  const version = text === undefined ? DEFAULT_VERSION : parseVersion(text);
  if (version && version !== '1.34') return version;
  throw new UsageError(
    `Kubernetes ${text} is not known here; use one of ${LEARNER_VERSIONS.join(', ')}, 1.33`,
  );
}

function seedOf(text = '1'): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--seed "${text}" is no whole number`);
}

function nowOf(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  if (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/.test(text) &&
    !Number.isNaN(Date.parse(text))
  )
    return text;
  throw new UsageError(`--now "${text}" is no time as RFC 3339 writes it: 2026-01-31T12:00:00Z`);
}
