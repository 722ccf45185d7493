// What the page wants the worker to do, in order. While one change is being processed, only the newest text of a file waits:
// typing never queues up behind itself.
import type { ClockMove } from '@/lib/course/types';
import type { ChainFocus, OpenRequest, Workbench, WorkbenchState } from './protocol';

export type Change =
  | { readonly kind: 'open'; readonly request: OpenRequest }
  | { readonly kind: 'edit'; readonly file: string; readonly text: string }
  | { readonly kind: 'focus'; readonly focus: Partial<ChainFocus> }
  | { readonly kind: 'predict'; readonly question: string; readonly answer: string }
  | { readonly kind: 'answer'; readonly question: string; readonly answer: string }
  | { readonly kind: 'click'; readonly target: string }
  | { readonly kind: 'shell'; readonly terminal: string; readonly line: string }
  | { readonly kind: 'pass'; readonly until: number }
  | { readonly kind: 'clock'; readonly move: ClockMove }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'reset'; readonly task?: string }
  | { readonly kind: 'solve'; readonly task: string };

/** The queue with one more change; a newer text of the file that waits last takes the older one's place. */
export function enqueue(queue: readonly Change[], change: Change): readonly Change[] {
  const last = queue.at(-1);
  if (change.kind === 'edit' && last?.kind === 'edit' && last.file === change.file)
    return [...queue.slice(0, -1), change];
  if (change.kind === 'focus' && last?.kind === 'focus')
    return [...queue.slice(0, -1), { kind: 'focus', focus: { ...last.focus, ...change.focus } }];
  return [...queue, change];
}

/** Asks the worker. */
export function perform(workbench: Workbench, change: Change): Promise<WorkbenchState> {
  switch (change.kind) {
    case 'open':
      return workbench.open(change.request);
    case 'edit':
      return workbench.edit(change.file, change.text);
    case 'focus':
      return workbench.focus(change.focus);
    case 'predict':
      return workbench.predict(change.question, change.answer);
    case 'answer':
      return workbench.answer(change.question, change.answer);
    case 'click':
      return workbench.click(change.target);
    case 'shell':
      return workbench.shell(change.terminal, change.line);
    case 'pass':
      return workbench.pass(change.until);
    case 'clock':
      return workbench.clock(change.move);
    case 'undo':
      return workbench.undo();
    case 'redo':
      return workbench.redo();
    case 'reset':
      return workbench.reset(change.task);
    case 'solve':
      return workbench.solve(change.task);
  }
}
