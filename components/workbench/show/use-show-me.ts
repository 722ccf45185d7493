'use client';
// Starts "show me" of a task, and says how it ended. What plays it is loaded when it is asked for.
import { guardFor, leadTo } from '@/components/lesson/guards';
import { useMessages } from '@/lib/i18n/client';
import { useLessonStore } from '../lesson-context';
import type { LessonStore } from '../lesson-store';
import type { Ending } from './show-me';

/** How a start ended; guarded: a prediction comes first. */
type Outcome = Ending | 'guarded';
const SAID = {
  guarded: 'showGuarded',
  stopped: 'showStopped',
  notDone: 'showNotDone',
  failed: 'showFailed',
} as const;

export function useShowMe(): (task: string) => void {
  const t = useMessages('task');
  const store = useLessonStore();
  return (task) => {
    void start(store, task).then((ending) => {
      if (ending !== 'done') store.announce(t(SAID[ending]));
    });
  };
}

async function start(store: LessonStore, task: string): Promise<Outcome> {
  if (store.getView().showing) return 'done';
  // Taken at once, so that a second press does not start a second one.
  store.show({ showing: { task, step: 0, of: 0 } });
  try {
    const plan = await store.inspect({ ask: 'plan', task });
    // In a large cluster nothing is planned ahead: the worker plays it in one go.
    if (!plan) {
      store.solve(task);
      store.show({ showing: null });
      return 'done';
    }
    const question = plan.find((step) => step.kind === 'predict' && guardFor(step.question));
    const guard = question?.kind === 'predict' ? guardFor(question.question) : undefined;
    if (guard) {
      store.show({ showing: null });
      store.panes.show('lesson');
      leadTo(guard);
      return 'guarded';
    }
    const { showSolution } = await import('./show-me');
    return await showSolution(store, task, plan.length);
  } catch (error) {
    console.error(error);
    store.show({ showing: null });
    return 'failed';
  }
}
