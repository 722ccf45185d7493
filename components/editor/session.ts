// One Monaco editor over several files: models, markers, highlights and the keyboard. Imperative by nature; Editor.tsx
// holds exactly one and tells it what changed.
import type { RuleLocation } from '@/lib/workbench/protocol';
import { canWrap, Models } from './models';
import { monaco, prepareMonaco } from './monaco';
import { editorOptions, FONT } from './options';
import { setProviderContext, type ProviderContext } from './providers';
import { tabKey } from './tab-key';
import type { ListedProblem } from './problem-text';
import type { ThemeName } from './themes';
import './editor.css';

export interface SessionEvents {
  /** The learner changed a file (never in the middle of a composition). */
  readonly typed: (file: string, text: string) => void;
  readonly cursor: (file: string, line: number, column: number) => void;
  /** Whether the Tab key leaves the editor now. */
  readonly tabLeaves: (leaves: boolean) => void;
}

export interface SessionStart {
  readonly host: HTMLElement;
  readonly context: ProviderContext;
  readonly theme: ThemeName;
  readonly label: string;
  readonly events: SessionEvents;
}

/** Owner of our markers. */
const OWNER = 'cluster';
const MAX_MARKERS = 200;

const SEVERITY = {
  error: monaco.MarkerSeverity.Error,
  warning: monaco.MarkerSeverity.Warning,
  info: monaco.MarkerSeverity.Info,
} as const;

export class EditorSession {
  readonly #editor: monaco.editor.IStandaloneCodeEditor;
  readonly #events: SessionEvents;
  readonly #models = new Models((file, model) => this.#typed(file, model));
  readonly #views = new Map<string, monaco.editor.ICodeEditorViewState | null>();
  readonly #lit: monaco.editor.IEditorDecorationsCollection;
  readonly #disposables: readonly monaco.IDisposable[];
  #file = '';
  #highlights: readonly RuleLocation[] = [];
  #composing = false;
  /** Whether the composition has changed the text, and what came from outside meanwhile. */
  #composed = false;
  readonly #deferred = new Map<string, string>();
  #cursorFrame = 0;

  constructor({ host, context, theme, label, events }: SessionStart) {
    this.setContext(context);
    this.#events = events;
    const family = getComputedStyle(host).getPropertyValue('--mono').trim() || 'monospace';
    this.#editor = monaco.editor.create(host, { ...editorOptions(label, family), model: null, theme });
    // Columns are measured once: again when the font is there.
    void document.fonts.load(`${FONT.size}px ${family}`).then(() => monaco.editor.remeasureFonts());
    this.#lit = this.#editor.createDecorationsCollection();
    this.#disposables = [
      this.#editor.onDidChangeCursorPosition((event) => this.#cursorMoved(event.source)),
      this.#editor.onDidCompositionStart(() => (this.#composing = true)),
      this.#editor.onDidCompositionEnd(() => this.#compositionEnded()),
      tabKey(this.#editor, host, events.tabLeaves),
    ];
  }

  /** The version, the language and the cluster that hovers and proposals are about. */
  setContext(context: ProviderContext): void {
    prepareMonaco(context.k8s, context.locale);
    setProviderContext(context);
  }

  setTheme(theme: ThemeName): void {
    monaco.editor.setTheme(theme);
  }

  setLabel(label: string): void {
    this.#editor.updateOptions({ ariaLabel: label });
  }

  /** The text of a file, from outside. */
  draw(file: string, text: string): void {
    if (this.#composing) {
      this.#deferred.set(file, text);
      return;
    }
    const shown = this.#editor.getModel() === this.#models.get(file);
    this.#models.draw(file, text, shown ? this.#editor.getSelections() : null);
    if (shown) this.#wrap();
  }

