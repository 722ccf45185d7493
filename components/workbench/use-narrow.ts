'use client';
// Whether the panes are tabs: under 1 024 px, as the styles' lg says.
import { useSyncExternalStore } from 'react';

const WIDE = '(min-width: 1024px)';

function subscribe(changed: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
}

/** Undefined until the page runs in the browser. */
export const useNarrow = (): boolean | undefined =>
  useSyncExternalStore<boolean | undefined>(
    subscribe,
    () => !matchMedia(WIDE).matches,
    () => undefined,
  );
