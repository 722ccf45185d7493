// `ksvc serve`: the simulated cluster as an API server on 127.0.0.1, for a real kubectl or any client library.
import { writeFileSync } from 'node:fs';
import { DEFAULT_VERSION, LEARNER_VERSIONS, parseVersion, type K8sVersion } from '@/lib/kube/versions';
import { loadedCluster } from './cluster-load';
import { parseArgs, UsageError, type CliIo } from './io';
import { served } from './serve-http';

const SERVED: readonly K8sVersion[] = [...LEARNER_VERSIONS, '1.33'];

export const SERVE_HELP = `ksvc serve: a Kubernetes API server on 127.0.0.1 for a real kubectl or client library

  ksvc serve [-f FILE…] --port PORT --kubeconfig OUT [--live] [--k8s VERSION] [--now TIME] [--seed N]
             [--enable-admission-plugins DenyServiceExternalIPs]

  -f FILE           a cluster file, YAML or JSON, several documents; repeatable; - is stdin; without one: the default cluster
  --port PORT       where to listen; 0 takes a free one
  --kubeconfig OUT  the file to write for kubectl (KUBECONFIG=OUT kubectl get svc)
  --live            the clock runs in real time; without it, it jumps until the cluster is quiet after each write
  --now TIME        the start instant, RFC 3339 (default: the wall clock, which the cluster's clock then follows)
  --k8s VERSION     ${SERVED[0]} … ${SERVED.at(-1)} (default ${DEFAULT_VERSION})
  --enable-admission-plugins LIST
                    admission plugins that are off otherwise: DenyServiceExternalIPs
  --seed N          the seed of names, addresses and uids (default 1)

exec, attach, cp, run -it and port-forward reach the Pods: a small shell with the network's tools, and HTTP servers. While a program
in a Pod waits, the clock goes at the wall's pace.

Prints "ready" on its own line when it answers; SIGTERM or Ctrl-C ends it with exit code 0.
`;

const VALUED = [
  '-f',
  '--port',
  '--kubeconfig',
  '--k8s',
  '--now',
  '--seed',
  '--enable-admission-plugins',
  '--lang',
];
const FLAGS = ['--live', '--help'];

/** Serves until SIGTERM or SIGINT; resolves to the exit code. Bad input throws a UsageError. */
export async function serveCommand(args: readonly string[], io: CliIo): Promise<number> {
  const { values, flags, rest } = parseArgs(args, VALUED, FLAGS);
  if (flags.has('--help')) {
    io.out(SERVE_HELP);
    return 0;
  }
  if (rest[0] !== undefined) throw new UsageError(`unexpected argument ${rest[0]}`);
  const one = (name: string): string | undefined => values[name]?.at(-1);
  const kubeconfig = one('--kubeconfig');
  if (kubeconfig === undefined) throw new UsageError('no file for kubectl; name one with --kubeconfig');
  const cluster = loadedCluster(
    {
      files: values['-f'] ?? [],
      k8s: versionOf(one('--k8s')),
      seed: numberOf('--seed', one('--seed') ?? '1', 999_999_999),
      now: startOf(one('--now')),
      restsAtNow: one('--now') === undefined,
      admissionPlugins: pluginsOf(one('--enable-admission-plugins')),
    },
    io,
  );
  const port = numberOf('--port', one('--port') ?? '0', 65_535);
  const wall = one('--now') === undefined ? { wallClock: Date.now } : {};
  const server = await served(cluster, { port, live: flags.has('--live'), ...wall }, io);
  try {
    writeFileSync(kubeconfig, kubeconfigText(server.port));
  } catch (error) {
    server.close();
    throw new UsageError(`${kubeconfig} cannot be written: ${(error as Error).message}`);
  }
  io.out('ready\n');
  return new Promise((resolve) => {
    const end = (): void => {
      server.close();
      resolve(0);
    };
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
  });
}

function versionOf(text: string | undefined): K8sVersion {
  if (text === undefined) return DEFAULT_VERSION;
  const version = parseVersion(text);
  if (version && SERVED.includes(version)) return version;
  throw new UsageError(`Kubernetes ${text} is not served; use one of ${SERVED.join(', ')}`);
}

function pluginsOf(text = ''): readonly string[] {
  const plugins = text.split(',').filter((name) => name !== '');
  const unknown = plugins.find((name) => name !== 'DenyServiceExternalIPs');
  if (unknown === undefined) return plugins;
  throw new UsageError(`admission plugin "${unknown}" is not known; DenyServiceExternalIPs is`);
}

function numberOf(option: string, text: string, most: number): number {
  if (/^\d{1,9}$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${option} "${text}" is no whole number from 0 to ${most}`);
}

function startOf(text: string | undefined): string {
  if (text === undefined) return new Date().toISOString();
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new UsageError(`--now "${text}" is no time; write it as 2026-01-05T08:00:00Z`);
  return new Date(time).toISOString();
}

/** What kubectl needs to reach a served cluster. */
export const kubeconfigText = (port: number): string => `apiVersion: v1
kind: Config
clusters:
- name: kubernetes
  cluster:
    insecure-skip-tls-verify: true
    server: http://127.0.0.1:${port}
contexts:
- name: kubernetes-admin@kubernetes
  context:
    cluster: kubernetes
    user: kubernetes-admin
current-context: kubernetes-admin@kubernetes
preferences: {}
users:
- name: kubernetes-admin
  user: {}
`;
