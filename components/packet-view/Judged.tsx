'use client';
// What the learner said beside what happened, with the reason.
import { useMessages } from '@/lib/i18n/client';
import type { PacketTrace } from '@/lib/workbench/packet';
import type { Judged as JudgedType, Judgement, Mark } from '@/lib/workbench/judge';

const SIGNS: Readonly<Record<Mark, readonly [sign: string, tone: string]>> = {
  right: ['✓', 'text-add'],
  lot: ['≈', 'text-warn'],
  wrong: ['✕', 'text-del'],
};

export function Judged({ judged, trace }: { judged: JudgedType; trace: PacketTrace }) {
  const t = useMessages('packet');
  return (
    <div role="status" aria-label={t('comparison')} data-testid="packet-judged" className="min-w-0">
      <Line judgement={judged.end} trace={trace} />
      {judged.source && <Line judgement={judged.source} trace={trace} />}
    </div>
  );
}

function Line({ judgement: { mark, reason }, trace }: { judgement: Judgement; trace: PacketTrace }) {
  const t = useMessages('packet');
  const words = useMessages('trace');
  const why = words(trace.reason.code as Parameters<typeof words>[0], trace.reason.params);
  const [sign, tone] = SIGNS[mark];
  return (
    <p data-mark={mark}>
      <span className={tone}>
        <span aria-hidden>{sign} </span>
        <b className="font-medium">{t(`mark.${mark}`)}</b>
      </span>{' '}
      {t(reason.code as Parameters<typeof t>[0], { ...reason.params, why })}
    </p>
  );
}
