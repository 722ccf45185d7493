// The action log while it grows: what is in it, how large it is, and whether it still takes more.
import { ACTION_LIMIT, BYTE_LIMIT } from './log-limits';
import type { Action } from './types';

const encoder = new TextEncoder();
/** Room for the log's head: format, engine, version, seed, lab. */
const HEAD_BYTES = 256;

/** An immutable log. Once full it stays full: what came after would replay on another state. */
export class Recorder {
  readonly actions: readonly Action[];
  readonly #bytes: number;
  readonly full: boolean;

  private constructor(actions: readonly Action[], bytes: number, full: boolean) {
    this.actions = actions;
    this.#bytes = bytes;
    this.full = full;
  }

  static readonly empty = new Recorder([], HEAD_BYTES, false);

  /** The last action in another form. */
  instead(action: Action): Recorder {
    const last = this.actions.at(-1);
    if (!last || this.full) return this.with(action);
    const size = (a: Action): number => encoder.encode(JSON.stringify(a)).length + 1;
    return new Recorder(this.actions.slice(0, -1), this.#bytes - size(last), false).with(action);
  }

  with(action: Action): Recorder {
    if (this.full) return this;
    const bytes = this.#bytes + encoder.encode(JSON.stringify(action)).length + 1;
    if (bytes > BYTE_LIMIT || this.actions.length >= ACTION_LIMIT)
      return new Recorder(this.actions, this.#bytes, true);
    return new Recorder([...this.actions, action], bytes, false);
  }
}
