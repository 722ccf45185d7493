// Keys that a terminal leaves to the browser: those that lead out of it (Esc then Tab, Shift+Tab), copy and paste, and what no
// shell uses. The way out stands in words below the terminal.
import type { Terminal } from '@xterm/xterm';

/** A handler for xterm: false leaves the key to the browser. */
export function leavingKeys(
  terminal: Terminal,
  report: (escaped: boolean) => void,
): (event: KeyboardEvent) => boolean {
  let escaped = false;
  const set = (next: boolean): void => {
    if (next !== escaped) report(next);
    escaped = next;
  };
  return (event) => {
    if (event.type !== 'keydown' || event.isComposing) return true;
    const { key, ctrlKey, shiftKey, altKey, metaKey } = event;
    if (key === 'Tab' && (escaped || shiftKey)) {
      set(false);
      return false;
    }
    if (key !== 'Shift') set(key === 'Escape' && !ctrlKey && !altKey);
    if (/^F\d+$/.test(key) || metaKey) return false;
    if (ctrlKey && shiftKey) return false;
    if (ctrlKey && key === 'Insert') return false;
    if (shiftKey && key === 'Insert') return false;
    if (ctrlKey && key === 'v') return false;
    return !(ctrlKey && key === 'c' && terminal.hasSelection());
  };
}
