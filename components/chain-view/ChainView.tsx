'use client';
// The chain view: a Service's rules from the hooks to its Pods. It draws the focused Service in full and folds the rest, and an
// edit draws again only what it changed.
import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { ChainGraph, GraphMode, GraphNode, RuleView } from '@/lib/net/ruleset/graph';
import type { FieldRef, RuleFamily } from '@/lib/net/ruleset/types';
import type { ChainFocus, RuleLocation, ServiceHit } from '@/lib/workbench/protocol';
import { Canvas, type CanvasHandle } from './Canvas';
import styles from './chain-view.module.css';
import { Drawer } from './Drawer';
import { layoutGraph } from './layout';
import { Legend } from './Legend';
import { Empty } from './States';
import type { SearchHandle } from './ServiceSearch';
import { SummaryLine } from './SummaryLine';
import { summaryOf } from './summary';
import { TextTwin } from './TextTwin';
import { Toolbar } from './Toolbar';
import { useGhosts } from './use-ghosts';
import type { Size } from './view-math';
import type { Stop } from './walk';
import { useWords } from './words';

export interface ChainViewProps {
  readonly graph: ChainGraph;
  readonly focus: ChainFocus;
  readonly nodes: readonly string[];
  /** Services beside the one in focus, and their rules. */
  readonly services: { readonly total: number; readonly rules: number };
  /** Address families of the cluster; a choice is offered if there are two. */
  readonly families?: readonly RuleFamily[];
  /** kube-proxy's mode as it was chosen, and how another is; absent where it is not to be chosen. */
  readonly mode?: GraphMode;
  readonly onMode?: (mode: GraphMode) => void;
  /** What the learner has to know about the mode, in one sentence. */
  readonly note?: string | undefined;
  /** false: the drawing alone, as on the home page. */
  readonly toolbar?: boolean;
  /** Rules to light up: those that follow from the place of the cursor in the editor. */
  readonly highlightedRules: readonly string[];
  readonly locate: (origin: readonly FieldRef[]) => Promise<readonly RuleLocation[]>;
  readonly search: (query: string, limit: number) => Promise<readonly ServiceHit[]>;
  readonly onSelectRule: (rule: RuleView | null) => void;
  /** A rule to select, with the keyboard on it; a new object asks again. */
  readonly wantedRule?: { readonly rule: string } | undefined;
  /** The rule that the keyboard is at. */
  readonly onWalk?: (rule: string | null) => void;
  readonly onFocus: (focus: Partial<ChainFocus>) => void;
  /** "chain:KUBE-SVC-…", "pod:web-1": what a lab may ask the learner to find. */
  readonly onChainClick: (target: string) => void;
}

/** How many endpoints of a chain are drawn at first, and how many more each time. */
const FIRST_ENDPOINTS = 10;
const MORE_ENDPOINTS = 100;
const ONE_FAMILY: readonly RuleFamily[] = [];
const NO_SIZE: Size = { width: 0, height: 0 };

export function ChainView(props: ChainViewProps) {
  const { services, highlightedRules } = props;
  const words = useWords();
  const graph = useGhosts(props.graph);
  const [endpoints, setEndpoints] = useState(FIRST_ENDPOINTS);
  const [legend, setLegend] = useState(false);
  const [text, setText] = useState(false);
  const [drawerSize, setDrawerSize] = useState<Size>(NO_SIZE);
  const canvas = useRef<CanvasHandle>(null);
  const search = useRef<SearchHandle>(null);
  const layout = useMemo(
    () => layoutGraph(graph, { endpoints, ghosts: true, others: graph.nodes.length ? services.total : 0 }),
    [graph, endpoints, services.total],
  );
  const summary = useMemo(() => summaryOf(props.graph), [props.graph]);
  const choice = useSelection(props, {
    unfold: useCallback(() => setEndpoints((n) => n + MORE_ENDPOINTS), []),
    find: useCallback(() => search.current?.focus(), []),
  });
  useWantedRule(props, choice, canvas);
  const close = (): void => {
    choice.select(null);
    canvas.current?.focus();
  };
  const total = services.total + (graph.service === null ? 0 : 1);
  return (
    <div className={styles['pane']} data-testid="chain-view" data-service={graph.service ?? undefined}>
      {props.toolbar !== false && (
        <Toolbar
          searchRef={search}
          focus={props.focus}
          nodes={props.nodes}
          mode={props.mode ?? graph.mode}
          onMode={props.onMode}
          families={props.families ?? ONE_FAMILY}
          service={graph.service}
          total={total}
          words={words}
          legend={legend}
          text={text}
          search={props.search}
          onFocus={(focus) => {
            if (focus.service !== undefined) setEndpoints(FIRST_ENDPOINTS);
            props.onFocus(focus);
          }}
          onLegend={() => setLegend(!legend)}
          onText={() => setText(!text)}
          onZoom={(factor) => canvas.current?.zoom(factor)}
          onFit={() => canvas.current?.fit()}
        />
      )}
      {props.note && (
        <p className={styles['note']} role="status" data-testid="chain-note">
          {props.note}
        </p>
      )}
      <div className={styles['stage']}>
        {!text && (
          <Canvas
            ref={canvas}
            graph={graph}
            layout={layout}
            otherRules={services.rules}
            words={words}
            highlighted={highlightedRules}
            at={choice.at}
            selected={choice.selected}
            drawer={drawerSize}
            onMove={choice.move}
            onPick={choice.pick}
            onClose={close}
          />
        )}
        {!text && layout.nodes.length === 0 && (
          <Empty
            service={graph.service}
            node={graph.node}
            others={services.total}
            words={words}
            onFind={() => search.current?.focus()}
          />
        )}
        <TextTwin graph={props.graph} words={words} visible={text} highlighted={highlightedRules} />
        {!text && <SummaryLine summary={summary} words={words} narrow={choice.node !== undefined} />}
        {!text && choice.node && (
          <Drawer
            node={choice.node}
            rule={choice.rule}
            words={words}
            locate={props.locate}
            onRule={(rule) => choice.select({ node: choice.node?.id ?? '', rule: rule.id })}
            onClose={close}
            onSize={setDrawerSize}
          />
        )}
        {legend && <Legend mode={graph.mode} words={words} />}
      </div>
    </div>
  );
}

