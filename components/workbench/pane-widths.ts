// Widths of the panes, remembered in the browser.

export type PaneVariable = '--lesson-w' | '--editor-w';

const KEY = 'servicepath.panes.v1';

export function loadWidths(): Readonly<Partial<Record<PaneVariable, number>>> {
  try {
    const data = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    const width = (name: PaneVariable) => (typeof data[name] === 'number' ? { [name]: data[name] } : {});
    return { ...width('--lesson-w'), ...width('--editor-w') };
  } catch {
    return {};
  }
}

/** Keeps a width; without one the pane goes back to the default. */
export function saveWidth(name: PaneVariable, width: number | undefined): void {
  try {
    const { [name]: _, ...rest } = loadWidths();
    localStorage.setItem(KEY, JSON.stringify(width === undefined ? rest : { ...rest, [name]: width }));
  } catch {
    // The width then lasts as long as the page.
  }
}
