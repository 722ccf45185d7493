'use client';
// One line of the chain view, and the pill that states its rule's probability.
import { memo, type CSSProperties } from 'react';
import styles from './scene.module.css';
import { kindStyle } from './kind-style';
import type { LaidEdge } from './layout-types';
import type { Stop } from './walk';

export const EdgeLine = memo(
  function EdgeLine({ laid, active, tip }: { laid: LaidEdge; active: boolean; tip: string }) {
    const { path, tone, mark, ghost, left, edge } = laid;
    // `d` as a property lets the browser ease it; those that cannot read the attribute.
    const style: CSSProperties & { d: string } = { ...kindStyle(tone), d: `path("${path}")` };
    return (
      <path
        className={`${styles['edge']} ${styles[tone]} ${ghost ? styles['leaving'] : ''}`}
        d={path}
        style={style}
        markerEnd={tip ? `url(#${tip})` : undefined}
        data-mark={mark || undefined}
        data-active={active || undefined}
        data-change={ghost ? undefined : edge.change}
        data-ghost={(ghost && !left) || undefined}
      />
    );
  },
  (a, b) => a.active === b.active && a.tip === b.tip && lookOf(a.laid) === lookOf(b.laid),
);

const lookOf = ({ path, tone, ghost, edge, pill }: LaidEdge): string =>
  `${path} ${tone} ${ghost} ${edge.change} ${edge.id} ${edge.probability} ${pill?.text}`;

export interface PillProps {
  readonly laid: LaidEdge;
  readonly lit: boolean;
  readonly selected: boolean;
  readonly onPick: (stop: Stop) => void;
}

export const Pill = memo(
  function Pill({ laid, lit, selected, onPick }: PillProps) {
    const { pill, edge, ghost, tone } = laid;
    if (!pill) return null;
    return (
      <g
        className={`${styles['pill']} ${styles[tone]} ${ghost ? styles['leaving'] : ''}`}
        style={kindStyle(tone, { transform: `translate(${pill.x}px, ${pill.y}px)` })}
        data-edge={edge.id}
        data-probability={edge.probability}
        data-change={ghost ? undefined : edge.change}
        data-ghost={ghost || undefined}
        data-lit={lit || undefined}
        data-selected={selected || undefined}
        onClick={() => {
          if (edge.rule !== undefined && !ghost) onPick({ node: edge.from, rule: edge.rule });
        }}
      >
        <title>{edge.probability}</title>
        <rect width={pill.width} height={18} rx={9} />
        <text x={pill.width / 2} y={12.6}>
          {pill.text}
        </text>
      </g>
    );
  },
  (a, b) =>
    a.lit === b.lit &&
    a.selected === b.selected &&
    a.onPick === b.onPick &&
    lookOf(a.laid) === lookOf(b.laid),
);
