'use client';
// The clock: hold it, let one component have its turn, let time pass, play it at a speed, take a step back.
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { ClockState } from '@/lib/workbench/protocol';
import { duration } from './duration';

const SPEEDS = [0.1, 1, 10, 100] as const;
const TICK_MS = 250;
const LEAPS = [
  ['second', 1_000],
  ['minute', 60_000],
  ['hour', 3_600_000],
] as const;

export function ClockBar({ shown }: { shown: boolean }) {
  const t = useMessages('changes');
  const store = useLessonStore();
  const clock = useLesson((view) => view.state?.clock);
  const now = useLesson((view) => view.state?.now ?? 0);
  const canUndo = useLesson((view) => view.state?.canUndo ?? false);
  const ready = useLesson((view) => view.status === 'ready');
  const [speed, setSpeed] = useState<number>(1);
  const playing = usePlaying(shown && ready, speed);
  const held = clock?.held ?? false;
  const toggle = (): void => {
    playing.stop();
    store.clock(held ? 'run' : 'hold');
  };
  return (
    <section
      aria-label={t('clock')}
      className="flex flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-line bg-raise px-3 py-2"
    >
      <Button
        disabled={!ready}
        aria-pressed={held}
        title={held ? t('runHint') : t('holdHint')}
        onClick={toggle}
      >
        {held ? t('run') : t('hold')}
      </Button>
      <Button
        disabled={!ready || !held || !clock?.next}
        title={t('stepHint')}
        onClick={() => store.clock('step')}
      >
        {t('step')}
      </Button>
      <Button disabled={!ready || !canUndo} title={t('backHint')} onClick={() => store.undo()}>
        {t('back')}
      </Button>
      <span className="mx-1 h-5 border-l border-line" aria-hidden />
      <Button disabled={!ready} aria-pressed={playing.on} onClick={playing.toggle}>
        {playing.on ? t('stop') : t('play')}
      </Button>
      <select
        aria-label={t('speed')}
        value={speed}
        onChange={(event) => setSpeed(Number(event.target.value))}
        className="h-7 rounded-md border border-line-control bg-panel px-1 text-sm"
      >
        {SPEEDS.map((n) => (
          <option key={n} value={n}>
            {t('times', { n })}
          </option>
        ))}
      </select>
      {LEAPS.map(([name, ms]) => (
        <Button
          key={name}
          disabled={!ready}
          title={t('laterHint', { time: t(name) })}
          onClick={() => store.pass(ms)}
        >
          {t('later', { time: t(name) })}
        </Button>
      ))}
      <p role="status" className="min-w-0 flex-1 text-sm text-ink-2" data-testid="clock-now">
        <time className="font-mono text-xs">{timeOfDay(now)}</time>{' '}
        {playing.on ? t('playing', { n: speed }) : held ? t('held') : t('running')}{' '}
        <Next clock={clock} now={now} />
      </p>
    </section>
  );
}

function Next({ clock, now }: { clock: ClockState | undefined; now: number }) {
  const t = useMessages('changes');
  if (!clock?.held) return null;
  if (!clock.next) return <span>{t('nothing')}</span>;
  const { component, node, at } = clock.next;
  const who = node ? `${component} (${node})` : component;
  const left = at - now;
  return (
    <b className="font-medium text-ink">
      {left <= 0 ? t('nextNow', { component: who }) : t('next', { component: who, time: duration(left) })}
    </b>
  );
}

/** Real time drives the cluster's while it plays; a view that is not shown stops. */
function usePlaying(allowed: boolean, speed: number) {
  const store = useLessonStore();
  const [wanted, setWanted] = useState(false);
  const on = wanted && allowed;
  useEffect(() => {
    if (!on) return undefined;
    const timer = setInterval(() => store.pass(TICK_MS * speed), TICK_MS);
    return () => clearInterval(timer);
  }, [on, speed, store]);
  const start = (): void => {
    store.clock('hold');
    setWanted(true);
  };
  const stop = (): void => setWanted(false);
  return { on, stop, toggle: on ? stop : start };
}

const timeOfDay = (ms: number): string => new Date(ms).toISOString().slice(11, 23);
