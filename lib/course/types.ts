// Labs: data and pure functions. A lab file imports these types and the check helpers, nothing else.
import type { Result } from '@/lib/core/result';
import type { Entry } from '@/lib/net/conntrack/entry';
import type { Call, From } from '@/lib/net/datapath/connect';
import type { Outcome, Trace } from '@/lib/net/datapath/trace';
import type { Answer, Question } from '@/lib/net/dns/message';
import type { Reason } from '@/lib/net/ruleset/types';
import type { ClusterProxyMode, K8sVersion } from '@/lib/kube/versions';
import type { KubeObject } from '@/lib/kube/types';
import type { RuleSet } from '@/lib/net/ruleset/types';
import type { JourneyQuestion } from './journey';
import type { ApiReader } from '@/lib/kube/api/types';
import type { Change, ChangeLog } from '@/lib/sim/changes';
import type { Problem } from '@/lib/sim/types';
import type { WatchedEvent } from '@/lib/sim/watch-traffic';

/** The languages of the course. */
export type Lang = 'zh' | 'en';

/** One entry of the action log (CONTRACTS: the list from which everything a learner did can be replayed). */
export type Action = { readonly at: number } & ActionBody;

export type ActionBody =
  /** The text of a file of the editor, applied if it can be; keystrokes are folded into what they led to. */
  | { readonly kind: 'apply'; readonly file: string; readonly text: string }
  /** A line typed into a terminal ("control", "node-1", "default/client"), or into the program that runs in it; Ctrl-C is \x03, \x1c ends what runs behind the prompt. */
  | { readonly kind: 'shell'; readonly terminal: string; readonly line: string }
  | { readonly kind: 'click'; readonly target: string }
  | { readonly kind: 'predict'; readonly question: string; readonly answer: string }
  | { readonly kind: 'answer'; readonly question: string; readonly answer: string }
  /** Rewinding takes actions off the log; what moves the clock on, or holds it, is an action. */
  | { readonly kind: 'time'; readonly advanceMs: number }
  | { readonly kind: 'time'; readonly clock: ClockMove };

/** Hold: requests are answered, nobody acts on them. Step: one component's turn. Run: the cluster comes to rest after each change. */
export type ClockMove = 'hold' | 'step' | 'run';

/** Kinds that the format has, and that nothing plays yet. */
export const RESERVED_KINDS: readonly string[] = ['fault', 'import'];

/** Sets one field in a file of the editor and leaves the rest of its text alone. */
export interface SetStep {
  readonly kind: 'set';
  readonly file: string;
  /** spec.ports[0].targetPort */
  readonly path: string;
  readonly value: string | number | boolean;
}

/** Writes a whole file of the editor, with its comments in the learner's language. */
export interface WriteStep extends LabFile {
  readonly kind: 'write';
}

/**
 * A step of a reference solution or of a wrong attempt: an action of the log, or what becomes one when it is played (runtime.ts,
 * resolveStep) because it depends on the text in the editor or on the cluster.
 */
export type Step = ActionBody | SetStep | WriteStep | ((world: World) => ActionBody);

export interface ActionLog {
  readonly format: 1;
  /** Raised when old logs would replay differently. */
  readonly engine: number;
  readonly k8s: K8sVersion;
  readonly seed: number;
  /** kube-proxy's mode in the cluster; iptables unless it is named. */
  readonly proxyMode?: ClusterProxyMode;
  readonly lab?: string;
  readonly actions: readonly Action[];
}

export interface LabFile {
  readonly name: string;
  readonly text: string;
  /** The same file with its comments in another language; `text` stands for the languages that are not named. */
  readonly translations?: Readonly<Partial<Record<Lang, string>>>;
}

/** The editor's texts by file name. */
export type FileTexts = ReadonlyMap<string, string>;

/** What a line in a terminal printed. */
export interface TerminalOutput {
  readonly terminal: string;
  readonly line: string;
  readonly stdout: string;
  readonly stderr: string;
  readonly exit: number;
}

/** The files that a terminal sees: the editor's. */
export interface TerminalFiles {
  list(): readonly string[];
  read(name: string): string | undefined;
  /** false: the file may not be written. */
  write(name: string, text: string): boolean;
}

