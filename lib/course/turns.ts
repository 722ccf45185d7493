// What a lab being done consists of from moment to moment, so that turns can be taken back.
import type { Problem } from '@/lib/sim/types';
import type { Recorder } from './recorder';
import type { ActionBody, FileTexts, TaskState, TerminalOutput } from './types';

/** All that actions change beside the cluster and its terminals. */
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

/** A moment that can be come back to. */
export interface Point {
  readonly doing: Doing;
  readonly cluster: unknown;
  readonly terminals: unknown;
}

export type Move =
  | { readonly kind: 'action'; readonly action: ActionBody }
  | { readonly kind: 'reset'; readonly task?: string };

export interface Turn {
  readonly before: Point;
  readonly move: Move;
}

/** Keystrokes in one file that count as one edit. */
export interface Burst {
  readonly file: string;
  /** Before the first of them. */
  readonly before: Point;
  readonly at: number;
  /** The last text of the burst that the cluster took. */
  readonly applied: string | undefined;
}
