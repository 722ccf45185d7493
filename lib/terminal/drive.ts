// Runs a process where nobody waits in real time: the virtual clock jumps over every pause. `ksvc shell`, graders and tests use it;
// the page's worker has a driver of its own.
import type { Cluster } from '@/lib/sim';
import type { Process, Result, SessionRequest, Step } from './types';

/** Pauses of an endless program after which it is ended as by Ctrl-C, if nothing happens in the cluster meanwhile. */
const IDLE_PAUSES = 3;
/** Virtual time that one line may take: a day. */
const LONGEST_MS = 24 * 3600_000;
/** Exit code of a process that Ctrl-C ended. */
export const INTERRUPTED = 130;

export interface Driven extends Result {
  readonly requests: readonly SessionRequest[];
}

export interface DriveOptions {
  /** Standard input typed at the terminal: the next line, undefined at its end. */
  readonly typed?: () => string | undefined;
  /** `kubectl edit`: the text as saved. */
  readonly edit?: (name: string, text: string) => string | undefined;
  /** Called between one command and the next. */
  readonly between?: () => void;
  /** Sees every piece of output as it comes. */
  readonly onOutput?: (step: Extract<Step, { kind: 'stdout' | 'stderr' }>) => void;
}

/** Runs a process to its end. */
export function runToEnd(process: Process, cluster: Cluster, options: DriveOptions = {}): Driven {
  const output = { stdout: [] as string[], stderr: [] as string[] };
  const requests: SessionRequest[] = [];
  const latest = cluster.now + LONGEST_MS;
  let idle = 0;
  const end = (exit: number): Driven => ({
    stdout: output.stdout.join(''),
    stderr: output.stderr.join(''),
    exit,
    requests,
  });
  let next = process.next();
  while (!next.done) {
    const step = next.value;
    let answer: string | undefined;
    if (step.kind === 'stdout' || step.kind === 'stderr') {
      output[step.kind].push(step.text);
      options.onOutput?.(step);
    } else if (step.kind === 'request') requests.push(step.request);
    else if (step.kind === 'pause') options.between?.();
    else if (step.kind === 'read') answer = options.typed?.();
    else if (step.kind === 'edit') answer = options.edit?.(step.name, step.text);
    else {
      const quiet = cluster.nextEventAt === undefined;
      const endless = step.kind === 'event' ? step.timeoutMs === undefined : step.idle === true;
      idle = quiet && endless ? idle + 1 : 0;
      if (cluster.now > latest || idle > IDLE_PAUSES || (quiet && endless && step.kind === 'event')) {
        if (step.interrupted !== undefined) {
          output.stderr.push(step.interrupted);
          options.onOutput?.({ kind: 'stderr', text: step.interrupted });
        }
        process.return(INTERRUPTED);
        return end(INTERRUPTED);
      }
      pass(step, cluster);
    }
    next = process.next(answer);
  }
  return end(next.value);
}

/** Lets the time of a pause pass. */
function pass(step: Extract<Step, { kind: 'wait' | 'event' }>, cluster: Cluster): void {
  if (step.kind === 'wait') {
    cluster.advance(step.ms);
    return;
  }
  const until = step.timeoutMs === undefined ? Infinity : cluster.now + step.timeoutMs;
  const at = Math.min(cluster.nextEventAt ?? Infinity, until);
  if (at !== Infinity) cluster.advance(Math.max(0, at - cluster.now));
}
