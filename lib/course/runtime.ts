// A lab being done: plays the actions of the log on a cluster of its own, keeps the log, takes actions back, and ticks tasks. A
// task that was ticked once stays ticked until the lab is reset: later tasks may undo its outcome on purpose.
import type { Problem } from '@/lib/sim/types';
import { packetOf } from './packet-target';
import { endings, finishProgram, longerTime, passTime } from './programs';
import { backgroundFiles, isComment, resolveStep, startFiles, stepsBefore } from './steps';
import type {
  Action,
  ActionBody,
  FileTexts,
  Lab,
  LabCluster,
  LabTerminals,
  Lang,
  Step,
  TaskState,
  TerminalFiles,
  TerminalOutput,
  World,
} from './types';
import {
  isOpinion,
  isTurn,
  NOTHING_DONE,
  withTurn,
  type Burst,
  type Doing,
  type Move,
  type Point,
  type Turn,
} from './turns';
import { evaluate, worldOf, type LabStart } from './world';

export type Outcome = 'applied' | 'invalid' | 'incomplete';

/** What a learner left behind at the last visit. */
export interface LabProgress {
  readonly log: readonly Action[];
  /** Texts that were typed and not played any more; files that the lab does not have are left out. */
  readonly drafts: readonly { readonly name: string; readonly text: string }[];
  /** Tasks that were ticked, whatever the log says. */
  readonly done: readonly string[];
}

/** So many outputs of terminals are remembered, and so much of each. */
const OUTPUT_LIMIT = 500;
const OUTPUT_CHARS = 64 * 1024;

export type NewTerminals = (files: TerminalFiles) => LabTerminals;

export class LabRun {
  readonly #lab: Lab;
  readonly #lang: Lang;
  readonly #cluster: LabCluster;
  readonly #terminals: LabTerminals | undefined;
  readonly #startTexts: FileTexts;
  readonly #begun: LabStart;
  readonly #start: Point;
  #doing: Doing;
  #past: readonly Turn[] = [];
  #future: readonly Move[] = [];
  #burst: Burst | null = null;
  #timeGrows = false;

  /** Applies the lab's background and its files to a fresh cluster. Without terminals, lines typed into them print nothing. */
  constructor(lab: Lab, cluster: LabCluster, lang: Lang, newTerminals?: NewTerminals) {
    this.#lab = lab;
    this.#lang = lang;
    this.#cluster = cluster;
    this.#startTexts = new Map(startFiles(lab, lang).map((f) => [f.name, f.text]));
    for (const { name, text } of [...backgroundFiles(lab, lang), ...startFiles(lab, lang)]) {
      const { outcome, problems } = cluster.applyText(name, text);
      if (outcome !== 'applied' && text.trim() !== '' && !isComment(text))
        throw new Error(`lab ${lab.id}: ${name} is ${outcome}: ${JSON.stringify(problems)}`);
    }
    this.#doing = { ...NOTHING_DONE, files: this.#startTexts };
    this.#terminals = newTerminals?.(this.#terminalFiles());
    this.#begun = { at: cluster.now, writes: cluster.changes.total };
    this.#judge();
    this.#start = this.#point();
  }

  get tasks(): readonly TaskState[] {
    return this.#doing.tasks;
  }

  get files(): FileTexts {
    return this.#doing.files;
  }

  /** All that was done, an edit that is still being typed included. */
  get log(): readonly Action[] {
    const burst = this.#burst;
    if (!burst) return this.#doing.log.actions;
    return this.#folded(burst).reduce((log, a) => log.with({ at: burst.at, ...a }), this.#doing.log).actions;
  }

  /** The log has reached its limit: what is done now is not in it. */
  get logFull(): boolean {
    return this.#doing.log.full;
  }

  get canUndo(): boolean {
    return this.#past.length > 0 || this.#burst !== null;
  }

  get canRedo(): boolean {
    return this.#future.length > 0 && this.#burst === null;
  }

