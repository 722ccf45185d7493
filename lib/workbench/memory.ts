// What must outlive a worker: the learner's texts, answers, clicks and finished tasks. The page keeps it while the worker
// runs, stores it in the browser, and opens the next worker with it.
import type { Change } from './change-queue';
import type { SavedProgress, SourceFile, WorkbenchState } from './protocol';

export interface Memory extends SavedProgress {
  readonly files: readonly SourceFile[];
}

export const EMPTY_MEMORY: Memory = { files: [], predictions: {}, clicks: [], done: [] };

/** Memory after the learner did something, before the worker has answered. */
export function remember(memory: Memory, change: Change): Memory {
  switch (change.kind) {
    case 'edit':
      return { ...memory, files: withText(memory.files, change.file, change.text) };
    case 'predict':
      return { ...memory, predictions: { ...memory.predictions, [change.question]: change.answer } };
    case 'click':
      return memory.clicks.includes(change.target)
        ? memory
        : { ...memory, clicks: [...memory.clicks, change.target] };
    case 'reset':
      return change.task === undefined ? EMPTY_MEMORY : memory;
    default:
      return memory;
  }
}

/** Memory after the worker has answered; what still waits is newer than its answer. */
export function learn(state: WorkbenchState, waiting: readonly Change[]): Memory {
  const { files, predictions, clicks, tasks } = state;
  const done = tasks.filter((task) => task.done).map((task) => task.id);
  return waiting.reduce(remember, { files, predictions, clicks, done });
}

function withText(files: readonly SourceFile[], name: string, text: string): readonly SourceFile[] {
  if (!files.some((file) => file.name === name)) return [...files, { name, text }];
  return files.map((file) => (file.name === name ? { name, text } : file));
}
