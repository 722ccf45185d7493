// Timing for the benchmarks: the middle and the slow end of repeated runs.

export interface Measured {
  readonly p50: number;
  readonly p95: number;
  readonly mean: number;
  readonly runs: number;
}

/** A line of the table. */
export interface Row {
  readonly what: string;
  readonly value: string;
  readonly limit?: string;
}

/** Milliseconds that `run` takes, over `runs` runs after one to warm up. */
export function measure(runs: number, run: (i: number) => void): Measured {
  run(-1);
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const started = performance.now();
    run(i);
    times.push(performance.now() - started);
  }
  return summary(times);
}

/** Median and 95th percentile (nearest rank) of some times. */
export function summary(times: readonly number[]): Measured {
  const sorted = [...times].sort((a, b) => a - b);
  const rank = (p: number): number => sorted[Math.max(0, Math.ceil(sorted.length * p) - 1)] ?? NaN;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return { p50: rank(0.5), p95: rank(0.95), mean, runs: times.length };
}

/** 12.345 → "12.3 ms", 0.0123 → "0.012 ms", 2345 → "2.35 s". */
export const ms = (value: number): string =>
  value >= 1000
    ? `${(value / 1000).toFixed(2)} s`
    : value >= 1
      ? `${value.toFixed(1)} ms`
      : `${value.toFixed(3)} ms`;
