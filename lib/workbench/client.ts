// The page's side of the workbench: one worker, an ordered queue of changes to it, and its newest state for React
// (useSyncExternalStore). A worker that dies or hangs becomes a state with a reason; restarting it loses nothing typed.
import { wrap } from 'comlink';
import type { ClockMove } from '@/lib/course/types';
import { enqueue, perform, type Change } from './change-queue';
import type { AnswerTo, EditorAnswer, EditorQuestion } from './editor-desk';
import { EMPTY_MEMORY, fromLog, learn, remember, type Memory } from './memory';
import type { InspectAnswer, InspectAnswerTo, InspectQuestion } from './inspect';
import { pauseOf } from './pause';
import type {
  ChainFocus,
  Completion,
  ConsolePlace,
  OpenRequest,
  RuleLocation,
  ServiceHit,
  Workbench,
  WorkbenchState,
} from './protocol';
import type { FieldRef } from '@/lib/net/ruleset/types';

export type Failure = 'crashed' | 'stuck';

export interface ClientState {
  readonly status: 'closed' | 'opening' | 'ready' | 'failed';
  readonly failure: Failure | null;
  /** A change is being processed. */
  readonly busy: boolean;
  /** The worker's last answer; kept while it fails and restarts. */
  readonly state: WorkbenchState | null;
  readonly memory: Memory;
}

export interface ClientApi {
  open(request: OpenRequest): void;
  edit(file: string, text: string): void;
  focus(focus: Partial<ChainFocus>): void;
  predict(question: string, answer: string): void;
  answer(question: string, answer: string): void;
  click(target: string): void;
  /** A line typed into a terminal; Ctrl-C and Ctrl-D are lines of their own (lib/terminal/terminals). */
  shell(terminal: string, line: string): void;
  complete(terminal: string, text: string, cursor: number): Promise<Completion>;
  consoles(query: string, limit: number): Promise<readonly ConsolePlace[]>;
  /** Lets virtual time pass. */
  pass(ms: number): void;
  /** Holds the clock, lets one component have its turn, or lets the cluster run. */
  clock(move: ClockMove): void;
  undo(): void;
  redo(): void;
  reset(task?: string): void;
  solve(task: string): void;
  /** A hash of the whole state; '' if the cluster does not run. */
  digest(): Promise<string>;
  search(query: string, limit: number): Promise<readonly ServiceHit[]>;
  locate(origin: readonly FieldRef[]): Promise<readonly RuleLocation[]>;
  rulesAt(file: string, line: number, column: number): Promise<readonly string[]>;
  /** What a view asks; undefined if the cluster does not run. */
  inspect<Q extends InspectQuestion>(question: Q): Promise<InspectAnswerTo<Q> | undefined>;
  /** What the editor asks; undefined if the cluster does not run. */
  consult<Q extends EditorQuestion>(question: Q): Promise<AnswerTo<Q> | undefined>;
  /** A new worker, opened with all that the learner has done. */
  restart(): void;
  close(): void;
}

export interface WorkbenchClient {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => ClientState;
  readonly api: ClientApi;
}

export interface Connection {
  readonly workbench: Workbench;
  close(): void;
}
export type Connect = (onCrash: () => void) => Connection;

/** Longer than any change takes, on a slow machine too. */
const STUCK_AFTER_MS = 30_000;
/** A large cluster may take so much longer to open, for each of its Services. */
const PATIENCE_PER_SERVICE_MS = 9;

const stuckAfter = (change: Change): number =>
  STUCK_AFTER_MS + (change.kind === 'open' ? (change.request.crowd ?? 0) * PATIENCE_PER_SERVICE_MS : 0);

const startWorker = (): Worker => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
let warm: Worker | undefined;

/** Starts the next client's worker ahead of time: its scripts load while the page is still waking up. */
export function warmUp(): void {
  warm ??= startWorker();
}

