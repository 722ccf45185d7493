'use client';
// The packet pane in the workbench.
import { lazy, Suspense } from 'react';
import { Skeleton } from '@/components/ui/Progress';
import { useLesson } from './lesson-context';
import { PaneBoundary } from './PaneBoundary';

const PacketView = lazy(async () => ({
  default: (await import('@/components/packet-view/PacketView')).PacketView,
}));

export function PacketPane({ mounted }: { mounted: boolean }) {
  const ready = useLesson((view) => view.state !== null);
  return (
    <PaneBoundary>
      {mounted && ready ? (
        <Suspense fallback={<PacketSkeleton />}>
          <PacketView />
        </Suspense>
      ) : (
        <PacketSkeleton />
      )}
    </PaneBoundary>
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
