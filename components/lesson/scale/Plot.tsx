'use client';
// A small plot: one line a mode over the number of Services, both axes logarithmic, so that growth by the same factor is a straight line
// and what does not grow is level. Modes differ by colour, mark and stroke.
import { useMessages } from '@/lib/i18n/client';
import type { ClusterProxyMode } from '@/lib/kube/versions';
import type { Measurement } from './use-measurements';

export type Metric = 'rules' | 'change' | 'whole' | 'time';

const WIDTH = 340;
const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 62;
const TOP = 10;
const BOTTOM = 26;
const DECADES = [10, 100, 1_000, 10_000] as const;
const STYLE: Readonly<Record<ClusterProxyMode, { readonly colour: string; readonly dash?: string }>> = {
  iptables: { colour: 'var(--services)' },
  nftables: { colour: 'var(--svc)', dash: '5 3' },
};

const VALUE: Readonly<Record<Metric, (m: Measurement) => number>> = {
  rules: (m) => m.rules.last,
  change: (m) => m.change.lines,
  whole: (m) => m.whole.lines,
  time: (m) => m.change.ms,
};

const x = (services: number): number =>
  LEFT + (Math.log10(Math.max(10, services) / 10) / 3) * (WIDTH - LEFT - RIGHT);

export function Plot({ made, metric }: { made: readonly Measurement[]; metric: Metric }) {
  const t = useMessages('scale');
  const top = Math.max(2, Math.ceil(Math.log10(Math.max(...made.map((m) => VALUE[metric](m))))));
  const y = (value: number): number =>
    HEIGHT - BOTTOM - (Math.log10(Math.max(1, value)) / top) * (HEIGHT - TOP - BOTTOM);
  const ticks = Array.from({ length: top + 1 }, (_, i) => 10 ** i);
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={t('plot', { what: t(metric) })}
      className="mt-2 block w-full max-w-xl text-[10px]"
    >
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(tick)} y2={y(tick)} stroke="var(--line)" />
          <text x={LEFT - 5} y={y(tick) + 3} textAnchor="end" fill="var(--ink-3)">
            {tick}
          </text>
        </g>
      ))}
      {DECADES.map((tick) => (
        <text key={tick} x={x(tick)} y={HEIGHT - 8} textAnchor="middle" fill="var(--ink-3)">
          {tick}
        </text>
      ))}
      {(['iptables', 'nftables'] as const).map((mode) => (
        <Line
          key={mode}
          mode={mode}
          points={made.filter((m) => m.mode === mode).map((m) => [x(m.services), y(VALUE[metric](m))])}
        />
      ))}
    </svg>
  );
}

function Line({
  mode,
  points,
}: {
  mode: ClusterProxyMode;
  points: readonly (readonly [x: number, y: number])[];
}) {
  const { colour, dash } = STYLE[mode];
  const last = points.at(-1);
  if (!last) return null;
  return (
    <g data-line={mode}>
      <polyline
        points={points.map((p) => p.join(',')).join(' ')}
        fill="none"
        stroke={colour}
        strokeWidth={1.75}
        {...(dash ? { strokeDasharray: dash } : {})}
      />
      {points.map(([px, py]) =>
        mode === 'iptables' ? (
          <circle key={px} cx={px} cy={py} r={3.5} fill={colour} />
        ) : (
          <rect key={px} x={px - 3} y={py - 3} width={6} height={6} fill={colour} />
        ),
      )}
      <text x={last[0] + 7} y={last[1] + 3} fill={colour}>
        {mode}
      </text>
    </g>
  );
}
