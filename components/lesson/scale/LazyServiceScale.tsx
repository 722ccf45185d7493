'use client';
// The figure comes with the lessons that have it, after their text.
import { lazy, Suspense } from 'react';

const Figure = lazy(async () => ({ default: (await import('./ServiceScale')).ServiceScale }));

export function ServiceScale() {
  return (
    <Suspense fallback={<div className="my-3 min-h-96" />}>
      <Figure />
    </Suspense>
  );
}
