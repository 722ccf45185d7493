'use client';
// The chain view in the workbench: a skeleton of its columns until the cluster runs.
import { lazy, Suspense, useCallback } from 'react';
import { ProgressBar, Skeleton, Spinner } from '@/components/ui/Progress';
import { useMessages } from '@/lib/i18n/client';
import { nftablesSupport } from '@/lib/kube/version';
import type { WorkbenchState } from '@/lib/workbench/protocol';
import { useLesson, useLessonStore } from './lesson-context';
import { PaneBoundary } from './PaneBoundary';

const load = async () => ({ default: (await import('@/components/chain-view/ChainView')).ChainView });
const ChainView = lazy(load);
// Fetched beside the page's own awakening: it is the first thing that the cluster's answer needs.
if (typeof window !== 'undefined') load().catch(() => undefined);

export function ChainPane({ mounted }: { mounted: boolean }) {
  const t = useMessages('workbench');
  const state = useLesson((view) => view.state);
  const failed = useLesson((view) => view.status === 'failed');
  const busy = useLesson((view) => view.busy);
  return (
    <PaneBoundary>
      <div className="relative h-full min-h-0">
        {busy && (
          <div className="late absolute inset-x-0 top-0 z-20">
            <ProgressBar label={t('busy')} />
          </div>
        )}
        {mounted && state ? (
          <Suspense fallback={<ChainSkeleton failed={failed} />}>
            <LiveChains state={state} />
          </Suspense>
        ) : (
          <ChainSkeleton failed={failed} />
        )}
      </div>
    </PaneBoundary>
  );
}

function LiveChains({ state }: { state: WorkbenchState }) {
  const store = useLessonStore();
  const lit = useLesson((view) => view.litRules);
  const mode = useLesson((view) => view.proxyMode);
  const note = useModeNote(state);
  const wantedRule = useLesson((view) => view.wantedRule);
  const walk = useCallback((rule: string | null) => store.trail.walkTo(rule), [store]);
  return (
    <ChainView
      graph={state.graph}
      focus={state.focus}
      nodes={state.nodes}
      services={state.services}
      mode={mode}
      onMode={(wanted) => store.setMode(wanted)}
      note={note}
      highlightedRules={lit}
      locate={store.locate}
      search={store.search}
      wantedRule={wantedRule}
      onWalk={walk}
      onSelectRule={(rule) => store.lights.selectRule(rule)}
      onFocus={(focus) => store.focus(focus)}
      onChainClick={(target) => store.click(target)}
    />
  );
}

/** What has to be said about kube-proxy's mode; undefined in iptables mode, which the lessons follow. */
function useModeNote({ graph, focus }: WorkbenchState): string | undefined {
  const t = useMessages('workbench');
  const refused = useLesson((view) => view.modeRefused);
  const mode = useLesson((view) => view.proxyMode);
  const k8s = useLesson((view) => view.k8s);
  if (refused !== null) return t('modeRefused', { version: `v${refused}` });
  if (graph.mode !== mode) return t('modeSwitched', { node: focus.node, mode: graph.mode });
  if (mode === 'iptables') return undefined;
  return nftablesSupport(k8s) === 'gate' ? t('modeGate', { version: `v${k8s}` }) : t('modeNftables');
}

const COLUMNS: readonly (readonly string[])[] = [
  ['h-9', 'h-9'],
  ['h-16'],
  ['h-20'],
  ['h-11', 'h-11', 'h-11'],
  ['h-8', 'h-8', 'h-8'],
];

/** Hooks, KUBE-SERVICES, KUBE-SVC, KUBE-SEP, Pods: where the boxes will be. */
export function ChainSkeleton({ failed }: { failed: boolean }) {
  const t = useMessages('workbench');
  return (
    <div className="flex h-full min-h-0 flex-col bg-bg">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line bg-panel px-3">
        {!failed && <Spinner label={t('starting')} />}
        {!failed && <span className="text-sm text-ink-3">{t('startingText')}</span>}
      </div>
      <div
        aria-hidden
        className="grid flex-1 grid-cols-[2fr_3fr_3fr_3fr_2fr] content-start gap-x-6 overflow-hidden p-6 pt-12"
      >
        {COLUMNS.map((boxes, column) => (
          <div key={column} className="flex flex-col justify-center gap-6">
            {boxes.map((height, i) => (
              <Skeleton key={i} className={height} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
