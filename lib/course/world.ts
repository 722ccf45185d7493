// The world that checks look at, and the states of tasks in it.
import type { KubeObject } from '@/lib/kube/types';
import type { RuleSet } from '@/lib/net/ruleset/types';
import type { Problem } from '@/lib/sim/types';
import type { Action, Lab, LabCluster, Task, TaskState, TerminalOutput, World } from './types';

/** What a learner did, beside what the cluster shows. */
export interface LabHistory {
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
  readonly outputs?: readonly TerminalOutput[];
  readonly history?: readonly Action[];
  readonly problems?: readonly Problem[];
}

const NO_RULES: RuleSet = { family: 'IPv4', tables: [], chain: () => undefined, chains: () => [] };

/** The world that checks look at. */
export function worldOf(cluster: LabCluster, history: LabHistory): World {
  return {
    k8s: cluster.k8s,
    nodes: cluster.nodes,
    list: <T extends KubeObject>(kind: T['kind'], namespace?: string) => cluster.api.list<T>(kind, namespace),
    get: <T extends KubeObject>(kind: T['kind'], namespace: string, name: string) =>
      cluster.api.get<T>(kind, namespace, name),
    rules: (node) => cluster.rules(node) ?? NO_RULES,
    predictions: history.predictions,
    answers: history.answers ?? {},
    clicks: history.clicks,
    outputs: history.outputs ?? [],
    history: history.history ?? [],
    done: [],
    problems: history.problems ?? [],
  };
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
