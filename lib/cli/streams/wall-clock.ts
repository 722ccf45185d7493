// Virtual time at the wall clock's pace: always (`--live`), or only while a program in a Pod waits for time to pass.
import type { Cluster } from '@/lib/sim';

/** What goes on when time has passed. */
export interface Waiter {
  readonly waitsForTime: boolean;
  wake(): void;
}

const STEP_MS = 10;

export class WallClock {
  readonly #cluster: Cluster;
  readonly #live: boolean;
  readonly #waiters = new Set<Waiter>();
  #timer: NodeJS.Timeout | undefined;
  #last = 0;

  /** `fault` hears of an error in a waiter, which is woken no more. */
  constructor(
    cluster: Cluster,
    live: boolean,
    private readonly fault: (error: unknown) => void,
  ) {
    this.#cluster = cluster;
    this.#live = live;
    if (live) this.#start();
  }

  /** Wakes a waiter at every step until the result is called. */
  hold(waiter: Waiter): () => void {
    this.#waiters.add(waiter);
    this.#start();
    return () => {
      this.#waiters.delete(waiter);
      if (this.#waiters.size === 0 && !this.#live) this.close();
    };
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #start(): void {
    if (this.#timer) return;
    this.#last = performance.now();
    this.#timer = setInterval(() => this.#step(), STEP_MS);
  }

  #step(): void {
    const now = performance.now();
    const step = Math.floor(now - this.#last);
    this.#last += step;
    const waiters = [...this.#waiters];
    if (step > 0 && (this.#live || waiters.some((w) => w.waitsForTime))) this.#cluster.advance(step);
    for (const waiter of waiters) {
      try {
        waiter.wake();
      } catch (error) {
        this.#waiters.delete(waiter);
        this.fault(error);
      }
    }
  }
}
