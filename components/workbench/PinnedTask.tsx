'use client';
// Where panes are tabs: the current task stays in sight on top of each.
import { Inline } from '@/components/lesson/Inline';
import { TaskNow } from '@/components/lesson/TaskItem';
import { useTasks } from '@/components/lesson/use-tasks';
import { useMessages } from '@/lib/i18n/client';
import { useLesson } from './lesson-context';

export function PinnedTask() {
  const t = useMessages('lesson');
  const tasks = useTasks();
  const waiting = useLesson((view) => view.status === 'idle' || view.status === 'opening');
  const task = tasks.find((one) => one.status === 'now');
  return (
    <div className="max-h-28 overflow-y-auto border-b border-line bg-panel px-3 py-2 lg:hidden print:hidden">
      {task ? (
        <>
          <p className="font-medium">
            <span className="font-normal text-ink-3">
              {t('taskOf', { n: task.number, of: tasks.length })} ·{' '}
            </span>
            <Inline text={task.title} />
          </p>
          <TaskNow task={task} waiting={waiting} />
        </>
      ) : (
        <p className="font-medium text-add">
          <span aria-hidden>✓ </span>
          {t('allDone')}
        </p>
      )}
    </div>
  );
}
