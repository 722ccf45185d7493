// The pace of a solution that is shown: slow enough to follow, or at once for whoever wants no motion. Everything that waits ends when
// the show is stopped.

/** A text comes in pieces this far apart (ms), and within so long altogether. */
const PIECE_MS = 40;
const WHOLE_MS = 6_000;
const CHECK_MS = 50;

export class Pace {
  readonly #atOnce: boolean;
  #stopped = false;
  readonly #waiting = new Set<() => void>();

  constructor(atOnce: boolean) {
    this.#atOnce = atOnce;
  }

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    for (const wake of this.#waiting) wake();
  }

  /** Time to look at something. */
  async look(ms: number): Promise<void> {
    if (!this.#atOnce) await this.#sleep(ms);
  }

  /** The text in pieces, each after its time; whole if there shall be no motion. Ends early when the show is stopped. */
  async *pieces(text: string): AsyncGenerator<string> {
    if (this.#atOnce) {
      if (text !== '') yield text;
      return;
    }
    const signs = [...text];
    const size = Math.max(1, Math.ceil((signs.length * PIECE_MS) / WHOLE_MS));
    for (let at = 0; at < signs.length && !this.#stopped; at += size) {
      yield signs.slice(at, at + size).join('');
      await this.#sleep(PIECE_MS);
    }
  }

  /** Whether something came true within the time; false also when the show is stopped. */
  async until(isTrue: () => boolean, ms: number): Promise<boolean> {
    for (let waited = 0; !this.#stopped; waited += CHECK_MS) {
      if (isTrue()) return true;
      if (waited >= ms) return false;
      await this.#sleep(CHECK_MS);
    }
    return false;
  }

  #sleep(ms: number): Promise<void> {
    if (this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.#waiting.add(wake);
    });
  }
}
