/** 4 ms, 1.5 s, 2 min */
export const duration = (ms: number): string =>
  ms < 1000
    ? `${ms} ms`
    : ms < 120_000
      ? `${Number((ms / 1000).toFixed(1))} s`
      : `${Math.round(ms / 60_000)} min`;
