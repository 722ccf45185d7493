// Small tools around processes: a Result played as steps, standard input over chunks, output gathered.
import type { Input, Process, Result, Step, Steps } from './types';

/** A program's result as a process. */
export function* play(result: Result | Process): Process {
  if (!('exit' in result)) return yield* result;
  if (result.stdout !== '') yield { kind: 'stdout', text: result.stdout };
  if (result.stderr !== '') yield { kind: 'stderr', text: result.stderr };
  if (result.request) yield { kind: 'request', request: result.request };
  return result.exit;
}

/** Runs a process and keeps what it prints; all other steps are handed on. */
export function* captured(process: Process): Steps<Result> {
  let stdout = '';
  let stderr = '';
  const exit = yield* mapped(process, (step) => {
    if (step.kind === 'stdout') stdout += step.text;
    else if (step.kind === 'stderr') stderr += step.text;
    else return step;
    return undefined;
  });
  return { stdout, stderr, exit };
}

/** A process whose steps are replaced, or swallowed (undefined). Ends with it. */
export function* mapped(process: Process, map: (step: Step) => Step | undefined): Process {
  let finished = false;
  try {
    let next = process.next();
    while (!next.done) {
      const step = map(next.value);
      next = process.next(step ? yield step : undefined);
    }
    finished = true;
    return next.value;
  } finally {
    if (!finished) process.return(130);
  }
}

/** Where a standard input comes from: the next chunk, or undefined at its end. */
export type Source = () => Steps<string | undefined>;

/** Whatever is on the other side of the pipe or of the keyboard. */
export function* asked(): Steps<string | undefined> {
  return yield { kind: 'read' };
}

export class BufferedInput implements Input {
  #buffer = '';
  #ended = false;

  constructor(
    readonly isTerminal: boolean,
    private readonly source?: Source,
  ) {}

  static of(text: string): BufferedInput {
    const input = new BufferedInput(false);
    input.#buffer = text;
    return input;
  }

  *line(): Steps<string | undefined> {
    for (let from = 0; ;) {
      const end = this.#buffer.indexOf('\n', from);
      if (end >= 0) return this.#take(end + 1);
      from = this.#buffer.length;
      if (!(yield* this.#more())) return this.#buffer === '' ? undefined : this.#take(this.#buffer.length);
    }
  }

  *chunk(): Steps<string | undefined> {
    for (;;) {
      const end = this.#buffer.lastIndexOf('\n');
      if (end >= 0) return this.#take(end + 1);
      if (!(yield* this.#more())) return this.#buffer === '' ? undefined : this.#take(this.#buffer.length);
    }
  }

  *all(): Steps<string> {
    while (yield* this.#more());
    return this.#take(this.#buffer.length);
  }

  #take(length: number): string {
    const text = this.#buffer.slice(0, length);
    this.#buffer = this.#buffer.slice(length);
    return text;
  }

  *#more(): Steps<boolean> {
    const chunk = this.#ended || !this.source ? undefined : yield* this.source();
    if (chunk === undefined) this.#ended = true;
    else this.#buffer += chunk;
    return chunk !== undefined;
  }
}