const connectWorker: Connect = (onCrash) => {
  const worker = warm ?? startWorker();
  warm = undefined;
  worker.addEventListener('error', onCrash);
  worker.addEventListener('messageerror', onCrash);
  return { workbench: wrap<Workbench>(worker), close: () => worker.terminate() };
};

/** A client without a worker; `open` starts one. */
export function createWorkbenchClient(connect: Connect = connectWorker): WorkbenchClient {
  const client = new Client(connect);
  return {
    subscribe: (listener) => client.subscribe(listener),
    getState: () => client.state,
    api: client,
  };
}

class Client implements ClientApi {
  state: ClientState = { status: 'closed', failure: null, busy: false, state: null, memory: EMPTY_MEMORY };
  readonly #connect: Connect;
  readonly #listeners = new Set<() => void>();
  #connection: Connection | null = null;
  #request: OpenRequest | null = null;
  #queue: readonly Change[] = [];
  #inFlight: Change | null = null;
  /** Ends questions that the worker will not answer any more. */
  #gone: () => void = () => undefined;
  #ended: Promise<void> = Promise.resolve();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(request: OpenRequest): void {
    this.#disconnect();
    this.#request = request;
    const { files: drafts = [], log = [], done = [] } = request;
    const memory: Memory = { ...EMPTY_MEMORY, ...fromLog(log, drafts), drafts, log, done };
    this.#set({ status: 'opening', failure: null, busy: false, memory });
    this.#queue = [{ kind: 'open', request }];
    this.#ended = new Promise((resolve) => (this.#gone = resolve));
    const connection = this.#connect(() => this.#fail(connection, 'crashed'));
    this.#connection = connection;
    void this.#pump(connection);
  }

  edit(file: string, text: string): void {
    this.#change({ kind: 'edit', file, text });
  }
  focus(focus: Partial<ChainFocus>): void {
    this.#change({ kind: 'focus', focus });
  }
  predict(question: string, answer: string): void {
    this.#change({ kind: 'predict', question, answer });
  }
  answer(question: string, answer: string): void {
    this.#change({ kind: 'answer', question, answer });
  }
  click(target: string): void {
    this.#change({ kind: 'click', target });
  }
  shell(terminal: string, line: string): void {
    this.#change({ kind: 'shell', terminal, line });
  }
  complete(terminal: string, text: string, cursor: number): Promise<Completion> {
    const none = { from: cursor, candidates: [] };
    return this.#ask(none, (workbench) => workbench.complete(terminal, text, cursor));
  }
  consoles(query: string, limit: number): Promise<readonly ConsolePlace[]> {
    return this.#ask([], (workbench) => workbench.consoles(query, limit));
  }
  pass(ms: number): void {
    const now = this.state.state?.now;
    if (now !== undefined) this.#change({ kind: 'pass', until: now + ms });
  }
  clock(move: ClockMove): void {
    this.#change({ kind: 'clock', move });
  }
  undo(): void {
    this.#change({ kind: 'undo' });
  }
  redo(): void {
    this.#change({ kind: 'redo' });
  }
  digest(): Promise<string> {
    return this.#ask('', (workbench) => workbench.digest());
  }
  reset(task?: string): void {
    this.#change(task === undefined ? { kind: 'reset' } : { kind: 'reset', task });
    // A lab that breaks its worker must still be resettable.
    if (this.state.status === 'failed') this.restart();
  }
  solve(task: string): void {
    this.#change({ kind: 'solve', task });
  }

  search(query: string, limit: number): Promise<readonly ServiceHit[]> {
    return this.#ask([], (workbench) => workbench.searchServices(query, limit));
  }
  locate(origin: readonly FieldRef[]): Promise<readonly RuleLocation[]> {
    return this.#ask([], (workbench) => workbench.locate(origin));
  }
  rulesAt(file: string, line: number, column: number): Promise<readonly string[]> {
    return this.#ask([], (workbench) => workbench.rulesAt(file, line, column));
  }

  inspect<Q extends InspectQuestion>(question: Q): Promise<InspectAnswerTo<Q> | undefined> {
    const answer = this.#ask<InspectAnswer | undefined>(undefined, (workbench) =>
      workbench.inspect(question),
    );
    return answer as Promise<InspectAnswerTo<Q> | undefined>;
  }
  consult<Q extends EditorQuestion>(question: Q): Promise<AnswerTo<Q> | undefined> {
    const answer = this.#ask<EditorAnswer | undefined>(undefined, (workbench) => workbench.consult(question));
    return answer as Promise<AnswerTo<Q> | undefined>;
  }

  restart(): void {
    if (!this.#request) return;
    const { drafts, log, done } = this.state.memory;
    const files = this.#request.lab === null ? this.state.memory.files : drafts;
    const sinceReset = this.#queue.slice(this.#queue.findLastIndex(({ kind }) => kind === 'reset') + 1);
    const lost = sinceReset.filter(({ kind }) => kind === 'predict' || kind === 'answer' || kind === 'click');
    this.open({ ...this.#request, files, log, done });
    for (const change of lost) this.#change(change);
  }

  close(): void {
    this.#disconnect();
    this.#set({ status: 'closed', busy: false });
  }

  #change(change: Change): void {
    this.#queue = enqueue(this.#queue, change);
    this.#set({ memory: remember(this.state.memory, change) });
    if (this.#connection && !this.state.busy) void this.#pump(this.#connection);
  }

  /** One change at a time, in order, until none waits. */
  async #pump(connection: Connection): Promise<void> {
    while (this.#connection === connection) {
      const [next, ...rest] = this.#queue;
      if (!next) return this.#set({ busy: false });
      this.#queue = rest;
      this.#inFlight = next;
      this.#set({ busy: true });
      const timer = setTimeout(() => this.#fail(connection, 'stuck'), stuckAfter(next));
      try {
        const state = await perform(connection.workbench, next);
        if (this.#connection !== connection) return;
        this.#inFlight = null;
        this.#pause(state);
        this.#set({ status: 'ready', state, memory: learn(this.state.memory, state, this.#queue) });
      } catch (error) {
        console.error(error);
        this.#fail(connection, 'crashed');
      } finally {
        clearTimeout(timer);
      }
    }
  }

  #pausing: { readonly until: number; readonly timer: ReturnType<typeof setTimeout> } | null = null;
  /** A program of a terminal waits for virtual time: as much real time passes, then the cluster's. */
  #pause(state: WorkbenchState): void {
    const until = pauseOf(state);
    if (this.#pausing?.until === until) return;
    if (this.#pausing) clearTimeout(this.#pausing.timer);
    this.#pausing = null;
    if (until === undefined) return;
    const pass = (): void => {
      this.#pausing = null;
      this.#change({ kind: 'pass', until });
    };
    this.#pausing = { until, timer: setTimeout(pass, until - state.now) };
  }

  async #ask<T>(none: T, question: (workbench: Workbench) => Promise<T>): Promise<T> {
    const connection = this.#connection;
    if (!connection) return none;
    try {
      return await Promise.race([question(connection.workbench), this.#ended.then(() => none)]);
    } catch (error) {
      console.error(error);
      this.#fail(connection, 'crashed');
      return none;
    }
  }

  #fail(connection: Connection, failure: Failure): void {
    if (this.#connection !== connection) return;
    const unanswered = this.#inFlight ? [this.#inFlight, ...this.#queue] : this.#queue;
    this.#disconnect();
    this.#queue = unanswered;
    this.#set({ status: 'failed', failure, busy: false });
  }

  #disconnect(): void {
    if (this.#pausing) clearTimeout(this.#pausing.timer);
    this.#pausing = null;
    this.#connection?.close();
    this.#connection = null;
    this.#queue = [];
    this.#inFlight = null;
    this.#gone();
  }

  #set(part: Partial<ClientState>): void {
    this.state = { ...this.state, ...part };
    for (const listener of this.#listeners) listener();
  }
}
