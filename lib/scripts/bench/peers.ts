// Another simulator's rows beside ours: @ngrok/webernetes runs controllers and kubelets on the real clock, so the time it takes
// contains waiting; the processor time beside it is its work.
import type { KubeObject } from '@/lib/kube/types';
import { ms, summary, type Row } from './measure';
import { ENDPOINTS, heap, service, SERVICES, web } from './scale';

/** The installed package: `url` is its bundle. */
export interface PeerPackage {
  readonly name: string;
  readonly version: string;
  readonly url: string;
}

interface Slice {
  readonly metadata?: { readonly name?: string };
  readonly endpoints?: readonly { readonly conditions?: { readonly ready?: boolean } }[];
}

/** What is used of the package's cluster. */
interface PeerCluster {
  init(): Promise<void>;
  registerImage(image: unknown): void;
  apply(objects: readonly unknown[]): Promise<unknown>;
  informer(
    resource: 'endpointslices',
    heard: (type: 'add' | 'update' | 'delete', slice: Slice) => void,
  ): unknown;
  fetch(url: string): Promise<{ readonly statusCode?: number; readonly status?: number }>;
  close(): Promise<void>;
}

interface Process {
  listenHttp(port: number, answer: () => Promise<{ statusCode: number; body: string }>): void;
  waitUntilKilled(): Promise<number>;
}

interface Peer {
  readonly Cluster: new () => PeerCluster;
  readonly BaseImage: new () => object;
}

const NODE_PORT = 31_000;
const PATIENCE_MS = 60_000;
const STEPS = 4;
const FRESH_RUNS = 3;

/** Rows of the table; a row that the package does not get through says so, and the rest goes on. */
export async function peerRows({ name, version, url }: PeerPackage): Promise<readonly Row[]> {
  const who = `${name} ${version}`;
  const peer = (await import(url)) as Peer;
  const rows: Row[] = [];
  for (const pods of [3, 100])
    rows.push(
      ...(await guarded(`${who}: fresh cluster, ${pods} Pods ready, first request answered`, (what) =>
        freshRow(peer, what, pods),
      )),
    );
  rows.push(
    ...(await guarded(`${who}: ${SERVICES} Services × ${ENDPOINTS} endpoints`, (what) =>
      thousand(peer, what),
    )),
  );
  return rows;
}

async function guarded(
  what: string,
  run: (what: string) => Promise<readonly Row[]>,
): Promise<readonly Row[]> {
  try {
    return await run(what);
  } catch (error) {
    return [{ what, value: `not measured: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

/** The middle of some runs, after one to warm up. */
async function freshRow(peer: Peer, what: string, pods: number): Promise<readonly Row[]> {
  const runs: Spent[] = [];
  for (let i = 0; i <= FRESH_RUNS; i++) {
    const spent = stopwatch();
    const { cluster, slices } = await start(peer);
    try {
      await cluster.apply([web(pods), open(service('web'))]);
      await until(() => ready(slices, 1, pods), `${pods} Pods ready`);
      await answered(cluster);
      if (i > 0) runs.push(spent());
    } finally {
      await cluster.close();
    }
  }
  return [{ what, value: middle(runs) }];
}

async function thousand(peer: Peer, what: string): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const before = heap();
  const { cluster, slices } = await start(peer);
  try {
    const settle = stopwatch();
    const services = Array.from({ length: SERVICES }, (_, i) => service(`s-${i}`));
    await cluster.apply([
      web(ENDPOINTS),
      ...services.map((each, i) => (i === SERVICES - 1 ? open(each) : each)),
    ]);
    await until(() => ready(slices, SERVICES, ENDPOINTS), 'every slice complete');
    rows.push({ what: `${what}: from the first write to rest`, value: middle([settle()]) });
    await answered(cluster);
    rows.push({ what: `${what}: memory`, value: `${((heap() - before) / 1e6).toFixed(0)} MB` });
    const steps: Spent[] = [];
    for (let i = 1; i <= STEPS; i++) {
      const step = stopwatch();
      await cluster.apply([web(ENDPOINTS + i)]);
      await until(() => ready(slices, SERVICES, ENDPOINTS + i), 'every slice complete');
      if (i > 1) steps.push(step());
    }
    rows.push({ what: `${what}: one step of scale, in every slice`, value: middle(steps) });
  } catch (error) {
    rows.push({ what, value: `went no further: ${error instanceof Error ? error.message : String(error)}` });
  } finally {
    await cluster.close();
  }
  return rows;
}

/** A cluster, and how many ready endpoints each slice has. */
async function start(peer: Peer): Promise<{ cluster: PeerCluster; slices: Map<string, number> }> {
  const cluster = new peer.Cluster();
  cluster.registerImage(webImage(peer));
  await cluster.init();
  const slices = new Map<string, number>();
  cluster.informer('endpointslices', (type, { metadata, endpoints = [] }) => {
    const name = metadata?.name ?? '';
    if (type === 'delete') slices.delete(name);
    else slices.set(name, endpoints.filter(({ conditions }) => conditions?.ready).length);
  });
  return { cluster, slices };
}

const webImage = (peer: Peer): unknown =>
  class extends peer.BaseImage {
    static readonly imageName = 'my-web-app';
    static readonly imageVersion = '1.0';
    readonly defaultCommand = ['server'];
    exec(context: Process): Promise<number> {
      context.listenHttp(8080, () => Promise.resolve({ statusCode: 200, body: 'ok' }));
      return context.waitUntilKilled();
    }
  };

const open = (object: KubeObject): unknown => ({
  ...object,
  spec: {
    type: 'NodePort',
    selector: { app: 'web' },
    ports: [{ port: 80, targetPort: 8080, nodePort: NODE_PORT, protocol: 'TCP' }],
  },
});

/** At least `slices` slices have `endpoints` ready endpoints each. */
function ready(counts: ReadonlyMap<string, number>, slices: number, endpoints: number): boolean {
  let complete = 0;
  for (const count of counts.values()) if (count >= endpoints) complete++;
  return complete >= slices;
}

/** A request to a node's port; retried, as its rules follow the slices in their own time. */
async function answered(cluster: PeerCluster): Promise<void> {
  const tryOnce = async (): Promise<boolean> => {
    const response = await cluster.fetch(`http://node-1:${NODE_PORT}`).catch(() => undefined);
    return (response?.statusCode ?? response?.status) === 200;
  };
  await until(tryOnce, 'an answer');
}

async function until(done: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await done())) {
    if (performance.now() > end) throw new Error(`${what} was not seen within ${PATIENCE_MS / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** Milliseconds of real time, and of the processor's time in it (all threads). */
interface Spent {
  readonly real: number;
  readonly cpu: number;
}

function stopwatch(): () => Spent {
  const started = performance.now();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return { real: performance.now() - started, cpu: (user + system) / 1000 };
  };
}

const middle = (runs: readonly Spent[]): string => {
  const p50 = (of: keyof Spent): string => ms(summary(runs.map((run) => run[of])).p50);
  return `${p50('real')} p50, processor ${p50('cpu')}`;
};
