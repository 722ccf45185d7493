// Undo and redo of the plain text. A browser forgets its own as soon as a page sets the text, and a reset does.

/** A text to go back to, and where it differs: the cursor belongs behind that. */
interface Step {
  readonly text: string;
  readonly cursor: number;
}

/** Keystrokes closer together than this are one step (ms). */
const BURST_MS = 600;
const LIMIT = 200;
/** A history of more than this (UTF-16 units) forgets its beginning. */
const SIZE_LIMIT = 10_000_000;

export class PlainHistory {
  #past: string[] = [];
  #future: string[] = [];
  #now: string;
  #at = Number.NEGATIVE_INFINITY;

  constructor(text: string) {
    this.#now = text;
  }

  /** The text is another now. What did not come from typing is a step of its own. */
  changed(text: string, time: number, typed: boolean): void {
    if (text === this.#now) return;
    if (!typed || time - this.#at > BURST_MS) this.#past = [...this.#past, this.#now].slice(-LIMIT);
    for (let size = this.#size; size > SIZE_LIMIT && this.#past.length > 1; size = this.#size)
      this.#past.shift();
    this.#now = text;
    this.#future = [];
    this.#at = typed ? time : Number.NEGATIVE_INFINITY;
  }

  undo(): Step | undefined {
    const text = this.#past.pop();
    if (text === undefined) return undefined;
    this.#future.push(this.#now);
    return this.#restore(text);
  }

  redo(): Step | undefined {
    const text = this.#future.pop();
    if (text === undefined) return undefined;
    this.#past.push(this.#now);
    return this.#restore(text);
  }

  #restore(text: string): Step {
    const cursor = changeEnd(this.#now, text);
    this.#now = text;
    this.#at = Number.NEGATIVE_INFINITY;
    return { text, cursor };
  }

  get #size(): number {
    return this.#past.reduce((sum, text) => sum + text.length, 0);
  }
}

/** Where the part of `after` ends that is not in `before`. */
function changeEnd(before: string, after: string): number {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return after.length - tail;
}
