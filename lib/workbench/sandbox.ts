// A lab on a cluster of its own, brought where the learner is, or to the start of a task: what is tried there leaves no trace in the
// learner's cluster, in his log or in the lots that are drawn next.
import { LabRun } from '@/lib/course/runtime';
import { stepsBefore } from '@/lib/course/steps';
import type { Lab, LabTerminals, Lang, TerminalFiles } from '@/lib/course/types';
import type { Cluster } from '@/lib/sim';

export interface Sandbox {
  readonly run: LabRun;
  readonly cluster: Cluster;
}

/** How a lab begins. */
export interface Beginning {
  readonly lab: Lab;
  readonly lang: Lang;
  readonly newCluster: () => Cluster;
  readonly newTerminals: (cluster: Cluster, files: TerminalFiles) => LabTerminals;
}

/** A longer log is not replayed for a drawing. */
const LOG_LIMIT = 400;

function fresh({ lab, lang, newCluster, newTerminals }: Beginning): Sandbox {
  const cluster = newCluster();
  return { cluster, run: new LabRun(lab, cluster, lang, (files) => newTerminals(cluster, files)) };
}

/** The start of a task, as the reference solutions lead to it. */
export function atTask(beginning: Beginning, task: string): Sandbox {
  const sandbox = fresh(beginning);
  for (const step of stepsBefore(beginning.lab, task)) sandbox.run.play(step);
  return sandbox;
}

/** Where a learner is: the same log on the same seed is the same state. Undefined if the log is too long for that. */
export function like(beginning: Beginning, run: LabRun): Sandbox | undefined {
  const { log, files, tasks } = run;
  if (log.length > LOG_LIMIT) return undefined;
  const sandbox = fresh(beginning);
  const drafts = [...files].map(([name, text]) => ({ name, text }));
  sandbox.run.resume({ log, drafts, done: tasks.filter((t) => t.done).map((t) => t.id) });
  return sandbox;
}
