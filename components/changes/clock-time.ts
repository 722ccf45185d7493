/** 08:00:03.125, the cluster's own time of day. */
export const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 23);
