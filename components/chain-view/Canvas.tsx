'use client';
// The pane in which the drawing stands: pan, zoom, and the keyboard. One tab stop; what is in focus is told to screen readers.
import { useEffect, useImperativeHandle, useMemo, useRef, type KeyboardEvent, type Ref } from 'react';
import type { ChainGraph, GraphMode } from '@/lib/net/ruleset/graph';
import styles from './chain-view.module.css';
import scene from './scene.module.css';
import type { LaidColumn, LaidKind, Layout } from './layout-types';
import { Scene } from './Scene';
import { spotOf, type Spot } from './spot';
import { usePanZoom } from './use-pan-zoom';
import { clearOf, reveal, type Size } from './view-math';
import { stepFrom, stopsOf, type Step, type Stop } from './walk';
import { placeWords, type Words } from './words';

export interface CanvasHandle {
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly focus: () => void;
}

export interface CanvasProps {
  readonly ref: Ref<CanvasHandle>;
  readonly graph: ChainGraph;
  readonly layout: Layout;
  readonly otherRules: number;
  readonly words: Words;
  readonly highlighted: readonly string[];
  readonly at: Stop | null;
  readonly selected: Stop | null;
  readonly drawer: Size;
  /** Walks to a box or rule; with `open` its drawer is opened. */
  readonly onMove: (stop: Stop, open: boolean) => void;
  readonly onPick: (stop: Stop) => void;
  readonly onClose: () => void;
}

const STEPS: Readonly<Record<string, Step>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowRight: 'into',
  ArrowLeft: 'back',
  Home: 'first',
  End: 'last',
};

export function Canvas({ ref, ...props }: CanvasProps) {
  const { graph, layout, words, at, selected, highlighted, onPick } = props;
  const root = useRef<HTMLDivElement>(null);
  const { view, pane, eased, dragging, fit, zoom, move, handlers } = usePanZoom(root, layout);
  useImperativeHandle(ref, () => ({ fit, zoom, focus: () => root.current?.focus() }), [fit, zoom]);
  const focusSpot = useMemo(() => spotOf(layout, at), [layout, at]);
  const selectedSpot = useMemo(() => spotOf(layout, selected), [layout, selected]);
  const aside = selectedSpot ? clearOf(view, pane, selectedSpot, props.drawer) : { x: 0, y: 0 };
  const shown = { ...view, x: view.x + aside.x, y: view.y + aside.y };
  useRevealLit(graph, layout, highlighted, (spot) => move(reveal(shown, pane, spot)));
  const stops = useMemo(() => {
    const extra = layout.nodes.filter((n) => !n.node).map((n) => n.id);
    return stopsOf(graph, new Set(layout.nodes.filter((n) => !n.ghost).map((n) => n.id)), extra);
  }, [graph, layout]);

  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.ctrlKey || e.metaKey || e.altKey || !handle(e.key)) return;
    e.preventDefault();
    e.stopPropagation();
  };
  const handle = (key: string): boolean => {
    const step = STEPS[key];
    if (step) {
      const next = stepFrom(graph, stops, at, step);
      const spot = spotOf(layout, next);
      if (spot) move(reveal(shown, pane, spot));
      if (next) props.onMove(next, selected !== null);
    } else if (key === 'Enter' || key === ' ') {
      if (at) onPick(at);
    } else if (key === 'Escape' && selected) props.onClose();
    else if (key === '+' || key === '=') zoom(1.2);
    else if (key === '-') zoom(1 / 1.2);
    else if (key === '0') fit();
    else return false;
    return true;
  };
  const { t } = words;
  const label = graph.service
    ? t('canvas', { service: graph.service, node: graph.node, family: graph.family })
    : t('canvasEmpty', { node: graph.node });
  return (
    <div
      ref={root}
      className={styles['canvas']}
      tabIndex={0}
      role="application"
      aria-roledescription={t('role')}
      aria-label={`${label}. ${t('help')}`}
      data-dragging={dragging || undefined}
      onKeyDown={onKeyDown}
      {...handlers}
    >
      <svg aria-hidden="true">
        <g
          className={`${scene['scene']} ${eased ? scene['eased'] : ''}`}
          style={{ transform: `translate(${shown.x}px, ${shown.y}px) scale(${shown.k})` }}
        >
          <Scene
            graph={graph}
            layout={layout}
            otherRules={props.otherRules}
            words={words}
            highlighted={highlighted}
            focus={focusSpot}
            selected={selectedSpot}
            onPick={onPick}
          />
        </g>
        <Heads
          mode={graph.mode}
          columns={layout.columns}
          words={words}
          x={shown.x}
          k={shown.k}
          eased={eased}
        />
      </svg>
      <p className={styles['hidden']} aria-live="polite">
        {at ? sayStop(graph, at, layout, words) : ''}
      </p>
    </div>
  );
}