interface Choice {
  /** Where the keyboard is. */
  readonly at: Stop | null;
  readonly selected: Stop | null;
  readonly node: GraphNode | undefined;
  readonly rule: RuleView | undefined;
  readonly select: (stop: Stop | null) => void;
  readonly move: (stop: Stop, open: boolean) => void;
  readonly pick: (stop: Stop) => void;
}

/** Selects the rule that another view leads to; tells the rule that the keyboard is at. */
function useWantedRule(
  { graph, wantedRule, onWalk }: ChainViewProps,
  { at, select }: Choice,
  canvas: RefObject<CanvasHandle | null>,
): void {
  const seen = useRef(wantedRule);
  const node = wantedRule && graph.nodes.find((n) => n.rules.some((r) => r.id === wantedRule.rule));
  useEffect(() => {
    if (!node || !wantedRule || wantedRule === seen.current) return;
    seen.current = wantedRule;
    select({ node: node.id, rule: wantedRule.rule });
    canvas.current?.focus();
  }, [node, wantedRule, select, canvas]);
  const rule = at?.rule ?? null;
  useEffect(() => {
    onWalk?.(rule);
  }, [rule, onWalk]);
}

/** What is in focus and what is selected. A selection ends when an edit takes away what was selected. */
function useSelection(
  { graph, onSelectRule, onChainClick }: ChainViewProps,
  folded: { unfold: () => void; find: () => void },
): Choice {
  const [at, setAt] = useState<Stop | null>(null);
  const [wanted, setWanted] = useState<Stop | null>(null);
  const node = wanted ? graph.nodes.find((n) => n.id === wanted.node) : undefined;
  const rule = node?.rules.find((r) => r.id === wanted?.rule);
  const selected = node && (rule || wanted?.rule === undefined) ? wanted : null;
  const latest = useRef({ graph, onSelectRule, onChainClick });
  useEffect(() => {
    latest.current = { graph, onSelectRule, onChainClick };
  });
  const ruleId = selected ? rule?.id : undefined;
  useEffect(() => {
    const all = latest.current.graph.nodes.flatMap((n) => n.rules);
    latest.current.onSelectRule(all.find((r) => r.id === ruleId) ?? null);
  }, [ruleId]);
  const select = useCallback((stop: Stop | null) => {
    setWanted(stop);
    if (!stop) return;
    setAt(stop);
    const found = latest.current.graph.nodes.find((n) => n.id === stop.node);
    if (found) latest.current.onChainClick(`${found.kind === 'pod' ? 'pod' : 'chain'}:${found.name}`);
  }, []);
  const { unfold, find } = folded;
  const pick = useCallback(
    (stop: Stop) => {
      if (stop.node === 'others') find();
      else if (stop.node.startsWith('fold ')) unfold();
      else select(stop);
    },
    [select, unfold, find],
  );
  const move = useCallback(
    (stop: Stop, open: boolean) => {
      setAt(stop);
      if (open && stop.node !== 'others' && !stop.node.startsWith('fold ')) select(stop);
    },
    [select],
  );
  return { at, selected, node: selected ? node : undefined, rule, select, move, pick };
}