  /** Forgets files that are no more. */
  keepOnly(files: readonly string[]): void {
    for (const [file, model] of this.#models.entries()) {
      if (files.includes(file)) continue;
      if (this.#editor.getModel() === model) this.#editor.setModel(null);
      this.#views.delete(file);
      this.#models.delete(file);
    }
  }

  show(file: string): void {
    const model = this.#models.get(file);
    if (!model || this.#editor.getModel() === model) return;
    if (this.#models.get(this.#file)) this.#views.set(this.#file, this.#editor.saveViewState());
    this.#file = file;
    this.#editor.setModel(model);
    this.#wrap();
    const view = this.#views.get(file);
    if (view) this.#editor.restoreViewState(view);
    this.#drawHighlights();
  }

  setProblems(problems: readonly ListedProblem[]): void {
    for (const [file, model] of this.#models.entries()) {
      const here = problems.filter(({ problem }) => problem.file === file).slice(0, MAX_MARKERS);
      monaco.editor.setModelMarkers(
        model,
        OWNER,
        here.map((listed) => markerOf(model, listed)),
      );
    }
  }

  setHighlights(highlights: readonly RuleLocation[]): void {
    this.#highlights = highlights;
    this.#drawHighlights();
  }

  /** Scrolls to a line without moving the cursor. */
  reveal(line: number): void {
    const last = this.#editor.getModel()?.getLineCount() ?? 1;
    this.#editor.revealLineInCenterIfOutsideViewport(Math.min(Math.max(line, 1), last));
  }

  /** Puts the cursor somewhere, and the focus into the editor. */
  goTo(line: number, column: number): void {
    const position = this.#editor.getModel()?.validatePosition({ lineNumber: line, column });
    if (!position) return;
    this.#editor.setPosition(position);
    this.#editor.revealPositionInCenterIfOutsideViewport(position);
    this.#editor.focus();
    this.#cursorMoved('mouse');
  }

  /** Puts the cursor on a line's first character, and the focus into the editor. */
  goToLine(line: number): void {
    const model = this.#editor.getModel();
    if (model && line <= model.getLineCount())
      this.goTo(line, model.getLineFirstNonWhitespaceColumn(line) || 1);
  }

  getValue(file: string): string | undefined {
    return this.#models.get(file)?.getValue();
  }

  /** As if the learner had replaced everything (tests use it). */
  replaceAll(file: string, text: string): void {
    const model = this.#models.get(file);
    model?.pushEditOperations(null, [{ range: model.getFullModelRange(), text }], () => null);
  }

  /** A change that the learner asked for (format, the cluster's version): the fewest edits, one step of undo. */
  rewrite(file: string, text: string): void {
    const shown = this.#editor.getModel() === this.#models.get(file);
    this.#models.rewrite(file, text, shown ? this.#editor.getSelections() : null);
  }

  focus(): void {
    this.#editor.focus();
  }

  undo(): void {
    this.#editor.trigger('toolbar', 'undo', null);
  }

  markers(): readonly monaco.editor.IMarker[] {
    return monaco.editor.getModelMarkers({ owner: OWNER });
  }

  dispose(): void {
    cancelAnimationFrame(this.#cursorFrame);
    for (const disposable of this.#disposables) disposable.dispose();
    this.#editor.dispose();
    this.#models.dispose();
  }

  #typed(file: string, model: monaco.editor.ITextModel): void {
    this.#wrap();
    if (this.#composing) this.#composed = true;
    else this.#events.typed(file, model.getValue());
  }

  /** A text that came from outside during the composition is newer than what was composed. */
  #compositionEnded(): void {
    this.#composing = false;
    const model = this.#editor.getModel();
    if (this.#composed && model && !this.#deferred.has(this.#file))
      this.#events.typed(this.#file, model.getValue());
    this.#composed = false;
    for (const [file, text] of this.#deferred) this.draw(file, text);
    this.#deferred.clear();
  }

  #wrap(): void {
    const model = this.#editor.getModel();
    const wordWrap = model && !canWrap(model) ? 'off' : 'on';
    if (this.#editor.getOption(monaco.editor.EditorOption.wordWrap) !== wordWrap)
      this.#editor.updateOptions({ wordWrap });
  }

  /** Reports a move that the learner made, once a frame. */
  #cursorMoved(source: string): void {
    if (source !== 'keyboard' && source !== 'mouse') return;
    cancelAnimationFrame(this.#cursorFrame);
    this.#cursorFrame = requestAnimationFrame(() => {
      const position = this.#editor.getPosition();
      if (position && !this.#composing) this.#events.cursor(this.#file, position.lineNumber, position.column);
    });
  }

  #drawHighlights(): void {
    const last = this.#editor.getModel()?.getLineCount() ?? 0;
    const here = this.#highlights.filter(
      (location) => location.file === this.#file && location.startLine <= last,
    );
    this.#lit.set(
      here.map((location) => ({
        range: new monaco.Range(location.startLine, 1, Math.min(location.endLine, last), 1),
        options: { isWholeLine: true, className: 'sp-lit-line', marginClassName: 'sp-lit-margin', zIndex: 1 },
      })),
    );
  }
}

function markerOf(
  model: monaco.editor.ITextModel,
  { problem, text }: ListedProblem,
): monaco.editor.IMarkerData {
  const range = model.validateRange(
    new monaco.Range(problem.line, problem.column, problem.endLine, problem.endColumn),
  );
  return {
    startLineNumber: range.startLineNumber,
    startColumn: range.startColumn,
    endLineNumber: range.endLineNumber,
    endColumn: range.endColumn,
    severity: SEVERITY[problem.severity],
    message: text,
  };
}
