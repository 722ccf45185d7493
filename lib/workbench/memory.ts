// What must outlive a worker: the learner's log, and what was typed since. The page keeps it while the worker runs, stores it in
// the browser, and opens the next worker with it.
import type { Action } from '@/lib/course/types';
import type { Change } from './change-queue';
import type { SourceFile, WorkbenchState } from './protocol';

export interface Memory {
  /** The newest text of each file. */
  readonly files: readonly SourceFile[];
  readonly predictions: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, string>>;
  readonly clicks: readonly string[];
  /** Ids of ticked tasks. */
  readonly done: readonly string[];
  readonly log: readonly Action[];
  /** Texts that the worker has not answered for: they are not in the log yet. */
  readonly drafts: readonly SourceFile[];
}

export const EMPTY_MEMORY: Memory = {
  files: [],
  predictions: {},
  answers: {},
  clicks: [],
  done: [],
  log: [],
  drafts: [],
};

/** What a log says before a cluster has replayed it: texts, predictions, answers, clicks. */
export function fromLog(
  log: readonly Action[],
  drafts: readonly SourceFile[] = [],
): Pick<Memory, 'files' | 'predictions' | 'answers' | 'clicks'> {
  let { files, predictions, answers, clicks } = EMPTY_MEMORY;
  for (const action of log) {
    if (action.kind === 'apply') files = withText(files, action.file, action.text);
    if (action.kind === 'predict') predictions = { ...predictions, [action.question]: action.answer };
    if (action.kind === 'answer') answers = { ...answers, [action.question]: action.answer };
    if (action.kind === 'click')
      clicks = [...clicks.filter((target) => target !== action.target), action.target];
  }
  for (const { name, text } of drafts) files = withText(files, name, text);
  return { files, predictions, answers, clicks };
}

/** Memory after the learner did something, before the worker has answered. */
export function remember(memory: Memory, change: Change): Memory {
  switch (change.kind) {
    case 'edit':
      return {
        ...memory,
        files: withText(memory.files, change.file, change.text),
        drafts: withText(memory.drafts, change.file, change.text),
      };
    case 'predict':
      return { ...memory, predictions: { ...memory.predictions, [change.question]: change.answer } };
    case 'answer':
      return { ...memory, answers: { ...memory.answers, [change.question]: change.answer } };
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
export function learn(memory: Memory, state: WorkbenchState, waiting: readonly Change[]): Memory {
  const { files, predictions, answers, clicks, tasks } = state;
  const done = tasks.filter((task) => task.done).map((task) => task.id);
  const log = [...memory.log.slice(0, state.log.from), ...state.log.actions];
  const answered: Memory = { files, predictions, answers, clicks, done, log, drafts: [] };
  return waiting.reduce(remember, answered);
}

/** The log, and what was typed since as if it had been applied already. */
export const wholeLog = ({ log, drafts }: Memory): readonly Action[] => [
  ...log,
  ...drafts.map(({ name, text }): Action => ({ at: log.at(-1)?.at ?? 0, kind: 'apply', file: name, text })),
];

function withText(files: readonly SourceFile[], name: string, text: string): readonly SourceFile[] {
  if (!files.some((file) => file.name === name)) return [...files, { name, text }];
  return files.map((file) => (file.name === name ? { name, text } : file));
}
