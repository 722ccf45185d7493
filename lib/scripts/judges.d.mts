export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}
/** Runs each judge and adds up what they print. */
export function runJudges(): Promise<Counts>;
/** Adds up the lines "judge: … N passed, M failed" of one judge's output. */
export function countsOf(name: string, output: string, code: number): Counts;