  /** What is wrong with the files as they stand. */
  get problems(): readonly Problem[] {
    return [...this.#doing.problems.values()].flat();
  }

  get outputs(): readonly TerminalOutput[] {
    return this.#doing.outputs;
  }

  get world(): World {
    const { predictions, answers, clicks, outputs, log } = this.#doing;
    const { problems } = this;
    const history = log.actions;
    const start = this.#begun;
    return worldOf(this.#cluster, { predictions, answers, clicks, outputs, history, problems, start });
  }

  /** The reference solution of a task. */
  solution(task: string): readonly Step[] {
    return this.#lab.solution[task] ?? [];
  }

  /** The action that a step of a solution stands for now. */
  resolve(step: Step): ActionBody {
    return resolveStep(step, this.world, this.files, this.#startTexts, this.#lang);
  }

  /**
   * A new text of a file while the learner types. Each text of a burst of keystrokes is applied to the cluster as it was before the
   * burst, so what lies between the first keystroke and the last leaves no trace. Text that cannot be applied changes nothing.
   */
  type(file: string, text: string): Outcome {
    if (this.#terminals?.running().length) return this.#typeWatched(file, text);
    if (this.#burst?.file !== file) {
      this.commit();
      this.#burst = { file, before: this.#point(), at: this.#elapsed, applied: undefined };
      this.#future = [];
    }
    const burst = this.#burst;
    const current = this.#cluster.snapshot();
    this.#cluster.restore(burst.before.cluster);
    const outcome = this.#act({ kind: 'apply', file, text });
    if (outcome === 'applied') this.#burst = { ...burst, applied: text };
    else this.#cluster.restore(current);
    const before = ticked(burst.before.doing.tasks);
    this.#judge(before);
    // A tick that the learner has seen stays, and so does what earned it.
    if (ticked(this.tasks).length > before.length) this.commit();
    return outcome;
  }

  /**
   * The same while a program runs in a terminal. It may watch the cluster, and a step back would end its watch: so each text that is
   * applied is an action of its own, and the program sees them all.
   */
  #typeWatched(file: string, text: string): Outcome {
    const waiting = this.#burst?.file === file && this.#burst.applied === undefined ? this.#burst : undefined;
    if (!waiting) this.commit();
    const before = waiting?.before ?? this.#point();
    const at = waiting?.at ?? this.#elapsed;
    this.#burst = null;
    this.#future = [];
    const action: ActionBody = { kind: 'apply', file, text };
    const outcome = this.#act(action);
    if (outcome === 'applied') {
      this.#terminals?.wake();
      this.#note(before, at, action);
    } else this.#burst = { file, before, at, applied: undefined };
    this.#judge();
    return outcome;
  }

  /**
   * The burst of keystrokes is over. Its last text goes into the log; if that was not applied, the last one that was goes before it,
   * and both are played anew, so that the log leads to this very state.
   */
  commit(): void {
    const burst = this.#burst;
    if (!burst) return;
    const actions = this.#folded(burst);
    this.#burst = null;
    if (actions.length > 1) {
      this.#doing = burst.before.doing;
      this.#cluster.restore(burst.before.cluster);
      for (const action of actions) this.#record(action);
    } else for (const action of actions) this.#note(burst.before, burst.at, action);
  }

  /** Goes on where the learner was. */
  resume({ log, drafts, done }: LabProgress): void {
    for (const { at: _at, ...action } of log) this.perform(action);
    for (const { name, text } of drafts)
      if (this.files.has(name) && this.files.get(name) !== text)
        this.perform({ kind: 'apply', file: name, text });
    this.#judge([...ticked(this.tasks), ...done]);
  }

  /** An action of the learner, or of a log that is replayed. A program that has to wait goes on running. */
  perform(action: ActionBody): Outcome {
    this.commit();
    this.#future = [];
    return this.#record(action);
  }

  /** Plays a step of a solution; nobody waits, so time passes until its program has ended. Returns what became of it. */
  play(step: Step): Outcome {
    const action = this.resolve(step);
    const outcome = this.perform(action);
    if (action.kind === 'shell' && this.#terminals)
      finishProgram(this.#cluster, this.#terminals, action.terminal, (next) => void this.#record(next));
    return outcome;
  }

  /** Takes the last turn back that changed the cluster, the files or a terminal; opinions given since are kept. */
  undo(): boolean {
    this.commit();
    const turn = this.#past.at(-1);
    if (!turn) return false;
    const { before, move } = turn;
    const since = move.kind === 'reset' ? [] : this.#doing.log.actions.slice(before.doing.log.actions.length);
    this.#return(before);
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, move];
    for (const action of endings(before.running)) this.#record(action);
    for (const { at: _at, ...action } of since) if (isOpinion(action)) this.#record(action);
    return true;
  }

  /** Does again what was taken back last. */
  redo(): boolean {
    this.commit();
    const move = this.#future.at(-1);
    if (!move) return false;
    const rest = this.#future.slice(0, -1);
    if (move.kind === 'reset') this.reset(move.task);
    else this.#record(move.action);
    this.#future = rest;
    return true;
  }

  /** Back to the lab's start, or to the start of a task. Both can be taken back. */
  reset(task?: string): void {
    this.commit();
    const turn: Turn = {
      before: this.#point(),
      move: { kind: 'reset', ...(task === undefined ? {} : { task }) },
    };
    const past = this.#past;
    this.#return(this.#start);
    if (task !== undefined) for (const step of stepsBefore(this.#lab, task)) this.play(step);
    this.#past = withTurn(past, turn);
    this.#future = [];
  }

  /** Virtual time since the lab's start, ms. */
  get #elapsed(): number {
    return this.#cluster.now - this.#begun.at;
  }

  /** The actions that a burst comes to. */
  #folded({ file, applied }: Burst): readonly ActionBody[] {
    const text = this.files.get(file) ?? '';
    const texts = applied === undefined || applied === text ? [text] : [applied, text];
    return texts.map((t): ActionBody => ({ kind: 'apply', file, text: t }));
  }

  #record(action: ActionBody): Outcome {
    const before = this.#point();
    const at = this.#elapsed;
    const ticks = ticked(this.tasks).length;
    const outcome = this.#act(action);
    this.#terminals?.wake();
    this.#note(before, at, action);
    this.#judge();
    // Time that ticked a task stays an action of its own: a longer one would be judged at its end only.
    this.#timeGrows = action.kind === 'time' && ticked(this.tasks).length === ticks;
    return outcome;
  }

  #note(before: Point, at: number, action: ActionBody): void {
    const { log } = this.#doing;
    const longer = this.#timeGrows ? longerTime(log.actions.at(-1), action) : undefined;
    const turn = this.#past.at(-1);
    if (longer && turn?.move.kind === 'action' && turn.move.action.kind === 'time') {
      const { at: _at, ...whole } = longer;
      this.#set({ log: log.instead(longer) });
      this.#past = withTurn(this.#past.slice(0, -1), { ...turn, move: { kind: 'action', action: whole } });
      return;
    }
    this.#set({ log: log.with({ at, ...action }) });
    if (isTurn(action, before))
      this.#past = withTurn(this.#past, { before, move: { kind: 'action', action } });
  }

  #act(action: ActionBody): Outcome {
    const { files, problems, clicks, predictions, answers } = this.#doing;
    switch (action.kind) {
      case 'apply': {
        const { file, text } = action;
        const applied = this.#cluster.applyText(file, text);
        this.#set({
          files: this.#withText(files, file, text),
          problems: new Map(problems).set(file, applied.problems),
        });
        return applied.outcome;
      }
      case 'shell':
        this.#shell(action.terminal, action.line);
        break;
      case 'click':
        this.#send(action.target);
        this.#set({ clicks: [...clicks.filter((c) => c !== action.target), action.target] });
        break;
      case 'predict':
        this.#set({ predictions: { ...predictions, [action.question]: action.answer } });
        break;
      case 'answer':
        this.#set({ answers: { ...answers, [action.question]: action.answer } });
        break;
      case 'time':
        if ('advanceMs' in action) passTime(this.#cluster, this.#terminals, action.advanceMs);
        else if (action.clock === 'step') this.#cluster.step();
        else this.#cluster.hold(action.clock === 'hold');
        break;
    }
    return 'applied';
  }

