// How the editor is set up. Everything that would ask a worker or draw over the text without being asked for is off.
import type { editor } from 'monaco-editor/editor';

/** The editor's type, shared with the plain text that stands in for it until it is loaded. */
export const FONT = { family: 'var(--mono, ui-monospace, monospace)', size: 12.5, lineHeight: 20 } as const;

/** Space above the first line, px. */
export const PADDING_TOP = 8;
/** Width of line numbers and folding marks before the text, px; Monaco's own layout with the options below. */
export const GUTTER = 51;

/** A text longer than this is shown without colours and completion (the cluster refuses files above 1 MB anyway). */
export const LARGE_CHARACTERS = 1_000_000;
/** Longer lines are neither coloured nor wrapped. */
export const MAX_LINE_CHARACTERS = 20_000;

export const editorOptions = (
  ariaLabel: string,
  fontFamily: string,
): editor.IStandaloneEditorConstructionOptions => ({
  ariaLabel,
  automaticLayout: true,
  fontFamily,
  fontSize: FONT.size,
  lineHeight: FONT.lineHeight,
  fontLigatures: false,
  padding: { top: PADDING_TOP, bottom: PADDING_TOP },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  folding: true,
  foldingStrategy: 'indentation',
  showFoldingControls: 'mouseover',
  wordWrap: 'on',
  wrappingIndent: 'same',
  minimap: { enabled: false },
  overviewRulerLanes: 0,
  hideCursorInOverviewRuler: true,
  overviewRulerBorder: false,
  scrollBeyondLastLine: false,
  scrollbar: {
    verticalScrollbarSize: 10,
    horizontalScrollbarSize: 10,
    useShadows: false,
    alwaysConsumeMouseWheel: false,
  },
  renderLineHighlight: 'none',
  renderFinalNewline: 'on',
  renderControlCharacters: true,
  renderWhitespace: 'selection',
  guides: { indentation: true, bracketPairs: false },
  matchBrackets: 'near',
  bracketPairColorization: { enabled: false },
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  stickyScroll: { enabled: false },
  links: false,
  colorDecorators: false,
  codeLens: false,
  inlayHints: { enabled: 'off' },
  lightbulb: { enabled: 'off' as editor.ShowLightbulbIconMode },
  unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: false },
  wordBasedSuggestions: 'off',
  quickSuggestions: { other: true, comments: false, strings: true },
  suggestOnTriggerCharacters: true,
  acceptSuggestionOnCommitCharacter: false,
  fixedOverflowWidgets: true,
  insertSpaces: true,
  tabSize: 2,
  detectIndentation: false,
  // A tab that is pasted stays one: the problem list explains it.
  formatOnPaste: false,
  autoIndent: 'advanced',
  largeFileOptimizations: true,
  maxTokenizationLineLength: MAX_LINE_CHARACTERS,
  dropIntoEditor: { enabled: false },
  smoothScrolling: false,
  accessibilitySupport: 'auto',
});
