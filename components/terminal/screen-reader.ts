// Whether the terminals speak to a screen reader (xterm's own mode), remembered in the browser.
const KEY = 'servicepath.terminal.reader';
type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

export function loadScreenReader(storage: Keeper | undefined): boolean {
  try {
    return storage?.getItem(KEY) === 'on';
  } catch {
    return false;
  }
}

export function saveScreenReader(on: boolean, storage: Keeper | undefined): void {
  try {
    storage?.setItem(KEY, on ? 'on' : 'off');
  } catch {
    // The mode then lasts as long as the page.
  }
}
