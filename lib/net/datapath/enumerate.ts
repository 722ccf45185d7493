// All ways that an exchange can go, with their probabilities: the exchange is repeated with every sequence of answers to its draws of
// lots, in order.
import type { Choices } from './walk-env';

interface Draw {
  taken: number;
  readonly weights: readonly number[];
}

/** More branches than any Service that a learner makes has endpoints. */
const MAX_BRANCHES = 100_000;

/**
 * Calls `once` for every branch that is possible and returns what it made of each, with the branch's probability. `once` must draw
 * the same lots when it is given the same answers.
 */
export function enumerate<T>(
  once: (choices: Choices) => T,
): { readonly probability: number; readonly value: T }[] {
  const draws: Draw[] = [];
  const results: { probability: number; value: T }[] = [];
  do {
    let at = 0;
    let probability = 1;
    const draw = (weights: readonly number[]): number => {
      const known = draws[at];
      const taken = known ? known.taken : weights.findIndex((w) => w > 0);
      if (!known) draws.push({ taken, weights });
      at++;
      probability *= weights[taken] ?? 0;
      return taken;
    };
    const value = once({
      chance: (p) => p >= 1 || (p > 0 && draw([p, 1 - p]) === 0),
      pick: (of) => (of > 1 ? draw(Array<number>(of).fill(1 / of)) : 0),
    });
    results.push({ probability, value });
  } while (advance(draws) && results.length < MAX_BRANCHES);
  return results;
}

/** The next sequence of answers; false when all have been tried. */
function advance(draws: Draw[]): boolean {
  for (let last = draws.at(-1); last; last = draws.at(-1)) {
    const next = last.weights.findIndex((w, i) => i > last.taken && w > 0);
    if (next >= 0) {
      last.taken = next;
      return true;
    }
    draws.pop();
  }
  return false;
}
