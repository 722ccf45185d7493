'use client';
// The lab's tasks. They tick themselves; the current one says how things are now, and help is at hand without asking why.
import { useId } from 'react';
import { useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from './Inline';
import { ResetLab } from './ResetLab';
import { TaskItem } from './TaskItem';
import { useTasks } from './use-tasks';

export function TaskList() {
  const t = useMessages('lesson');
  const { lesson } = useLessonStore();
  const tasks = useTasks();
  const id = useId();
  return (
    <section aria-labelledby={id} className="mt-6" data-testid="tasks">
      <div className="mb-1 flex items-center justify-between gap-3">
        <h2 id={id} className="text-[16px] font-semibold">
          {t('tasks')}
        </h2>
        <ResetLab />
      </div>
      <p className="mb-2 text-ink-2">
        <Inline text={t('goal', { goal: lesson.words.goal })} />
      </p>
      <ol>
        {tasks.map((task) => (
          <TaskItem key={task.id} task={task} of={tasks.length} />
        ))}
      </ol>
      {tasks.length > 0 && tasks.every((task) => task.status === 'done') && (
        <p className="border-t border-line pt-3 font-medium text-add">
          <span aria-hidden>✓ </span>
          {t('allDone')}
        </p>
      )}
    </section>
  );
}

/** One task of the list, for a place of its own in the text. */
export function Task({ id }: { id: string }) {
  const tasks = useTasks();
  const task = tasks.find((one) => one.id === id);
  return (
    task && (
      <ol className="my-4">
        <TaskItem task={task} of={tasks.length} />
      </ol>
    )
  );
}
