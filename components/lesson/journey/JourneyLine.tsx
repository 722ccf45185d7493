'use client';
// A place on the way: the pair that was foretold, and the addresses that were really there.
import { useId } from 'react';
import { JOURNEY_WAYS, type JourneyPoint, type JourneyRow, type JourneyWay } from '@/lib/course/journey';
import { useMessages } from '@/lib/i18n/client';

type Words = ReturnType<typeof useMessages<'journey'>>;

interface LineProps {
  readonly point: JourneyPoint;
  readonly hook: string;
  readonly way: JourneyWay | undefined;
  readonly real: JourneyRow | undefined;
  /** undefined: not known yet. */
  readonly right: boolean | undefined;
  readonly onChoose: (way: JourneyWay | undefined) => void;
}

export function JourneyLine({ point, hook, way, real, right, onChoose }: LineProps) {
  const t = useMessages('journey');
  const id = useId();
  return (
    <li className="border-t border-line py-1.5" data-point={point}>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <label htmlFor={id} className="text-sm text-ink-2">
          {t(point, { hook })}
        </label>
        <select
          id={id}
          value={way ?? ''}
          onChange={(event) => onChoose(JOURNEY_WAYS.find((one) => one === event.target.value))}
          className="h-7 max-w-full rounded-md border border-line-control bg-panel px-1 text-sm"
        >
          <option value="">{t('choose')}</option>
          {JOURNEY_WAYS.map((one) => (
            <option key={one} value={one}>
              {wayText(one, t)}
            </option>
          ))}
        </select>
      </div>
      {real && right !== undefined && (
        <p className="mt-0.5 text-sm [overflow-wrap:anywhere]">
          <span className={right ? 'text-add' : 'text-del'}>
            <span aria-hidden>{right ? '✓ ' : '✕ '}</span>
            {t(right ? 'right' : 'wrong')}
          </span>{' '}
          <span className="font-mono text-xs text-ink-2">
            {real.source} → {real.destination}
          </span>
        </p>
      )}
    </li>
  );
}

type Role = 'client' | 'service' | 'pod' | 'node';

function wayText(way: JourneyWay, t: Words): string {
  const [from, to] = way.split('>') as [Role, Role];
  return t('way', { from: t(from), to: t(to) });
}
