'use client';
// The layout of the panes, for React.
import { useSyncExternalStore } from 'react';
import { useLessonStore } from '../lesson-context';
import { useNarrow } from '../use-narrow';
import { foldOf, type PaneId } from './layout-state';
import type { PaneStore, PaneView } from './pane-store';

export const usePaneStore = (): PaneStore => useLessonStore().panes;

/** A field of the layout; `select` must return the same value while nothing changed. */
export function usePanes<T>(select: (view: PaneView) => T): T {
  const store = usePaneStore();
  const read = (): T => select(store.getView());
  return useSyncExternalStore(store.subscribe, read, read);
}

export interface PaneState {
  readonly fold: ReturnType<typeof foldOf>;
  readonly maximised: boolean;
  /** Another pane covers the page. */
  readonly covered: boolean;
  readonly front: boolean;
  readonly narrow: boolean;
}

/** How a pane stands now. Where panes are tabs none is folded or maximised. */
export function usePane(id: PaneId): PaneState {
  const narrow = useNarrow() === true;
  const fold = usePanes((view) => foldOf(view, id));
  const maximised = usePanes((view) => view.maximised);
  const front = usePanes((view) => view.front === id);
  return {
    fold: narrow ? 'open' : fold,
    maximised: !narrow && maximised === id,
    covered: !narrow && maximised !== null && maximised !== id,
    front,
    narrow,
  };
}
