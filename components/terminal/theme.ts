// The terminal's colours: the page's tokens as xterm can take them.
import type { ITheme } from '@xterm/xterm';

const TOKENS = {
  background: '--term',
  foreground: '--ink',
  cursor: '--accent',
  cursorAccent: '--term',
  selectionBackground: '--term-selection',
  black: '--ink',
  red: '--del',
  green: '--add',
  yellow: '--warn',
  blue: '--accent',
  magenta: '--svc',
  cyan: '--sep',
  white: '--ink-2',
  brightBlack: '--ink-3',
  brightRed: '--del',
  brightGreen: '--add',
  brightYellow: '--warn',
  brightBlue: '--accent',
  brightMagenta: '--mark',
  brightCyan: '--sep',
  brightWhite: '--ink',
} as const satisfies Partial<Record<keyof ITheme, string>>;

/** The tokens as they stand for an element; the browser itself works out which of light and dark holds. */
export function themeOf(element: HTMLElement): ITheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  element.append(probe);
  const theme: ITheme = {};
  for (const [name, token] of Object.entries(TOKENS) as [keyof typeof TOKENS, string][]) {
    probe.style.color = `var(${token})`;
    theme[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return theme;
}
