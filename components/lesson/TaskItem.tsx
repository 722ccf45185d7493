'use client';
// A task: its tick, what to do, how things are now, hints in three steps, "show me", reset.
import { lazy, Suspense, useEffect, useRef } from 'react';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useShowMe } from '@/components/workbench/show/use-show-me';
import { Button } from '@/components/ui/Button';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from './Inline';
import { NowAndGoal } from './task/NowAndGoal';
import { Linked, TaskLink } from './task/TaskLink';
import type { ShownTask } from './use-tasks';

const Solution = lazy(async () => ({ default: (await import('./task/Solution')).Solution }));
const STATUS = { done: 'taskDone', now: 'taskNow', later: 'taskLater' } as const;

export function TaskItem({ task, of }: { task: ShownTask; of: number }) {
  const t = useMessages('lesson');
  const { status } = task;
  const item = useRef<HTMLLIElement>(null);
  const chosen = useLesson((view) => view.chosen === task.id);
  useEffect(() => {
    if (chosen) item.current?.scrollIntoView({ block: 'start' });
  }, [chosen]);
  return (
    <li
      ref={item}
      id={`task-${task.number}`}
      data-task={task.id}
      data-status={status}
      aria-current={status === 'now' ? 'step' : undefined}
      className="group grid scroll-mt-4 grid-cols-[22px_minmax(0,1fr)] gap-2 border-t border-line py-2.5"
    >
      <Tick status={status} />
      <div className="min-w-0">
        <p
          className={classes(
            status === 'later' ? 'text-ink-2' : 'text-ink',
            status === 'now' && 'font-medium',
          )}
        >
          <span className="sr-only">{`${t('taskOf', { n: task.number, of })}. ${t(STATUS[status], { title: '' })}`}</span>
          <Inline text={task.title} />
          <TaskLink number={task.number} />
        </p>
        <Linked task={task} />
        {task.text && (
          <p className={classes('text-sm text-ink-2', status === 'later' && 'hidden print:block')}>
            <Inline text={task.text} />
          </p>
        )}
        {status === 'now' && <Current task={task} />}
      </div>
    </li>
  );
}

function Tick({ status }: { status: ShownTask['status'] }) {
  return (
    <span
      aria-hidden
      className={classes(
        'mt-0.5 grid size-[18px] place-items-center rounded-full border-[1.5px] text-[11px] leading-none',
        status === 'done' && 'border-add bg-add text-panel',
        status === 'now' && 'border-accent shadow-[0_0_0_3px_var(--accent-weak)]',
        status === 'later' && 'border-line-control',
      )}
    >
      {status === 'done' && '✓'}
    </span>
  );
}

function Current({ task }: { task: ShownTask }) {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const ready = useLesson((view) => view.status === 'ready');
  const open = useLesson((view) => view.hints[task.id] ?? 0);
  const failed = useLesson((view) => view.status === 'failed');
  const showing = useLesson((view) => view.showing !== null);
  const showMe = useShowMe();
  const of = task.hints.length;
  return (
    <>
      <TaskNow task={task} waiting={!ready && !failed} />
      <NowAndGoal task={task.id} />
      <Hints hints={task.hints.slice(0, open)} />
      {open >= of && ready && (
        <Suspense fallback={null}>
          <Solution task={task.id} />
        </Suspense>
      )}
      <div className="mt-2 flex flex-wrap gap-1.5">
        {open < of && (
          <Button data-key="hint" onClick={() => store.openHint(task.id)}>
            {t('hint', { n: open + 1, of })}
          </Button>
        )}
        <Button data-key="show" disabled={!ready || showing} onClick={() => showMe(task.id)}>
          {t('showMe')}
        </Button>
        <Button disabled={!ready} onClick={() => store.resetTask(task.id)}>
          {t('resetTask')}
        </Button>
      </div>
    </>
  );
}

/** How things are now, in words. */
export function TaskNow({ task, waiting }: { task: ShownTask; waiting: boolean }) {
  const t = useMessages('lesson');
  const { why } = task;
  if (waiting && !why) return <p className="text-sm text-ink-3">{t('waiting')}</p>;
  if (!why) return null;
  const mistake = why.kind === 'mistake';
  return (
    <p
      data-testid="task-now"
      className={classes('text-sm', mistake ? 'mt-1 rounded bg-warn-weak px-2 py-1 text-warn' : 'text-ink-2')}
    >
      <Inline text={mistake ? why.text : t('now', { reason: why.text })} />
    </p>
  );
}

const LADDER = ['hintNudge', 'hintPointer', 'hintCommand'] as const;

function Hints({ hints }: { hints: readonly string[] }) {
  const t = useMessages('lesson');
  return (
    <div aria-live="polite">
      {hints.length > 0 && (
        <dl className="mt-2 border-l-2 border-line-strong pl-3 text-sm">
          {hints.map((hint, i) => (
            <div key={hint} className="mb-1.5 last:mb-0">
              <dt className="text-ink-3">{t(LADDER[i] ?? 'hintCommand')}</dt>
              <dd className="whitespace-pre-wrap text-ink-2">
                <Inline text={hint} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
