// What the learner did to the panes: which are folded, which one fills the page, how large the others are. Pure: pane-store.ts
// keeps it, the browser stores it.

export const PANES = ['lesson', 'editor', 'views', 'terminal', 'packet'] as const;
export type PaneId = (typeof PANES)[number];

export const VIEW_TABS = ['chains', 'topology', 'objects', 'changes'] as const;
export type ViewTab = (typeof VIEW_TABS)[number];

/** Panes that stand side by side; folded together they lie down as bars. */
export const GROUPS = [
  ['lesson'],
  ['editor', 'views'],
  ['terminal', 'packet'],
] as const satisfies readonly PaneId[][];

/** Sizes that dividers set, each the variable of the grid that holds it (px). */
export const SIZES = ['--lesson-w', '--editor-w', '--low-h', '--terminal-w'] as const;
export type SizeName = (typeof SIZES)[number];

/** Smallest and largest size (px); the styles keep a large one from squeezing its neighbour out. */
export const LIMITS: Readonly<Record<SizeName, { readonly min: number; readonly max: number }>> = {
  '--lesson-w': { min: 280, max: 720 },
  '--editor-w': { min: 240, max: 1200 },
  '--low-h': { min: 120, max: 900 },
  '--terminal-w': { min: 260, max: 1600 },
};

export interface PaneLayout {
  readonly sizes: Readonly<Partial<Record<SizeName, number>>>;
  readonly folded: readonly PaneId[];
  readonly maximised: PaneId | null;
  readonly tab: ViewTab;
}

export const DEFAULT_LAYOUT: PaneLayout = { sizes: {}, folded: [], maximised: null, tab: 'chains' };

/** Folds a pane, or unfolds it. The last open pane stays open. */
export function toggleFolded(layout: PaneLayout, pane: PaneId): PaneLayout {
  const without = layout.folded.filter((id) => id !== pane);
  if (without.length < layout.folded.length) return { ...layout, folded: without };
  if (without.length + 1 >= PANES.length) return layout;
  return {
    ...layout,
    folded: [...without, pane],
    maximised: layout.maximised === pane ? null : layout.maximised,
  };
}

/** One pane over the whole page, or all of them again. */
export const toggleMaximised = (layout: PaneLayout, pane: PaneId): PaneLayout => ({
  ...layout,
  maximised: layout.maximised === pane ? null : pane,
  folded: layout.folded.filter((id) => id !== pane),
});

/** Puts a pane in sight: unfolded, and not behind a maximised one. */
export function inSight(layout: PaneLayout, pane: PaneId): PaneLayout {
  const hidden = layout.maximised !== null && layout.maximised !== pane;
  if (!hidden && !layout.folded.includes(pane)) return layout;
  return {
    ...layout,
    folded: layout.folded.filter((id) => id !== pane),
    maximised: hidden ? null : layout.maximised,
  };
}

/** A size within its limits; undefined goes back to the default. */
export function withSize(layout: PaneLayout, name: SizeName, px: number | undefined): PaneLayout {
  const { [name]: _, ...rest } = layout.sizes;
  return { ...layout, sizes: px === undefined ? rest : { ...rest, [name]: clampSize(name, px) } };
}

export function clampSize(name: SizeName, px: number): number {
  const { min, max } = LIMITS[name];
  return Math.round(Math.min(max, Math.max(min, px)));
}

/** Whether a pane is folded into an upright strip, or lies as a bar because its whole group is folded. */
export function foldOf(layout: PaneLayout, pane: PaneId): 'open' | 'strip' | 'bar' {
  if (!layout.folded.includes(pane)) return 'open';
  const group: readonly PaneId[] = GROUPS.find((g) => (g as readonly PaneId[]).includes(pane)) ?? [pane];
  return group.length > 1 && group.every((id) => layout.folded.includes(id)) ? 'bar' : 'strip';
}

/** Reads what the browser kept; whatever is not understood is left out. */
export function parseLayout(text: string | null): PaneLayout {
  try {
    const data: unknown = JSON.parse(text ?? 'null');
    if (!isRecord(data)) return DEFAULT_LAYOUT;
    const { sizes, folded, maximised, tab } = data;
    const kept = SIZES.flatMap((name) => {
      const px = isRecord(sizes) ? sizes[name] : undefined;
      return typeof px === 'number' && Number.isFinite(px) ? [[name, clampSize(name, px)] as const] : [];
    });
    const known = Array.isArray(folded) ? PANES.filter((id) => folded.includes(id)) : [];
    return {
      sizes: Object.fromEntries(kept),
      folded: known.length < PANES.length ? known : [],
      maximised: PANES.find((id) => id === maximised) ?? null,
      tab: VIEW_TABS.find((id) => id === tab) ?? 'chains',
    };
  } catch {
    return DEFAULT_LAYOUT;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
