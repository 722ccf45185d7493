'use client';
// The drawing itself: lines below, boxes above, pills on top, and the ring around what is in focus.
import { memo, useId, useMemo } from 'react';
import type { ChainGraph } from '@/lib/net/ruleset/graph';
import styles from './scene.module.css';
import { EdgeLine, Pill } from './EdgeLine';
import type { LaidEdge, Layout } from './layout-types';
import { NodeBox } from './NodeBox';
import { spotsOf, type Spot } from './spot';
import type { Stop } from './walk';
import type { Words } from './words';

export interface SceneProps {
  readonly graph: ChainGraph;
  readonly layout: Layout;
  readonly otherRules: number;
  readonly words: Words;
  readonly highlighted: readonly string[];
  readonly focus: Spot | undefined;
  readonly selected: Spot | undefined;
  readonly onPick: (stop: Stop) => void;
}

export const Scene = memo(function Scene(props: SceneProps) {
  const { graph, layout, words, highlighted, focus, selected, onPick } = props;
  const id = useId();
  const lit = useMemo(() => litOf(spotsOf(graph, layout, highlighted)), [graph, layout, highlighted]);
  const near = new Set([focus?.node, selected?.node]);
  const isActive = ({ edge, id: edgeId }: LaidEdge): boolean =>
    selected !== undefined &&
    (selected.edge === edgeId ||
      (!selected.edge && (edge.from === selected.node || edge.to === selected.node)));
  const lines = layout.edges.filter((e) => !e.quiet || near.has(e.edge.from) || near.has(e.edge.to));
  return (
    <>
      <Defs id={id} />
      {lines.map((e) => (
        <EdgeLine key={e.id} laid={e} active={isActive(e)} tip={tipOf(e, layout, id)} />
      ))}
      <g style={{ ['--hatch' as string]: `url(#${id}hatch)` }}>
        {layout.nodes.map((n) => (
          <NodeBox
            key={n.id}
            laid={n}
            otherRules={n.kind === 'others' ? props.otherRules : 0}
            words={words}
            lit={lit.nodes.get(n.id) ?? ''}
            selected={selected?.node === n.id && !selected.edge ? (selected.row ?? '*') : ''}
            onPick={onPick}
          />
        ))}
      </g>
      {layout.edges.map((e) =>
        e.pill ? (
          <Pill
            key={e.id}
            laid={e}
            lit={lit.edges.has(e.id)}
            selected={selected?.edge === e.id}
            onPick={onPick}
          />
        ) : null,
      )}
      {focus && <Ring spot={focus} />}
    </>
  );
});

/** Around a box or pill, but inside it for a row, whose neighbours stand close. */
function Ring({ spot }: { spot: Spot }) {
  const out = spot.row ? 0 : 3;
  return (
    <rect
      className={styles['ring']}
      data-ring
      x={spot.x - out}
      y={spot.y - out}
      width={spot.width + 2 * out}
      height={spot.height + 2 * out}
      rx={spot.edge ? 12 : spot.row ? 3 : 9}
    />
  );
}

/** Rows to light in each box ("*": the whole box), and pills. */
function litOf(spots: readonly Spot[]): { nodes: ReadonlyMap<string, string>; edges: ReadonlySet<string> } {
  const nodes = new Map<string, string>();
  const edges = new Set<string>();
  for (const { node, row, edge } of spots) {
    if (edge) edges.add(edge);
    else if (!row) nodes.set(node, '*');
    else if (nodes.get(node) !== '*')
      nodes.set(node, [...(nodes.get(node)?.split('\n') ?? []), row].join('\n'));
  }
  return { nodes, edges };
}

/** Lines that do not lead to the right show where they lead. */
function tipOf({ edge, mark }: LaidEdge, layout: Layout, id: string): string {
  if (mark) return `${id}mark`;
  const from = layout.nodes.find((n) => n.id === edge.from);
  const to = layout.nodes.find((n) => n.id === edge.to);
  return from && to && from.column === to.column ? `${id}down` : '';
}

function Defs({ id }: { id: string }) {
  const tips = [
    { name: 'mark', style: styles['tip'] },
    { name: 'down', style: styles['tipDown'] },
  ];
  return (
    <defs>
      <pattern
        id={`${id}hatch`}
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="6" height="6" fill="var(--panel)" />
        <rect width="1.5" height="6" fill="var(--drop)" opacity="0.22" />
      </pattern>
      {tips.map((tip) => (
        <marker
          key={tip.name}
          id={id + tip.name}
          viewBox="0 0 8 8"
          refX="7"
          refY="4"
          markerWidth="7"
          markerHeight="7"
          markerUnits="userSpaceOnUse"
          orient="auto"
        >
          <path className={tip.style} d="M0 0.5L8 4L0 7.5z" />
        </marker>
      ))}
    </defs>
  );
}
