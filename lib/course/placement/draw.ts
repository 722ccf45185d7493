// One draw: a small cluster with names, labels, ports and faults taken by lot. The same seed gives the same cluster.
import { Random } from '@/lib/core/random';
import { Cluster } from '@/lib/sim';
import { Terminals } from '@/lib/terminal/terminals';
import { START_INSTANT } from '../log';
import { DEFAULT_VERSION } from '@/lib/kube/versions';

export interface Draw {
  readonly random: Random;
  readonly cluster: Cluster;
  /** What a line in a terminal prints, and its exit status. */
  run(terminal: string, line: string): { readonly stdout: string; readonly exit: number };
  /** Applies manifests and lets the cluster come to rest. */
  apply(manifests: string): void;
}

const NO_FILES = { list: () => [], read: () => undefined, write: () => false };

export function newDraw(seed: number): Draw {
  const cluster = Cluster.create({ k8s: DEFAULT_VERSION, seed, now: START_INSTANT });
  const terminals = new Terminals(cluster, NO_FILES);
  return {
    random: Random.seeded(seed),
    cluster,
    run: (terminal, line) => terminals.run(terminal, line),
    apply(manifests) {
      const { outcome, problems } = cluster.applyText('placement.yaml', manifests);
      if (outcome !== 'applied') throw new Error(`placement: ${problems[0]?.message ?? outcome}`);
      cluster.settle();
    },
  };
}

/** A command and what it printed, as a terminal shows them. */
export const transcript = (draw: Draw, ...lines: readonly string[]): string =>
  lines.map((line) => `$ ${line}\n${draw.run('control', line).stdout.trimEnd()}\n`).join('\n');

/** The items in another order, drawn by lot. */
export function shuffled<T>(random: Random, items: readonly T[]): readonly T[] {
  const rest = [...items];
  return items.map(() => rest.splice(random.integer(rest.length), 1)).flat();
}

export interface PodSpec {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly image?: string;
  /** Where it listens; 8080 unless told. */
  readonly port?: number;
  /** false: its readiness probe asks a port on which nobody listens. */
  readonly ready?: boolean;
}

/** A Pod's manifest; my-web-app listens on $PORT. */
export const pod = ({
  name,
  namespace = 'default',
  labels = {},
  image = 'my-web-app',
  port = 8080,
  ready = true,
}: PodSpec): string =>
  `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
  namespace: ${namespace}
  labels: ${JSON.stringify(labels)}
spec:
  containers:
    - name: app
      image: ${image}
      env: [{ name: PORT, value: '${port}' }]
      ports: [{ name: http, containerPort: ${port} }]
${ready ? '' : '      readinessProbe: { tcpSocket: { port: 9 }, periodSeconds: 1 }\n'}`;

export const joined = (documents: readonly string[]): string => documents.join('---\n');
