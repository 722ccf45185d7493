// What a program prints counts against the line's budget.
import type { Process } from '../types';
import type { Budget } from './state';

/** The same process; its output is counted. */
export function* counted(budget: Budget, process: Process): Process {
  let next = process.next();
  let finished = false;
  try {
    while (!next.done) {
      if (next.value.kind === 'stdout' || next.value.kind === 'stderr') budget.output(next.value.text);
      next = process.next(yield next.value);
    }
    finished = true;
    return next.value;
  } finally {
    if (!finished) process.return(130);
  }
}