/** Rules that a place in the editor lights up are brought into sight. */
function useRevealLit(
  graph: ChainGraph,
  layout: Layout,
  highlighted: readonly string[],
  show: (spot: Spot) => void,
): void {
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  const [first] = highlighted;
  useEffect(() => {
    const node =
      first === undefined ? undefined : graph.nodes.find((n) => n.rules.some((r) => r.id === first));
    const spot = node && first !== undefined ? spotOf(layout, { node: node.id, rule: first }) : undefined;
    if (spot) latest.current(spot);
    // Only a new highlight moves the drawing; an edit under the same highlight does not.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [first]);
}

/** What a screen reader hears of the place in focus. */
function sayStop(graph: ChainGraph, at: Stop, layout: Layout, words: Words): string {
  const { t } = words;
  const node = graph.nodes.find((n) => n.id === at.node);
  const rule = node?.rules.find((r) => r.id === at.rule);
  if (rule)
    return t('atRule', {
      chain: rule.chain,
      place: placeWords(words, rule),
      text: `${rule.match} ${rule.action}`.trim(),
    });
  if (node)
    return t('atNode', {
      name: node.name,
      kind: words.kind(node.kind),
      rules: t('rulesIn', { n: node.rules.length }),
    });
  const laid = layout.nodes.find((n) => n.id === at.node);
  if (!laid) return '';
  return laid.kind === 'others' ? t('others', { n: laid.count ?? 0 }) : t('fold', { n: laid.count ?? 0 });
}

interface HeadsProps {
  readonly mode: GraphMode;
  readonly columns: readonly LaidColumn[];
  readonly words: Words;
  readonly x: number;
  readonly k: number;
  readonly eased: boolean;
}

/** Headings of the columns: they follow the drawing sideways but stay at the top. */
function Heads({ mode, columns, words, x, k, eased }: HeadsProps) {
  return (
    <g>
      <rect className={scene['headBack']} width="100%" height={26} />
      {columns.map((c) => (
        <text
          key={c.id}
          className={`${scene['head']} ${eased ? scene['eased'] : ''}`}
          style={{ transform: `translate(${x + c.x * k}px, 17px)` }}
        >
          {mode === 'nftables' ? nftHeadOf(c, words) : headOf(c, words)}
        </text>
      ))}
    </g>
  );
}

const CHAIN_OF: Partial<Record<LaidKind, string>> = {
  svc: 'SVC',
  svl: 'SVL',
  ext: 'EXT',
  fw: 'FW',
};

const NFT_CHAIN_OF: Partial<Record<LaidKind, string>> = {
  svc: 'service-',
  svl: 'local-',
  ext: 'external-',
  fw: 'firewall-',
};

function nftHeadOf({ id, kinds }: LaidColumn, { t }: Words): string {
  if (id === 'hook') return t('columnBase');
  if (id === 'lookup') return t('columnLookup');
  if (id === 'services') return 'services';
  if (id === 'endpoint') return 'endpoint-';
  if (id === 'pod') return t('columnPod');
  return kinds.flatMap((kind) => NFT_CHAIN_OF[kind] ?? []).join(' · ');
}

function headOf({ id, kinds }: LaidColumn, { t }: Words): string {
  if (id === 'hook') return t('columnHook');
  if (id === 'pod') return t('columnPod');
  if (id === 'services') return 'KUBE-SERVICES';
  if (id === 'endpoint') return 'KUBE-SEP';
  const names = kinds.flatMap((kind) => CHAIN_OF[kind] ?? []);
  return names.length ? `KUBE-${names.join(' · ')}` : '';
}
