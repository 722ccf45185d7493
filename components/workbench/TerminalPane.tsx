'use client';
// The terminal in the workbench: its scripts come when the chains stand, or when one goes to it.
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Skeleton, Spinner } from '@/components/ui/Progress';
import { useMessages } from '@/lib/i18n/client';
import { browserStorage } from '@/lib/workbench/progress';
import { useLesson, useLessonStore } from './lesson-context';
import { PaneBoundary } from './PaneBoundary';

const Consoles = lazy(async () => ({ default: (await import('@/components/terminal/Consoles')).Consoles }));
const NO_NODES: readonly string[] = [];

export function TerminalPane({ mounted }: { mounted: boolean }) {
  const wanted = useWanted(mounted);
  return (
    <PaneBoundary>
      {wanted ? (
        <Suspense fallback={<TerminalSkeleton />}>
          <LiveConsoles />
        </Suspense>
      ) : (
        <TerminalSkeleton />
      )}
    </PaneBoundary>
  );
}

function LiveConsoles() {
  const hub = useLessonStore().terminal;
  const nodes = useLesson((view) => view.state?.nodes ?? NO_NODES);
  const [storage] = useState(browserStorage);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Stopped />
      <div className="min-h-0 flex-1">
        <Consoles hub={hub} nodes={nodes} storage={storage} />
      </div>
    </div>
  );
}

/** The cluster behind the consoles is gone: nothing typed would be answered. */
function Stopped() {
  const t = useMessages('workbench');
  const store = useLessonStore();
  const failed = useLesson((view) => view.status === 'failed');
  if (!failed) return null;
  return (
    <p className="flex shrink-0 items-center gap-3 bg-warn-weak px-3 py-1 pr-16 text-sm text-warn">
      {t('terminalStopped')}
      <Button onClick={() => store.restart()}>{t('restart')}</Button>
    </p>
  );
}

/** After the chains, in a quiet moment: typing and the first picture come first. */
function useWanted(mounted: boolean): boolean {
  const ready = useLesson((view) => view.state !== null);
  const [wanted, setWanted] = useState(false);
  useEffect(() => {
    if (!mounted || !ready) return undefined;
    if (typeof requestIdleCallback !== 'function') {
      const timer = setTimeout(() => setWanted(true), 500);
      return () => clearTimeout(timer);
    }
    const request = requestIdleCallback(() => setWanted(true), { timeout: 3_000 });
    return () => cancelIdleCallback(request);
  }, [mounted, ready]);
  return mounted && wanted;
}

function TerminalSkeleton() {
  const t = useMessages('workbench');
  const failed = useLesson((view) => view.status === 'failed');
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b border-line px-3 text-sm text-ink-3">
        {failed ? t('paneTerminal') : <Spinner label={t('terminalLoading')} />}
      </div>
      <div aria-hidden className="flex flex-1 flex-col gap-2 overflow-hidden bg-term p-3">
        <Skeleton className="h-3.5 w-2/5" />
        <Skeleton className="h-3.5 w-3/5" />
        <Skeleton className="h-3.5 w-1/5" />
      </div>
    </div>
  );
}
