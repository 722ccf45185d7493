'use client';
// The hero: a Service that runs in the page. Change the number of Pods and its chains change, as kube-proxy would change them.
import { lazy, Suspense, useState } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { ErrorBoundary } from '@/components/ui/ErrorBoundary';
import { Skeleton } from '@/components/ui/Progress';
import { ErrorState } from '@/components/ui/States';
import { useLocale, useMessages } from '@/lib/i18n/client';
import type { ClientApi } from '@/lib/workbench/client';
import type { WorkbenchState } from '@/lib/workbench/protocol';
import { deployment, DEPLOYMENT_FILE, liveFiles } from './live-files';
import { useLiveCluster } from './use-live-cluster';

const ChainView = lazy(async () => ({
  default: (await import('@/components/chain-view/ChainView')).ChainView,
}));
const MIN = 0;
const MAX = 8;
const START = 3;
const NO_RULES: readonly string[] = [];

export function LiveChains() {
  const t = useMessages('home');
  const common = useMessages('common');
  const locale = useLocale();
  const { state, client } = useLiveCluster(locale, () => liveFiles(START));
  const [replicas, setReplicas] = useState(START);
  const cluster = state?.state ?? null;
  const change = (to: number): void => {
    setReplicas(to);
    client?.api.edit(DEPLOYMENT_FILE, deployment(to));
  };
  return (
    <section
      aria-label={t('liveTitle')}
      className="flex min-w-0 flex-col rounded-panel border border-line bg-panel"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b border-line px-4 py-2.5">
        <div className="min-w-40 flex-1">
          <h2 className="font-semibold">{t('liveTitle')}</h2>
          <p className="text-sm text-ink-2">{t('liveText')}</p>
        </div>
        <Stepper replicas={replicas} ready={cluster !== null} onChange={change} />
      </div>
      {state?.status === 'failed' && (
        <ErrorState
          title={t('liveFailed')}
          action={<Button onClick={() => client?.api.restart()}>{common('retry')}</Button>}
        />
      )}
      <div className="h-[440px] overflow-hidden max-sm:h-[360px]">
        <ErrorBoundary fallback={<Waiting />}>
          {cluster && client ? (
            <Suspense fallback={<Waiting />}>
              <Chains state={cluster} api={client.api} />
            </Suspense>
          ) : (
            <Waiting />
          )}
        </ErrorBoundary>
      </div>
      <p role="status" className="min-h-9 border-t border-line px-4 py-1.5 text-sm text-ink-2">
        {cluster ? t('liveResult', { n: replicas }) : common('loading')}
      </p>
    </section>
  );
}

interface StepperProps {
  readonly replicas: number;
  readonly ready: boolean;
  readonly onChange: (replicas: number) => void;
}

function Stepper({ replicas, ready, onChange }: StepperProps) {
  const t = useMessages('home');
  const type = (text: string): void => {
    const wanted = Number.parseInt(text, 10);
    if (Number.isInteger(wanted)) onChange(Math.min(MAX, Math.max(MIN, wanted)));
  };
  return (
    <div className="flex items-center gap-1.5">
      <span className="text-sm text-ink-2" aria-hidden>
        {t('replicas')}
      </span>
      <IconButton
        label={t('fewer')}
        disabled={!ready || replicas <= MIN}
        onClick={() => onChange(replicas - 1)}
      >
        −
      </IconButton>
      <input
        type="number"
        inputMode="numeric"
        aria-label={t('replicas')}
        min={MIN}
        max={MAX}
        value={replicas}
        disabled={!ready}
        onChange={(event) => type(event.target.value)}
        className="h-7 w-12 rounded-md border border-line-control bg-panel text-center [appearance:textfield] [&::-webkit-inner-spin-button]:hidden"
      />
      <IconButton
        label={t('more')}
        disabled={!ready || replicas >= MAX}
        onClick={() => onChange(replicas + 1)}
      >
        +
      </IconButton>
    </div>
  );
}

function Chains({ state, api }: { state: WorkbenchState; api: ClientApi }) {
  return (
    <ChainView
      graph={state.graph}
      focus={state.focus}
      nodes={state.nodes}
      services={state.services}
      highlightedRules={NO_RULES}
      locate={(origin) => api.locate(origin)}
      search={(query, limit) => api.search(query, limit)}
      onSelectRule={() => undefined}
      onFocus={(focus) => api.focus(focus)}
      onChainClick={() => undefined}
    />
  );
}

function Waiting() {
  return (
    <div aria-hidden className="grid h-full grid-cols-[2fr_3fr_3fr_3fr_2fr] items-center gap-x-6 bg-bg p-6">
      {['h-9', 'h-16', 'h-20', 'h-11', 'h-8'].map((height) => (
        <Skeleton key={height} className={height} />
      ))}
    </div>
  );
}
