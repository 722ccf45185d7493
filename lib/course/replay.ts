// Proof of a lab: its start solves nothing, its reference solution ticks one task after another, and each wrong attempt fails at
// the task and with the mistake that it names.
import { LabRun } from './runtime';
import type { Lab, LabCluster, LabTerminals, Lang, TaskState, TerminalFiles } from './types';

export interface ReplayLine {
  readonly kind: 'start' | 'task' | 'wrong';
  /** Task id, or the wrong attempt's name. */
  readonly name: string;
  /** Undefined if all is as it should be, else what is not. */
  readonly fault?: string;
  /** What the learner is told: at a task before it is solved, after a wrong attempt. */
  readonly told?: TaskState;
}

/** A fresh cluster, and terminals on it if the lab's steps type lines. */
export interface Stage {
  readonly cluster: LabCluster;
  readonly terminals?: (files: TerminalFiles) => LabTerminals;
}

/** Replays a lab. Each attempt begins at the lab's start, or at the start of its task. */
export function replayLab(lab: Lab, { cluster, terminals }: Stage, lang: Lang): readonly ReplayLine[] {
  const run = new LabRun(lab, cluster, lang, terminals);
  return [
    ...replaySolution(lab, run),
    ...(lab.otherWays ?? []).flatMap(({ name, solution }) => {
      run.reset();
      return replayTasks(lab, { ...lab.solution, ...solution }, run, name);
    }),
    ...lab.wrong.map((w) => replayWrong(w, run)),
  ];
}

function replaySolution(lab: Lab, run: LabRun): ReplayLine[] {
  const solved = run.tasks.filter((t) => t.done).map((t) => t.id);
  const start: ReplayLine = { kind: 'start', name: 'start' };
  return [
    solved.length > 0 ? { ...start, fault: `solved at the start: ${solved.join(', ')}` } : start,
    ...replayTasks(lab, lab.solution, run),
  ];
}

/** `way` names a way other than the reference solution. */
function replayTasks(lab: Lab, solution: Lab['solution'], run: LabRun, way?: string): ReplayLine[] {
  const lines: ReplayLine[] = [];
  for (const { id } of lab.tasks) {
    const told = stateOf(run, id);
    const line: ReplayLine = { kind: 'task', name: way === undefined ? id : `${id} (${way})`, told };
    const early = told.done ? 'done before its own steps' : undefined;
    const fault =
      early ??
      playAll(run, solution[id] ?? []) ??
      (stateOf(run, id).done ? undefined : `still open: ${words(stateOf(run, id))}`);
    lines.push(fault === undefined ? line : { ...line, fault });
  }
  return lines;
}

/** Plays the steps of a reference solution; each must be accepted. */
function playAll(run: LabRun, steps: Lab['solution'][string]): string | undefined {
  for (const [i, step] of steps.entries()) {
    const outcome = run.play(step);
    if (outcome !== 'applied') return `step ${i + 1} is ${outcome}: ${JSON.stringify(run.problems)}`;
  }
  return undefined;
}

function replayWrong(attempt: Lab['wrong'][number], run: LabRun): ReplayLine {
  run.reset(attempt.failsAt);
  for (const step of attempt.steps) run.play(step);
  const told = stateOf(run, attempt.failsAt);
  const line: ReplayLine = { kind: 'wrong', name: attempt.name, told };
  if (told.done) return { ...line, fault: `passes ${attempt.failsAt}` };
  if (told.mistake !== attempt.mistake)
    return { ...line, fault: `named ${told.mistake ?? 'no mistake'}, not ${attempt.mistake ?? 'none'}` };
  return line;
}

function stateOf(run: LabRun, task: string): TaskState {
  const state = run.tasks.find((t) => t.id === task);
  if (!state) throw new Error(`no task ${task}`);
  return state;
}

const words = (state: TaskState): string =>
  `${state.mistake ?? ''} ${state.reason?.code ?? ''} ${JSON.stringify(state.reason?.params ?? {})}`.trim();