export interface RunningProgram {
  readonly terminal: string;
  /** `event`: anything that happens in the cluster. */
  readonly waitsFor: 'time' | 'event' | 'input' | 'edit';
  /** A moment of virtual time (ms) at which it goes on whatever happens. */
  readonly until?: number;
  /** It runs behind the prompt (`&`). */
  readonly behind?: true;
}

/** The terminals of a lab: each has a state of its own (working directory, variables). */
export interface LabTerminals {
  run(terminal: string, line: string): Omit<TerminalOutput, 'terminal' | 'line'>;
  /** Time has passed or something has happened: programs that waited for it go on. */
  wake(): void;
  /** Programs that run, and what each waits for. */
  running(): readonly RunningProgram[];
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** What the lab runtime needs of the network between Pods, nodes and hosts outside; lib/sim's ClusterNetwork has it. */
export interface LabNetwork {
  /** Makes a connection. */
  connect(call: Call): Result<Trace, Reason>;
  /** All ways that it can go, with probabilities; changes nothing. */
  outcomes(call: Call): Result<readonly Outcome[], Reason>;
  /** The latest connections that were made, oldest first. */
  readonly made: readonly {
    /** Virtual time, ms. */
    readonly at: number;
    readonly call: Call;
    readonly trace: Trace;
    /** What the programs at both ends said: of DNS, the question and its answer. */
    readonly said?: { readonly dns?: { readonly question: Question; readonly answer: Answer } };
  }[];
  conntrack(node: string): readonly Entry[];
}

/** Connections made one after the other from the same state: how many each endpoint got, by "ip:port". */
export interface Spread {
  readonly made: number;
  readonly answered: number;
  readonly endpoints: Readonly<Record<string, number>>;
}

/** What the lab runtime needs of a simulated cluster; lib/sim's Cluster has it. */
export interface LabCluster {
  readonly k8s: K8sVersion;
  /** Virtual time, ms. */
  readonly now: number;
  /** When something will happen next; undefined: nothing is waiting. */
  readonly nextEventAt: number | undefined;
  readonly api: ApiReader;
  readonly nodes: readonly string[];
  /** IPv4 unless told otherwise. */
  rules(node: string): RuleSet | undefined;
  readonly network: LabNetwork;
  /** What was written, by whom. */
  readonly changes: ChangeLog;
  /** The clock stands still. */
  readonly held: boolean;
  applyText(
    file: string,
    text: string,
  ): { readonly outcome: 'applied' | 'invalid' | 'incomplete'; readonly problems: readonly Problem[] };
  settle(): void;
  hold(held: boolean): void;
  step(): unknown;
  advance(ms: number): void;
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** A write to an object or to a node's rules; `at`: ms since the lab's start, as actions of the log have it. */
export type Written = Change;

/** Where a connection goes: an address, or a Service by name. */
export type Target =
  | { readonly ip: string; readonly port: number }
  | { readonly service: string; readonly port: number };

/** What a check may look at. Reading never changes the cluster. */
export interface World {
  readonly k8s: K8sVersion;
  list<T extends KubeObject>(kind: T['kind'], namespace?: string): readonly T[];
  get<T extends KubeObject>(kind: T['kind'], namespace: string, name: string): T | undefined;
  /** The node's rules, IPv4. */
  rules(node: string): RuleSet;
  /** The node's connection tracking table, oldest entry first. */
  conntrack(node: string): readonly Entry[];
  /**
   * What a new TCP connection would do now: one trace, drawn by lot, or how many of `n` reach each endpoint. Changes nothing. undefined:
   * it cannot be tried (no such Pod, Service or port).
   */
  connect(from: From, to: Target): Trace | undefined;
  connect(from: From, to: Target, n: number): Spread | undefined;
  /** All ways that it could go, with exact probabilities. */
  outcomes(from: From, to: Target): readonly Outcome[];
  /** Connections that the learner made, by commands or by packets, oldest first. */
  readonly connections: LabNetwork['made'];
  readonly nodes: readonly string[];
  /** The cluster's clock stands still: components act one step at a time. */
  readonly held: boolean;
  /** What the learner and the components have written since the lab's start, oldest first (the last 500 at least). */
  written(): readonly Written[];
  /** What each watcher of a kind was sent lately, oldest first: as far as the cluster keeps its changes. */
  watched<T extends KubeObject>(kind: T['kind']): readonly WatchedEvent<T>[];
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  /** In the order of selection, e.g. "chain:KUBE-SVC-…". */
  readonly clicks: readonly string[];
  /** What the terminals printed, in the order of the lines. */
  readonly outputs: readonly TerminalOutput[];
  /** All that the learner did. */
  readonly history: readonly Action[];
  /** Tasks that are ticked already. */
  readonly done: readonly string[];
  /** What is wrong with the editor's text as it stands; such text is not in the cluster. */
  readonly problems: readonly Problem[];
}

export type CheckResult = true | Reason;
export type Check = (world: World) => CheckResult;

export interface Task {
  readonly id: string;
  readonly check: Check;
  /** The part of the check that a state alone can show, without what the learner did; absent if there is none. */
  readonly state?: Check;
  /** Common mistakes, answered by name: the first whose `when` holds is shown instead of the check's own reason. */
  readonly mistakes?: readonly { readonly id: string; readonly when: (world: World) => boolean }[];
}

export interface Lab {
  readonly id: string;
  readonly versions: readonly K8sVersion[];
  /** Files of the editor at the start. */
  readonly start: readonly LabFile[];
  /** Objects of the cluster that the editor does not show. */
  readonly background?: readonly LabFile[];
  readonly tasks: readonly Task[];
  /** Prediction boxes by id; `correct` is the index among the options in the words. */
  readonly predictions?: Readonly<Record<string, { readonly correct: number }>>;
  /** Ordering questions by id; `correct` is the right order as indices of the items in the words. */
  readonly orders?: Readonly<Record<string, { readonly correct: readonly number[] }>>;
  /** Tables in which a learner foretells a connection's addresses, by id. */
  readonly journeys?: Readonly<Record<string, JourneyQuestion>>;
  /** By task id. */
  readonly solution: Readonly<Record<string, readonly Step[]>>;
  /** Other ways to solve the whole lab, replayed as the reference solution is; a task that is left out is solved as there. */
  readonly otherWays?: readonly { readonly name: string; readonly solution: Lab['solution'] }[];
  readonly wrong: readonly {
    readonly name: string;
    readonly steps: readonly Step[];
    readonly failsAt: string;
    readonly mistake?: string;
  }[];
  readonly size?: 'normal' | 'large';
}

/** lab.zh.yaml, lab.en.yaml: the words of a lab. */
export interface LabWords {
  readonly title: string;
  readonly goal: string;
  readonly tasks: Readonly<
    Record<
      string,
      { readonly title: string; readonly text: string; readonly hints: readonly [string, string, string] }
    >
  >;
  readonly mistakes: Readonly<Record<string, string>>;
  readonly reasons: Readonly<Record<string, string>>;
  /** The answer that is recorded is the index of the chosen option as text ("0", "1" …), so that it means the same in both languages. */
  readonly predictions: Readonly<
    Record<
      string,
      { readonly question: string; readonly options: readonly string[]; readonly explain: string }
    >
  >;
  /**
   * Ordering questions; absent if there are none. Items stand in the order in which they are offered. The answer that is recorded is their
   * indices in the learner's order ("2,0,1"), so that it means the same in both languages.
   */
  readonly orders?: Readonly<Record<string, OrderWords>>;
  /** Words of the tables of addresses; absent if there are none. The answer is a way for each row (journey.ts): "client>pod,…". */
  readonly journeys?: Readonly<Record<string, JourneyWords>>;
}

export interface JourneyWords {
  readonly question: string;
  readonly explain: string;
}

export interface OrderWords {
  readonly question: string;
  readonly items: readonly string[];
  readonly explain: string;
}

export interface TaskState {
  readonly id: string;
  readonly done: boolean;
  /** Why not yet: a reason's code with values, or a mistake's id. */
  readonly reason?: Reason;
  readonly mistake?: string;
}
