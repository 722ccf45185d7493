// Until when the programs in the terminals wait.
import type { WorkbenchState } from './protocol';

/** The first moment of virtual time (ms) that a program waits for; undefined if none waits for time. */
export function pauseOf({ terminals }: Pick<WorkbenchState, 'terminals'>): number | undefined {
  const moments = terminals.consoles.flatMap(({ waiting, jobs }) => [
    ...(waiting?.for === 'time' || (waiting?.for === 'event' && waiting.until !== undefined)
      ? [waiting.until ?? 0]
      : []),
    ...(jobs?.until === undefined ? [] : [jobs.until]),
  ]);
  return moments.length ? Math.min(...moments) : undefined;
}
