// The panes' layout outside React: changed by dividers, tabs and keys, kept in the browser, read by the parts that show it.
import { DEFAULT_LAYOUT, inSight, parseLayout, type PaneId, type PaneLayout } from './layout-state';

const KEY = 'servicepath.panes.v2';
type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

export interface PaneView extends PaneLayout {
  /** The pane in sight where there is room for one only. */
  readonly front: PaneId;
  /** The map of the keys is open. */
  readonly help: boolean;
}

export class PaneStore {
  #view: PaneView = { ...DEFAULT_LAYOUT, front: 'lesson', help: false };
  readonly #listeners = new Set<() => void>();
  #storage: Keeper | undefined;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  readonly getView = (): PaneView => this.#view;

  /** Brings back what the browser kept; from now on every change is kept there. */
  load(storage: Keeper | undefined): void {
    this.#storage = storage;
    try {
      this.#set(parseLayout(storage?.getItem(KEY) ?? null));
    } catch {
      // Closed storage keeps nothing; the layout then lasts as long as the page.
    }
  }

  change(step: (layout: PaneLayout) => PaneLayout): void {
    const { front: _front, help: _help, ...layout } = this.#view;
    const next = step(layout);
    this.#set(next);
    try {
      this.#storage?.setItem(KEY, JSON.stringify(next));
    } catch {
      // Full storage: as above.
    }
  }

  /** Puts a pane in sight, wherever it is. */
  show(pane: PaneId): void {
    if (this.#view.front !== pane) this.#set({ front: pane });
    if (inSight(this.#view, pane) !== this.#view) this.change((layout) => inSight(layout, pane));
  }

  help(help: boolean): void {
    this.#set({ help });
  }

  #set(part: Partial<PaneView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}
