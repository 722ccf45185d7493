// A lesson's standing as a sign: filled with a tick, half, ring, dashed. Its words stand beside it.
import { classes } from '@/components/ui/classes';
import type { LessonStanding } from './standing';

const LOOK: Readonly<Record<LessonStanding, string>> = {
  done: 'border-add bg-add text-panel',
  known: 'border-add bg-panel text-add',
  started: 'border-accent bg-accent-weak text-accent',
  new: 'border-line-control bg-panel text-ink-3',
  toCome: 'border-dashed border-line-control bg-bg text-ink-3',
};
const SIGN: Readonly<Record<LessonStanding, string>> = {
  done: '✓',
  known: '✓',
  started: '◐',
  new: '',
  toCome: '',
};

export function StandingSign({ standing }: { standing: LessonStanding }) {
  return (
    <span
      aria-hidden
      className={classes(
        'relative z-10 grid size-[18px] shrink-0 place-items-center rounded-full border-[1.5px] text-[11px] leading-none',
        LOOK[standing],
      )}
    >
      {SIGN[standing]}
    </span>
  );
}
