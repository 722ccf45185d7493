'use client';
// A live figure: choose a number of Services, measure what it costs a node in each mode, and see the slope.
import { useId, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { SegmentedControl } from '@/components/ui/SegmentedControl';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { CostTable } from './CostTable';
import { Plot, type Metric } from './Plot';
import { useMeasurements } from './use-measurements';

const SIZES = [10, 30, 100, 300, 1_000, 3_000, 10_000] as const;
const METRICS: readonly Metric[] = ['rules', 'change', 'whole', 'time'];

export function ServiceScale() {
  const t = useMessages('scale');
  const titleId = useId();
  const ready = useLesson((view) => view.status === 'ready');
  const k8s = useLesson((view) => view.k8s);
  const [step, setStep] = useState(0);
  const [metric, setMetric] = useState<Metric>('rules');
  const { made, state, last, lacksNftables, measure } = useMeasurements();
  const size = SIZES[step] ?? SIZES[0];
  return (
    <figure
      aria-labelledby={titleId}
      className="my-3 rounded-panel border border-line bg-bg px-3 py-2.5"
      data-testid="service-scale"
    >
      <figcaption id={titleId} className="mb-2 font-semibold">
        {t('title')}
      </figcaption>
      <label className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <span className="text-ink-2">{t('services')}</span>
        <input
          type="range"
          min={0}
          max={SIZES.length - 1}
          value={step}
          onChange={(event) => setStep(Number(event.target.value))}
          aria-valuetext={t('servicesN', { n: size })}
          className="min-w-36 flex-1 accent-(--accent)"
        />
        <span className="min-w-28 text-right whitespace-nowrap tabular-nums">
          {t('servicesN', { n: size })}
        </span>
      </label>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Button kind="primary" disabled={!ready || state === 'measuring'} onClick={() => measure(size)}>
          {t('measure', { n: size })}
        </Button>
        <span aria-live="polite" className="text-sm text-ink-2">
          {!ready && t('waiting')}
          {ready && state === 'measuring' && t('measuring', { n: size })}
          {state === 'failed' && t('failed')}
          {ready && state === 'idle' && last !== null && t('measured', { n: last })}
        </span>
      </div>
      {made.length === 0 ? (
        <p className="mt-3 text-sm text-ink-2">{t('empty')}</p>
      ) : (
        <>
          <div className="mt-3">
            <SegmentedControl
              label={t('metric')}
              value={metric}
              onPick={setMetric}
              options={METRICS.map((value) => ({ value, text: t(value) }))}
            />
          </div>
          <Plot made={made} metric={metric} />
          <CostTable made={made} />
        </>
      )}
      {lacksNftables && <p className="mt-2 text-sm text-warn">{t('noNftables', { k8s })}</p>}
      <p className="mt-2 text-xs text-ink-3">{t('ipvs')}</p>
      <p className="mt-1 text-xs text-ink-3">{t('counted')}</p>
    </figure>
  );
}
