// Moves the keyboard from pane to pane: to what one works with in it, or to the pane itself.
import { PANES, type PaneId } from './layout-state';

/** What takes the keyboard inside a pane: marked ones first, then an editor, a terminal, a drawing. */
const TARGETS = [
  '[data-pane-focus]',
  '.native-edit-context',
  'textarea',
  '[role="application"]',
  '[role="tab"][aria-selected="true"]',
];

const paneElement = (id: PaneId): HTMLElement | null => document.getElementById(`pane-${id}`);

export function focusPane(id: PaneId): void {
  const pane = paneElement(id);
  if (!pane) return;
  for (const selector of id === 'lesson' ? [] : TARGETS)
    for (const element of pane.querySelectorAll<HTMLElement>(selector))
      if (element.getClientRects().length > 0 && getComputedStyle(element).visibility !== 'hidden') {
        element.focus();
        if (element.contains(document.activeElement)) return;
      }
  const scroller = pane.querySelector<HTMLElement>('[data-scroller]');
  (scroller ?? pane).focus();
}

/** The pane that holds the keyboard. */
export function paneInFocus(): PaneId | undefined {
  const id = document.activeElement?.closest<HTMLElement>('[data-pane]')?.dataset['pane'];
  return PANES.find((pane) => pane === id);
}

/** Panes that are on the page, in the order in which F6 visits them. */
export const panesThere = (): readonly PaneId[] => PANES.filter((id) => paneElement(id) !== null);
