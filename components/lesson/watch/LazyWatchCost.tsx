'use client';
// The figure comes with the lessons that have it, after their text.
import { lazy, Suspense } from 'react';

const Figure = lazy(async () => ({ default: (await import('./WatchCost')).WatchCost }));

export function WatchCost({ of: service }: { of: string }) {
  return (
    <Suspense fallback={<div className="my-3 min-h-72" />}>
      <Figure of={service} />
    </Suspense>
  );
}
