/** When the clusters of tests begin. */
export const START = '2026-01-05T08:00:00Z';
