// What the page and the cluster's worker say to each other (plain data over Comlink). The page never sees engine objects.
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import type { FieldRef } from '@/lib/net/ruleset/types';
import type { ClusterProxyMode, K8sVersion } from '@/lib/kube/versions';
import type { ChainFocus } from './chain-focus';
import type { InspectAnswer, InspectQuestion } from './inspect';
import type { ClusterTurn } from '@/lib/sim';
import type { Problem } from '@/lib/sim/types';
import type { Output, TerminalState } from '@/lib/terminal/terminals';
import type { Action, Lang, TaskState, ClockMove } from '@/lib/course/types';
import type { EditorAnswer, EditorQuestion } from './editor-desk';

export type { ChainFocus } from './chain-focus';

export interface OpenRequest {
  /** A lab's id ("2.3"), or null for an empty cluster. */
  readonly lab: string | null;
  /** Where the lab stands ("content/stages/2-architecture/03-iptables-chains"), so that it can be loaded alone. */
  readonly folder?: string;
  readonly k8s: K8sVersion;
  /** kube-proxy's mode; iptables unless it is named, and where the version has no other. */
  readonly proxyMode?: ClusterProxyMode;
  readonly seed: number;
  /** The language of the comments in the lab's files. */
  readonly lang: Lang;
  /** Texts that were typed at the last visit and are not in the log; without a lab: the files of the editor. */
  readonly files?: readonly SourceFile[];
  /** What the learner did before; it is replayed. */
  readonly log?: readonly Action[];
  /** Tasks that were ticked at the last visit. */
  readonly done?: readonly string[];
  /** So many further Services with five endpoints each (lib/sim/crowd): the lab in a large cluster. */
  readonly crowd?: number;
}

export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** The end of the action log: what replaces it from an index on. */
export interface LogTail {
  readonly from: number;
  readonly actions: readonly Action[];
  /** The log has reached its limit: what is done now is not in it. */
  readonly full: boolean;
}

export interface RuleLocation {
  readonly file: string;
  readonly startLine: number;
  readonly endLine: number;
}

/** Everything that the panes draw; sent whole after each change (it is small: one Service in full, the rest counted). */
export interface WorkbenchState {
  readonly revision: number;
  readonly k8s: K8sVersion;
  readonly nodes: readonly string[];
  readonly focus: ChainFocus;
  readonly graph: ChainGraph;
  /** How the editor's text relates to the cluster. */
  readonly sync: 'applied' | 'invalid' | 'incomplete';
  readonly problems: readonly Problem[];
  readonly files: readonly SourceFile[];
  readonly tasks: readonly TaskState[];
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
  readonly log: LogTail;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What came out of the terminals with this change, and how those in use stand now. */
  readonly terminals: { readonly output: readonly Output[]; readonly consoles: readonly ConsoleState[] };
  /** Virtual time, ms. */
  readonly now: number;
  readonly clock: ClockState;
  /** Services beside the focused one, and how many rules they have. */
  readonly services: { readonly total: number; readonly rules: number };
  /** Milliseconds that the last edit took inside the worker. */
  readonly tookMs: number;
}

/** The cluster's clock, and whose turn comes next. */
export interface ClockState {
  readonly held: boolean;
  /** null: nothing is waiting. */
  readonly next: ClusterTurn | null;
  /** How many writes there have been. */
  readonly changes: number;
}

/** A terminal as it stands after a change. */
export interface ConsoleState extends TerminalState {
  /** Lines that it has taken so far. */
  readonly taken: number;
  /** More lines are needed before the ones given can be run. */
  readonly incomplete: boolean;
}

/** Where a terminal can be opened. */
export interface ConsolePlace {
  readonly name: string;
  readonly kind: 'control' | 'node' | 'pod';
  /** Pods: where it runs. */
  readonly node?: string;
}

export interface Completion {
  /** Where the word begins that the candidates replace. */
  readonly from: number;
  readonly candidates: readonly string[];
}

export interface ServiceHit {
  readonly service: string;
  readonly type: string;
  readonly clusterIP: string;
  readonly ports: string;
}

export interface Workbench {
  open(request: OpenRequest): Promise<WorkbenchState>;
  /** A new text of a file. Parsed, validated, and applied if valid ("apply as I type"). */
  edit(file: string, text: string): Promise<WorkbenchState>;
  focus(focus: Partial<ChainFocus>): Promise<WorkbenchState>;
  searchServices(query: string, limit: number): Promise<readonly ServiceHit[]>;
  /** Editor lines that a rule follows from. */
  locate(origin: readonly FieldRef[]): Promise<readonly RuleLocation[]>;
  /** Ids of the graph's rules that follow from the field at a place in a file. */
  rulesAt(file: string, line: number, column: number): Promise<readonly string[]>;
  /** What the views of objects and topology ask; nothing changes. */
  inspect(question: InspectQuestion): Promise<InspectAnswer>;
  /** What the editor asks; nothing changes. */
  consult(question: EditorQuestion): Promise<EditorAnswer>;
  predict(question: string, answer: string): Promise<WorkbenchState>;
  /** An answer to a question of the lesson, as the log keeps it. */
  answer(question: string, answer: string): Promise<WorkbenchState>;
  /** The learner selected something in a view that a task asks for, e.g. "chain:KUBE-SVC-…". */
  click(target: string): Promise<WorkbenchState>;
  /** Takes the last change of the cluster back, and does it again. */
  undo(): Promise<WorkbenchState>;
  redo(): Promise<WorkbenchState>;
  /** A hash of all objects and of all nodes' rules: equal states have equal digests. */
  digest(): Promise<string>;
  /** A line typed into a terminal; what it printed comes with the state. */
  shell(terminal: string, line: string): Promise<WorkbenchState>;
  /** Virtual time passes up to a moment, for programs that wait for it. */
  pass(until: number): Promise<WorkbenchState>;
  /** Holds the clock, lets one component have its turn, or lets the cluster run. */
  clock(move: ClockMove): Promise<WorkbenchState>;
  /** What may stand at the cursor of a terminal's line. */
  complete(terminal: string, text: string, cursor: number): Promise<Completion>;
  /** Where terminals can be opened: control, nodes, and running Pods that hold a word, up to a limit. */
  consoles(query: string, limit: number): Promise<readonly ConsolePlace[]>;
  /** Back to the lab's start, or to the start of a task. */
  reset(task?: string): Promise<WorkbenchState>;
  /** Plays a task's reference solution. */
  solve(task: string): Promise<WorkbenchState>;
}
