'use client';
// The packet pane in the workbench.
import { lazy, Suspense } from 'react';
import { ErrorBoundary } from '@/components/ui/ErrorBoundary';
import { Skeleton } from '@/components/ui/Progress';
import { useLesson } from './lesson-context';
import { PaneFailed } from './PaneFailed';

const PacketView = lazy(async () => ({
  default: (await import('@/components/packet-view/PacketView')).PacketView,
}));

export function PacketPane({ mounted }: { mounted: boolean }) {
  const ready = useLesson((view) => view.state !== null);
  return (
    <ErrorBoundary fallback={<PaneFailed />}>
      {mounted && ready ? (
        <Suspense fallback={<PacketSkeleton />}>
          <PacketView />
        </Suspense>
      ) : (
        <PacketSkeleton />
      )}
    </ErrorBoundary>
  );
}

function PacketSkeleton() {
  return (
    <div aria-hidden className="flex h-full flex-col gap-3 p-3">
      <Skeleton className="h-4 w-2/5" />
      <Skeleton className="h-6 w-full" />
      <Skeleton className="h-4 w-3/5" />
    </div>
  );
}
