// A lab being done: what its checks see, which tasks are ticked, and how its steps are played. A task that was ticked once stays
// ticked until the lab is reset: later tasks may undo its outcome on purpose.
import type { KubeObject } from '@/lib/kube/types';
import type { RuleSet } from '@/lib/net/ruleset/types';
import { setField } from '@/lib/sim/manifest-edit';
import type { Problem } from '@/lib/sim/types';
import type {
  Action,
  ActionBody,
  Lab,
  LabCluster,
  LabFile,
  Lang,
  Step,
  Task,
  TaskState,
  World,
} from './types';

/** What a learner did, beside what the cluster shows. */
export interface LabHistory {
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers?: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
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

/** The editor's files at the lab's start, with comments in a language. */
export const startFiles = (
  lab: Lab,
  lang: Lang,
): readonly { readonly name: string; readonly text: string }[] =>
  lab.start.map((file) => ({ name: file.name, text: textIn(file, lang) }));

const textIn = (file: LabFile, lang: Lang): string => file.translations?.[lang] ?? file.text;

/** The reference solutions of all tasks before one: from the lab's start they lead to the start of that task. */
export function stepsBefore(lab: Lab, task: string): readonly Step[] {
  const at = lab.tasks.findIndex((t) => t.id === task);
  return lab.tasks.slice(0, Math.max(at, 0)).flatMap((t) => lab.solution[t.id] ?? []);
}

/** The editor's texts by file name. */
export type FileTexts = ReadonlyMap<string, string>;

/**
 * The action that a step stands for now. A field is set in the editor's text; if that text cannot be read, in the text that the
 * file had at the lab's start.
 */
export function resolveStep(step: Step, world: World, files: FileTexts, start: FileTexts): ActionBody {
  if (typeof step === 'function') return step(world);
  if (step.kind !== 'set') return step;
  const { file, path, value } = step;
  const text = [files.get(file), start.get(file)]
    .map((t) => (t === undefined ? undefined : setField(t, path, value)))
    .find((t) => t !== undefined);
  if (text === undefined) throw new Error(`lab step: ${path} cannot be set in ${file}`);
  return { kind: 'apply', file, text };
}

export type Outcome = 'applied' | 'invalid' | 'incomplete';

/** What a learner left behind at the last visit. */
export interface LabProgress {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly predictions: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
  readonly done: readonly string[];
}

/** Keystrokes in one file that count as one edit. */
interface Burst {
  readonly file: string;
  /** The cluster before the first of them. */
  readonly before: unknown;
  /** Tasks that were ticked before it. */
  readonly done: readonly string[];
}

/** A lab on a cluster of its own: plays actions and keeps the log. */
export class LabRun {
  readonly #lab: Lab;
  readonly #cluster: LabCluster;
  readonly #startTexts: FileTexts;
  readonly #startState: unknown;
  #files = new Map<string, string>();
  #problems = new Map<string, readonly Problem[]>();
  #predictions: Record<string, string> = {};
  #answers: Record<string, string> = {};
  #clicks: string[] = [];
  #elapsed = 0;
  #log: Action[] = [];
  #tasks: readonly TaskState[] = [];
  #burst: Burst | null = null;

  /** Applies the lab's background and its files to a fresh cluster. */
  constructor(lab: Lab, cluster: LabCluster, lang: Lang) {
    this.#lab = lab;
    this.#cluster = cluster;
    this.#startTexts = new Map(startFiles(lab, lang).map((f) => [f.name, f.text]));
    for (const [name, text] of [
      ...(lab.background ?? []).map((f): [string, string] => [f.name, textIn(f, lang)]),
      ...this.#startTexts,
    ]) {
      const { outcome, problems } = cluster.applyText(name, text);
      if (outcome !== 'applied')
        throw new Error(`lab ${lab.id}: ${name} is ${outcome}: ${JSON.stringify(problems)}`);
    }
    this.#files = new Map(this.#startTexts);
    this.#startState = cluster.snapshot();
    this.#judge();
  }

  get tasks(): readonly TaskState[] {
    return this.#tasks;
  }

