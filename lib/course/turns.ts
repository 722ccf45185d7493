// What a lab being done can come back to: moments with snapshots, and the moves between them.
import type { Problem } from '@/lib/sim/types';
import { isControl } from './programs';
import { Recorder } from './recorder';
import type { ActionBody, FileTexts, RunningProgram, TaskState, TerminalOutput } from './types';

/** All that actions change beside the cluster and its terminals. Immutable. */
export interface Doing {
  readonly files: FileTexts;
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
  readonly outputs: readonly TerminalOutput[];
  readonly tasks: readonly TaskState[];
  readonly log: Recorder;
}

export const NOTHING_DONE: Omit<Doing, 'files'> = {
  problems: new Map(),
  predictions: {},
  answers: {},
  clicks: [],
  outputs: [],
  tasks: [],
  log: Recorder.empty,
};

/** A moment that can be come back to. */
export interface Point {
  readonly doing: Doing;
  readonly cluster: unknown;
  readonly terminals: unknown;
  /** Programs that run: they are not in the snapshot. */
  readonly running: readonly RunningProgram[];
}

export type Move =
  | { readonly kind: 'action'; readonly action: ActionBody }
  | { readonly kind: 'reset'; readonly task?: string };

/** Something that can be taken back. */
export interface Turn {
  readonly before: Point;
  readonly move: Move;
}

/** Keystrokes in one file that count as one edit. */
export interface Burst {
  readonly file: string;
  /** Before the first of them. */
  readonly before: Point;
  /** Virtual time since the lab's start, ms. */
  readonly at: number;
  /** The last text of the burst that the cluster took. */
  readonly applied: string | undefined;
}

/** So many turns can be taken back; each holds a snapshot. */
const UNDO_LIMIT = 100;

export const withTurn = (turns: readonly Turn[], turn: Turn): readonly Turn[] =>
  [...turns, turn].slice(-UNDO_LIMIT);

/** What was selected, foretold or answered: taking a turn back keeps it. */
export const isOpinion = ({ kind }: ActionBody): boolean =>
  kind === 'click' || kind === 'predict' || kind === 'answer';

/** Whether an action can be taken back by itself: not what a running program is given. */
export function isTurn(action: ActionBody, before: Point): boolean {
  if (isOpinion(action) || isControl(action)) return false;
  return !(
    action.kind === 'shell' && before.running.some((p) => p.terminal === action.terminal && !p.behind)
  );
}
