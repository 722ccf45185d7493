// Programs that run in a lab's terminals, and time that passes for them.
import { END_OF_INPUT, HANG_UP, INTERRUPT, SAVED_FILE } from '@/lib/terminal/terminals';
import type { Action, ActionBody, LabCluster, LabTerminals, RunningProgram } from './types';

/** A program of a solution that takes longer (virtual ms) is ended. */
const LONGEST_MS = 10 * 60_000;
/** So often programs may go on while time passes. */
const WAKE_LIMIT = 10_000;

/** Ctrl-C, Ctrl-D while a program reads, the end of what runs behind a prompt, or a file that was edited for a program. */
export const isControl = (action: ActionBody): boolean =>
  action.kind === 'shell' &&
  (action.line === INTERRUPT ||
    action.line === HANG_UP ||
    action.line === END_OF_INPUT ||
    action.line.startsWith(SAVED_FILE));

/** Time passes; programs go on at the very moments they wait for. */
export function passTime(cluster: LabCluster, terminals: LabTerminals | undefined, ms: number): void {
  const end = cluster.now + ms;
  for (let i = 0; i < WAKE_LIMIT; i++) {
    const moments = (terminals?.running() ?? []).map((program) => goesOnAt(cluster, program) ?? Infinity);
    const next = Math.min(...moments);
    if (next >= end) break;
    cluster.advance(Math.max(0, next - cluster.now));
    terminals?.wake();
  }
  cluster.advance(Math.max(0, end - cluster.now));
}

/** The lines that end whatever runs, for a log that goes on without it. */
export const endings = (running: readonly RunningProgram[]): readonly ActionBody[] => {
  const lines = running.map(({ terminal, behind }) => ({ terminal, line: behind ? HANG_UP : INTERRUPT }));
  return lines
    .filter((one, i) => lines.findIndex((l) => l.terminal === one.terminal && l.line === one.line) === i)
    .map(({ terminal, line }): ActionBody => ({ kind: 'shell', terminal, line }));
};

/** When a program goes on; undefined: not by itself. */
function goesOnAt(cluster: LabCluster, { waitsFor, until }: RunningProgram): number | undefined {
  const event = waitsFor === 'event' ? cluster.nextEventAt : undefined;
  return until === undefined || event === undefined ? (until ?? event) : Math.min(until, event);
}

/**
 * Lets time pass until a terminal's program has ended, by actions of the log; a program that waits for what will not come is ended.
 */
export function finishProgram(
  cluster: LabCluster,
  terminals: LabTerminals,
  terminal: string,
  record: (action: ActionBody) => void,
): void {
  const started = cluster.now;
  for (let i = 0; i < WAKE_LIMIT; i++) {
    const program = terminals.running().find((p) => p.terminal === terminal && !p.behind);
    if (!program) return;
    const next = goesOnAt(cluster, program);
    if (program.waitsFor === 'input') record({ kind: 'shell', terminal, line: END_OF_INPUT });
    else if (next !== undefined && next - started <= LONGEST_MS)
      record({ kind: 'time', advanceMs: Math.max(0, next - cluster.now) });
    else record({ kind: 'shell', terminal, line: INTERRUPT });
  }
}

/** One action of the log lets so much time pass at most (a day). */
const PASS_LIMIT_MS = 86_400_000;

/** Time that passes on and on is one action: the last one with more time, if it is one. */
export function longerTime(
  last: Action | undefined,
  action: ActionBody,
): (Extract<Action, { advanceMs: number }> & Action) | undefined {
  if (last?.kind !== 'time' || !('advanceMs' in last)) return undefined;
  if (action.kind !== 'time' || !('advanceMs' in action)) return undefined;
  const advanceMs = last.advanceMs + action.advanceMs;
  return advanceMs > PASS_LIMIT_MS ? undefined : { ...last, advanceMs };
}
