// Colours of the editor: the product's tokens (app/globals.css) as literal values, because Monaco takes no CSS variables.
import type { editor } from 'monaco-editor/editor';

export type ThemeName = 'servicepath-light' | 'servicepath-dark';

interface Palette {
  readonly panel: string;
  readonly raise: string;
  readonly line: string;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly accent: string;
  readonly accentWeak: string;
  readonly key: string;
  readonly value: string;
  readonly error: string;
  readonly warning: string;
}

// Values and comments are a shade stronger than the tokens: they must stay readable (4.5:1) on a lit line, too.
const LIGHT: Palette = {
  panel: '#ffffff',
  raise: '#ffffff',
  line: '#c9ced6',
  ink: '#14181f',
  ink2: '#4a5261',
  ink3: '#5d6678',
  accent: '#2757d6',
  accentWeak: '#e8eefc',
  key: '#2757d6',
  value: '#006b5f',
  error: '#b3261e',
  warning: '#8a5a00',
};

const DARK: Palette = {
  panel: '#151a21',
  raise: '#1b212a',
  line: '#3a4352',
  ink: '#e8ecf2',
  ink2: '#b4bdca',
  ink3: '#8b95a5',
  accent: '#84a9ff',
  accentWeak: '#1b2743',
  key: '#84a9ff',
  value: '#4fd1c0',
  error: '#ff8a80',
  warning: '#f2c562',
};

const bare = (colour: string): string => colour.slice(1);

/** The base theme has rules of its own for ".yaml" tokens, so each colour is said twice. */
const rulesFor = (colour: string, ...tokens: readonly string[]): editor.ITokenThemeRule[] =>
  tokens
    .flatMap((token) => (token === '' ? [''] : [token, `${token}.yaml`]))
    .map((token) => ({ token, foreground: bare(colour) }));

function theme(base: 'vs' | 'vs-dark', p: Palette): editor.IStandaloneThemeData {
  return {
    base,
    inherit: true,
    rules: [
      ...rulesFor(p.ink, '', 'operators'),
      ...rulesFor(p.key, 'type'),
      ...rulesFor(p.value, 'string', 'number', 'keyword'),
      ...rulesFor(p.ink3, 'comment'),
      ...rulesFor(p.ink2, 'delimiter', 'tag', 'namespace'),
    ],
    colors: {
      'editor.background': p.panel,
      'editor.foreground': p.ink,
      'editorLineNumber.foreground': p.ink3,
      'editorLineNumber.activeForeground': p.ink,
      'editorCursor.foreground': p.accent,
      'editor.selectionBackground': `${p.accent}40`,
      'editor.inactiveSelectionBackground': `${p.accent}26`,
      'editorIndentGuide.background1': `${p.line}66`,
      'editorIndentGuide.activeBackground1': p.line,
      'editorError.foreground': p.error,
      'editorWarning.foreground': p.warning,
      'editorInfo.foreground': p.accent,
      'editorWidget.background': p.raise,
      'editorWidget.border': p.line,
      'editorHoverWidget.background': p.raise,
      'editorHoverWidget.border': p.line,
      'editorSuggestWidget.background': p.raise,
      'editorSuggestWidget.border': p.line,
      'editorSuggestWidget.foreground': p.ink,
      'editorSuggestWidget.selectedBackground': p.accentWeak,
      'editorSuggestWidget.selectedForeground': p.ink,
      'editorSuggestWidget.highlightForeground': p.accent,
      'editorSuggestWidget.focusHighlightForeground': p.accent,
      'editorHoverWidget.foreground': p.ink,
      'list.hoverBackground': `${p.accentWeak}99`,
      'scrollbarSlider.background': `${p.line}80`,
      'scrollbarSlider.hoverBackground': p.line,
      'scrollbarSlider.activeBackground': p.line,
      focusBorder: p.accent,
      'scrollbar.shadow': '#00000000',
    },
  };
}

export const THEMES: Readonly<Record<ThemeName, editor.IStandaloneThemeData>> = {
  'servicepath-light': theme('vs', LIGHT),
  'servicepath-dark': theme('vs-dark', DARK),
};
