// Undo and redo of the plain text. A browser forgets its own as soon as a page sets the text, and a reset does.

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
  #past: Step[] = [];
  #future: Step[] = [];
  #now: Step;
  #at = Number.NEGATIVE_INFINITY;

  constructor(text: string) {
    this.#now = { text, cursor: 0 };
  }

  /** The text is another now. What did not come from typing is a step of its own. */
  changed(text: string, cursor: number, time: number, typed: boolean): void {
    if (text === this.#now.text) return;
    if (!typed || time - this.#at > BURST_MS) this.#past = [...this.#past, this.#now].slice(-LIMIT);
    for (let size = this.#size; size > SIZE_LIMIT && this.#past.length > 1; size = this.#size)
      this.#past.shift();
    this.#now = { text, cursor };
    this.#future = [];
    this.#at = typed ? time : Number.NEGATIVE_INFINITY;
  }

  undo(): Step | undefined {
    const step = this.#past.pop();
    if (!step) return undefined;
    this.#future.push(this.#now);
    return this.#restore(step);
  }

  redo(): Step | undefined {
    const step = this.#future.pop();
    if (!step) return undefined;
    this.#past.push(this.#now);
    return this.#restore(step);
  }

  #restore(step: Step): Step {
    this.#now = step;
    this.#at = Number.NEGATIVE_INFINITY;
    return step;
  }

  get #size(): number {
    return this.#past.reduce((sum, { text }) => sum + text.length, 0);
  }
}
