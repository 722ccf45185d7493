'use client';
// The views of the cluster, one at a time. A view that was looked at stays, so that it is as it was when one comes back to it.
import { lazy, Suspense, useState } from 'react';
import { tabId, Tabs } from '@/components/ui/Tabs';
import { useMessages } from '@/lib/i18n/client';
import { ChainPane } from './ChainPane';
import { PaneBoundary } from './PaneBoundary';
import type { ViewTab } from './panes/layout-state';
import { usePanes, usePaneStore } from './panes/use-panes';

const TopologyView = lazy(async () => ({
  default: (await import('@/components/topology/TopologyView')).TopologyView,
}));
const ChangesView = lazy(async () => ({
  default: (await import('@/components/changes/ChangesView')).ChangesView,
}));
const ObjectsView = lazy(async () => ({
  default: (await import('@/components/objects/ObjectsView')).ObjectsView,
}));

const TABS = ['chains', 'topology', 'objects', 'changes'] as const satisfies readonly ViewTab[];

export function ViewsPane({ mounted }: { mounted: boolean }) {
  const t = useMessages('workbench');
  const store = usePaneStore();
  const tab = usePanes((view) => view.tab);
  const words: Readonly<Record<ViewTab, string>> = {
    chains: t('tabChains'),
    topology: t('tabTopology'),
    objects: t('tabObjects'),
    changes: t('tabChanges'),
  };
  const [seen, setSeen] = useState<readonly ViewTab[]>([]);
  if (mounted && !seen.includes(tab)) setSeen([...seen, tab]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex min-h-9 shrink-0 items-stretch border-b border-line pr-16 pl-2 max-lg:pr-1 max-lg:pl-1">
        <Tabs
          label={t('views')}
          items={TABS.map((id) => ({ id, label: words[id], panel: `view-${id}` }))}
          active={tab}
          onSelect={(id) => store.change((layout) => ({ ...layout, tab: id }))}
          className="min-w-0 text-sm max-lg:flex-wrap max-lg:gap-x-0 lg:overflow-x-auto"
        />
      </div>
      {TABS.map((id) => (
        <div
          key={id}
          id={`view-${id}`}
          role="tabpanel"
          aria-labelledby={tabId(`view-${id}`)}
          hidden={id !== tab}
          className="min-h-0 flex-1"
        >
          {id === 'chains' && <ChainPane mounted={mounted && seen.includes(id)} />}
          {id !== 'chains' && mounted && seen.includes(id) && (
            <PaneBoundary>
              <Suspense>
                {id === 'topology' && <TopologyView shown={id === tab} />}
                {id === 'objects' && <ObjectsView shown={id === tab} />}
                {id === 'changes' && <ChangesView shown={id === tab} />}
              </Suspense>
            </PaneBoundary>
          )}
        </div>
      ))}
    </div>
  );
}