  /** A file that the lab did not bring is deleted by emptying it. */
  #withText(files: FileTexts, file: string, text: string): FileTexts {
    const changed = new Map(files).set(file, text);
    if (text === '' && !this.#startTexts.has(file)) changed.delete(file);
    return changed;
  }

  /** A line in a terminal; what it changed in the cluster has settled when the next line is typed. */
  #shell(terminal: string, line: string): void {
    if (!this.#terminals) return;
    const { stdout, stderr, exit } = this.#terminals.run(terminal, line);
    this.#cluster.settle();
    const output = { terminal, line, stdout: cut(stdout), stderr: cut(stderr), exit };
    this.#set({ outputs: [...this.#doing.outputs, output].slice(-OUTPUT_LIMIT) });
  }

  /** A click may be a packet that is sent. One that cannot be (its Pod has gone) changes nothing. */
  #send(target: string): void {
    const call = packetOf(target);
    if (call) this.#cluster.network.connect(call);
  }

  #terminalFiles(): TerminalFiles {
    return {
      list: () => [...this.files.keys()],
      read: (name) => this.files.get(name),
      write: (name, text) => {
        this.#set({ files: new Map(this.files).set(name, text) });
        return true;
      },
    };
  }

  #set(part: Partial<Doing>): void {
    this.#doing = { ...this.#doing, ...part };
  }

  #point(): Point {
    return {
      doing: this.#doing,
      cluster: this.#cluster.snapshot(),
      terminals: this.#terminals?.snapshot(),
      running: this.#terminals?.running() ?? [],
    };
  }

  #return({ doing, cluster, terminals }: Point): void {
    this.#doing = doing;
    this.#cluster.restore(cluster);
    this.#terminals?.restore(terminals);
  }

  #judge(done: readonly string[] = ticked(this.tasks)): void {
    this.#set({ tasks: evaluate(this.#lab, this.world, done) });
  }
}

const ticked = (tasks: readonly TaskState[]): readonly string[] =>
  tasks.filter((t) => t.done).map((t) => t.id);

const cut = (text: string): string => (text.length > OUTPUT_CHARS ? text.slice(0, OUTPUT_CHARS) : text);