  get files(): FileTexts {
    return this.#files;
  }

  get log(): readonly Action[] {
    return this.#log;
  }

  /** What is wrong with the files as they stand. */
  get problems(): readonly Problem[] {
    return [...this.#problems.values()].flat();
  }

  get world(): World {
    const { problems } = this;
    return worldOf(this.#cluster, {
      predictions: this.#predictions,
      answers: this.#answers,
      clicks: this.#clicks,
      problems,
    });
  }

  /** The reference solution of a task. */
  solution(task: string): readonly Step[] {
    return this.#lab.solution[task] ?? [];
  }

  /**
   * A new text of a file while the learner types. Each text of a burst of keystrokes is applied to the cluster as it was before the
   * burst, so what lies between the first keystroke and the last leaves no trace. Text that cannot be applied changes nothing.
   */
  type(file: string, text: string): Outcome {
    if (this.#burst?.file !== file) {
      this.commit();
      this.#burst = { file, before: this.#cluster.snapshot(), done: this.#ticked };
    }
    const current = this.#cluster.snapshot();
    this.#cluster.restore(this.#burst.before);
    const outcome = this.#act({ kind: 'apply', file, text });
    if (outcome !== 'applied') this.#cluster.restore(current);
    const { done } = this.#burst;
    this.#judge(done);
    // A tick that the learner has seen stays, and so does what earned it.
    if (this.#ticked.some((id) => !done.includes(id))) this.commit();
    return outcome;
  }

  /** The burst of keystrokes is over: its last text is what was applied. */
  commit(): void {
    if (!this.#burst) return;
    const { file } = this.#burst;
    this.#burst = null;
    this.#log.push({ at: this.#elapsed, kind: 'apply', file, text: this.#files.get(file) ?? '' });
  }

  /** Goes on where the learner was: files that the lab does not have are left out. */
  resume(progress: LabProgress): void {
    for (const { name, text } of progress.files)
      if (this.#files.has(name) && this.#files.get(name) !== text)
        this.play({ kind: 'apply', file: name, text });
    this.#predictions = { ...progress.predictions };
    this.#clicks = [...progress.clicks];
    this.#judge(progress.done);
  }

  /** Plays a step; returns what became of it. */
  play(step: Step): Outcome {
    this.commit();
    const action = resolveStep(step, this.world, this.#files, this.#startTexts);
    const outcome = this.#act(action);
    this.#log.push({ at: this.#elapsed, ...action });
    this.#judge();
    return outcome;
  }

  /** Back to the lab's start, or to the start of a task. */
  reset(task?: string): void {
    this.#cluster.restore(this.#startState);
    this.#files = new Map(this.#startTexts);
    this.#problems = new Map();
    this.#predictions = {};
    this.#answers = {};
    this.#clicks = [];
    this.#elapsed = 0;
    this.#log = [];
    this.#tasks = [];
    this.#burst = null;
    this.#judge();
    if (task !== undefined) for (const step of stepsBefore(this.#lab, task)) this.play(step);
  }

  #act(action: ActionBody): Outcome {
    switch (action.kind) {
      case 'apply': {
        const { outcome, problems } = this.#cluster.applyText(action.file, action.text);
        this.#files.set(action.file, action.text);
        this.#problems.set(action.file, problems);
        return outcome;
      }
      case 'click':
        this.#clicks = [...this.#clicks.filter((c) => c !== action.target), action.target];
        break;
      case 'predict':
        this.#predictions = { ...this.#predictions, [action.question]: action.answer };
        break;
      case 'answer':
        this.#answers = { ...this.#answers, [action.question]: action.answer };
        break;
      case 'time':
        this.#cluster.advance(action.advanceMs);
        this.#elapsed += action.advanceMs;
        break;
    }
    return 'applied';
  }

  get #ticked(): readonly string[] {
    return this.#tasks.filter((t) => t.done).map((t) => t.id);
  }

  #judge(done: readonly string[] = this.#ticked): void {
    this.#tasks = evaluate(this.#lab, this.world, done);
  }
}
