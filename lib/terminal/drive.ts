// Runs a process where nobody waits in real time: the virtual clock jumps over every pause. `ksvc shell`, graders and tests use it;
// the page's worker has a driver of its own.
import type { Cluster } from '@/lib/sim';
import type { Process, Result, SessionRequest, Step } from './types';

/** Pauses of an endless program after which it is ended as by Ctrl-C, if nothing happens in the cluster meanwhile. */
const IDLE_PAUSES = 3;
/** Virtual time that one line may take: a day. */
const LONGEST_MS = 24 * 3600_000;
/** So often programs behind the prompt may go on during one pause. */
const MOST_WAKES = 100_000;
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
  /** Programs behind the prompt: they go on while time passes. */
  readonly behind?: {
    readonly running: readonly { readonly waiting: object | undefined }[];
    wake(): void;
  };
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
      const quiet = cluster.nextEventAt === undefined && nextMoment(options.behind) === Infinity;
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
      pass(step, cluster, options.behind);
    }
    next = process.next(answer);
  }
  return end(next.value);
}

/** Lets the time of a pause pass; programs behind the prompt go on at the moments they wait for. */
function pass(
  step: Extract<Step, { kind: 'wait' | 'event' }>,
  cluster: Cluster,
  behind: DriveOptions['behind'],
): void {
  const began = cluster.now;
  const end = step.kind === 'wait' ? began + step.ms : began + (step.timeoutMs ?? Infinity);
  for (let i = 0; i < MOST_WAKES; i++) {
    const at = Math.min(
      end,
      nextMoment(behind),
      step.kind === 'event' || behind?.running.length ? (cluster.nextEventAt ?? Infinity) : Infinity,
    );
    if (at === Infinity) return;
    cluster.advance(Math.max(0, at - cluster.now));
    behind?.wake();
    if (step.kind === 'event' || cluster.now >= end) return;
  }
  cluster.advance(Math.max(0, end - cluster.now));
}

/** When the first program behind the prompt goes on by itself. */
const nextMoment = (behind: DriveOptions['behind']): number =>
  Math.min(
    Infinity,
    ...(behind?.running ?? []).map(({ waiting }) =>
      waiting && 'until' in waiting && typeof waiting.until === 'number' ? waiting.until : Infinity,
    ),
  );
