'use client';
// Hold the clock, take one step, go one back, let it run; below it what the last step wrote and who comes next. A lesson has it wherever
// it asks what comes next.
import { Button } from '@/components/ui/Button';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { isExpiry, nameOf, nextText, turnText, useFlow } from './use-flow';

export function StepBar() {
  const t = useMessages('flow');
  return (
    <section
      aria-label={t('bar')}
      className="my-4 rounded-panel border border-line bg-raise px-3 py-2"
      data-testid="step-bar"
    >
      <StepControls />
    </section>
  );
}

/** `quiet`: what was written is seen beside it, and only spoken here. */
export function StepControls({ quiet = false }: { quiet?: boolean }) {
  const t = useMessages('flow');
  const store = useLessonStore();
  const clock = useLesson((view) => view.state?.clock);
  const ready = useLesson((view) => view.status === 'ready');
  const canUndo = useLesson((view) => view.state?.canUndo ?? false);
  const held = clock?.held ?? false;
  const waiting = clock?.next != null && !isExpiry(clock);
  return (
    <>
      <div className="flex flex-wrap gap-1.5">
        <Button
          disabled={!ready}
          aria-pressed={held}
          title={t(held ? 'runHint' : 'holdHint')}
          onClick={() => store.clock(held ? 'run' : 'hold')}
        >
          {t(held ? 'run' : 'hold')}
        </Button>
        <Button
          kind="primary"
          // Not `disabled` when nothing waits: that would take the focus from whoever steps by keyboard.
          disabled={!ready || !held}
          aria-disabled={!waiting}
          title={t('stepHint')}
          onClick={() => waiting && store.clock('step')}
          className={waiting ? '' : 'opacity-50'}
        >
          {t('step')}
        </Button>
        <Button disabled={!ready || !canUndo} title={t('backHint')} onClick={() => store.undo()}>
          {t('back')}
        </Button>
      </div>
      <Told quiet={quiet} />
    </>
  );
}

/** What has just happened and who comes next: the textual twin of the figure, spoken at each step. */
function Told({ quiet }: { quiet: boolean }) {
  const t = useMessages('flow');
  const status = useLesson((view) => view.status);
  const clock = useLesson((view) => view.state?.clock);
  const now = useLesson((view) => view.state?.now ?? 0);
  const held = clock?.held ?? false;
  const flow = useFlow();
  const turn = held ? flow?.turn : undefined;
  const own = flow?.record.at(-1);
  // What the learner wrote after the last turn is the newest news.
  const last = own?.own ? own : turn;
  if (status === 'failed') return <p className="mt-1.5 text-sm text-warn">{t('failed')}</p>;
  if (status !== 'ready') return <p className="mt-1.5 text-sm text-ink-3">{t('starting')}</p>;
  return (
    <p role="status" className="mt-1.5 text-sm text-ink-2 [overflow-wrap:anywhere]" data-testid="step-told">
      {last && held && (
        <span className={quiet ? 'sr-only' : ''}>
          {t('turnTold', { who: last.own ? t('you') : nameOf(last), what: turnText(last, t) })}{' '}
        </span>
      )}
      {held ? <b className="font-medium text-accent">{nextText(clock, now, t)}</b> : t('running')}
    </p>
  );
}
