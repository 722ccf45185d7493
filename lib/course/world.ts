// The world that checks look at, and the states of tasks in it.
import type { KubeObject, Service } from '@/lib/kube/types';
import type { Call, From } from '@/lib/net/datapath/connect';
import type { Trace } from '@/lib/net/datapath/trace';
import type { RuleSet } from '@/lib/net/ruleset/types';
import type { Problem } from '@/lib/sim/types';
import { watchedEvents } from '@/lib/sim/watch-traffic';
import type {
  Action,
  Lab,
  LabCluster,
  Spread,
  Target,
  Task,
  TaskState,
  TerminalOutput,
  World,
  Written,
} from './types';

/** What a learner did, beside what the cluster shows. */
export interface LabHistory {
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
  readonly outputs?: readonly TerminalOutput[];
  readonly history?: readonly Action[];
  readonly problems?: readonly Problem[];
  readonly start?: LabStart;
}

/** When the learner could begin: virtual time, and how many writes there had been. */
export interface LabStart {
  readonly at: number;
  readonly writes: number;
}

const NO_RULES: RuleSet = { family: 'IPv4', tables: [], chain: () => undefined, chains: () => [] };

/** The world that checks look at. */
export function worldOf(cluster: LabCluster, history: LabHistory): World {
  return {
    k8s: cluster.k8s,
    nodes: cluster.nodes,
    held: cluster.held,
    written: () => writtenSince(cluster, history.start),
    list: <T extends KubeObject>(kind: T['kind'], namespace?: string) => cluster.api.list<T>(kind, namespace),
    get: <T extends KubeObject>(kind: T['kind'], namespace: string, name: string) =>
      cluster.api.get<T>(kind, namespace, name),
    rules: (node) => cluster.rules(node) ?? NO_RULES,
    conntrack: (node) => cluster.network.conntrack(node),
    connections: cluster.network.made,
    connect: connectIn(cluster),
    outcomes: (from, to) => {
      const call = callTo(cluster, from, to);
      const found = call && cluster.network.outcomes(call);
      return found?.ok ? found.value : [];
    },
    watched: <T extends KubeObject>(kind: T['kind']) => watchedEvents<T>(cluster, kind),
    predictions: history.predictions,
    answers: history.answers ?? {},
    clicks: history.clicks,
    outputs: history.outputs ?? [],
    history: history.history ?? [],
    done: [],
    problems: history.problems ?? [],
  };
}

/** Nothing is known of a state that has no start. */
function writtenSince({ changes }: LabCluster, start: LabStart | undefined): readonly Written[] {
  if (!start) return [];
  return changes.since(start.writes).map((change) => ({ ...change, at: change.at - start.at }));
}

function callTo({ api }: LabCluster, from: From, to: Target): Call | undefined {
  if ('ip' in to) return { from, to: to.ip, port: to.port, protocol: 'tcp' };
  const [namespace = '', name = ''] = to.service.split('/');
  const clusterIP = api.get<Service>('Service', namespace, name)?.spec.clusterIP;
  return clusterIP && clusterIP !== 'None'
    ? { from, to: clusterIP, port: to.port, protocol: 'tcp' }
    : undefined;
}

/** Makes connections and takes them back. */
function connectIn(cluster: LabCluster): World['connect'] {
  function connect(from: From, to: Target): Trace | undefined;
  function connect(from: From, to: Target, n: number): Spread | undefined;
  function connect(from: From, to: Target, n?: number): Trace | Spread | undefined {
    const call = callTo(cluster, from, to);
    if (!call) return undefined;
    const before = cluster.snapshot();
    const traces = Array.from({ length: n ?? 1 }, () => cluster.network.connect(call));
    cluster.restore(before);
    const made = traces.flatMap((t) => (t.ok ? [t.value] : []));
    return n === undefined || made.length === 0 ? made[0] : spreadOf(made);
  }
  return connect;
}

function spreadOf(traces: readonly Trace[]): Spread {
  const endpoints: Record<string, number> = {};
  for (const { endpoint } of traces)
    if (endpoint !== undefined) endpoints[endpoint] = (endpoints[endpoint] ?? 0) + 1;
  const answered = traces.filter((t) => t.verdict === 'delivered').length;
  return { made: traces.length, answered, endpoints };
}

/** The tasks' states, in the lab's order; `done` names the tasks that were ticked before. Tasks may be done in any order. */
export function evaluate(lab: Lab, world: World, done: Iterable<string> = []): readonly TaskState[] {
  const before = new Set(done);
  const seen: World = { ...world, done: [...before] };
  return lab.tasks.map((task) => (before.has(task.id) ? { id: task.id, done: true } : taskState(task, seen)));
}

function taskState(task: Task, world: World): TaskState {
  const result = task.check(world);
  if (result === true) return { id: task.id, done: true };
  const mistake = task.mistakes?.find((m) => m.when(world))?.id;
  return { id: task.id, done: false, reason: result, ...(mistake === undefined ? {} : { mistake }) };
}
