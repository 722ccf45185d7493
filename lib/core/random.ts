// Seeded random numbers (sfc32). The whole state is four words, so a snapshot of the cluster can hold it.

export type RandomState = readonly [number, number, number, number];

/** A deterministic source of random numbers; the same seed gives the same sequence on every machine. */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  private constructor(state: RandomState) {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** A source for a seed (any number; its 32 low bits count). */
  static seeded(seed: number): Random {
    const random = new Random([0x9e3779b9, 0x243f6a88, 0xb7e15162, seed | 0]);
    for (let i = 0; i < 15; i++) random.next();
    return random;
  }

  static restored(state: RandomState): Random {
    return new Random(state);
  }

  get state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  /** Goes back to a former state. */
  reset(state: RandomState): void {
    [this.#a, this.#b, this.#c, this.#d] = state;
  }

  /** A number in [0, 1). */
  next(): number {
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (this.#c << 21) | (this.#c >>> 11);
    this.#c = (this.#c + t) | 0;
    return (t >>> 0) / 4294967296;
  }

  /** A whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.next() * below);
  }

  /** One of the items; the list must not be empty. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.integer(items.length)];
    if (item === undefined && items.length === 0) throw new Error('pick from an empty list');
    return item as T;
  }

  /** A random suffix as Kubernetes makes them (k8s.io/apimachinery/pkg/util/rand: no vowels, no 0, 1, 3). */
  suffix(length: number): string {
    let text = '';
    for (let i = 0; i < length; i++) text += SUFFIX_ALPHABET[this.integer(SUFFIX_ALPHABET.length)];
    return text;
  }

  /** A version 4 UUID. */
  uuid(): string {
    let hex = '';
    for (let i = 0; i < 32; i++) {
      const digit = i === 12 ? 4 : i === 16 ? 8 + this.integer(4) : this.integer(16);
      hex += (i === 8 || i === 12 || i === 16 || i === 20 ? '-' : '') + digit.toString(16);
    }
    return hex;
  }
}

const SUFFIX_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
