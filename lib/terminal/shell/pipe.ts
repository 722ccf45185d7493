// One pipe: the program behind it runs, and when it wants input, the one before it runs until it prints something.
import type { Process, Steps } from '../types';

/** Exit code of a program that writes to a pipe nobody reads: 128 + SIGPIPE. */
const BROKEN_PIPE = 141;

/** Both programs as one; its exit code is the second's. */
export function* connected(before: Process, behind: Process): Process {
  let beforeEnded = false;
  let ended = false;
  /** Runs the first program until it prints, or ends (undefined). */
  function* pull(): Steps<string | undefined> {
    let answer: string | undefined;
    while (!beforeEnded) {
      const { done, value } = before.next(answer);
      if (done) beforeEnded = true;
      else if (value.kind === 'stdout') return value.text;
      else answer = yield value;
    }
    return undefined;
  }
  try {
    let next = behind.next();
    while (!next.done) next = behind.next(next.value.kind === 'read' ? yield* pull() : yield next.value);
    // What the first one does besides printing is done; its next output breaks the pipe.
    yield* pull();
    ended = true;
    return next.value;
  } finally {
    if (!beforeEnded) before.return(BROKEN_PIPE);
    if (!ended) behind.return(BROKEN_PIPE);
  }
}
