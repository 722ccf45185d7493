// The files as Monaco's text models: one a file, changed from outside by the fewest edits.
import { minimalEdits } from './minimal-edits';
import { modelUri, monaco } from './monaco';
import { LARGE_CHARACTERS, MAX_LINE_CHARACTERS } from './options';

type Model = monaco.editor.ITextModel;

export class Models {
  readonly #models = new Map<string, Model>();
  readonly #changed: (file: string, model: Model) => void;
  /** Set while a change comes from outside. */
  #drawing = false;

  /** `changed` hears of each change that the learner makes. */
  constructor(changed: (file: string, model: Model) => void) {
    this.#changed = changed;
  }

  get(file: string): Model | undefined {
    return this.#models.get(file);
  }

  entries(): Iterable<[string, Model]> {
    return this.#models.entries();
  }

  /** The text of a file, from outside: a new model, or edits that keep cursor and undo stack. */
  draw(file: string, text: string, selections: monaco.Selection[] | null): void {
    const model = this.#models.get(file);
    if (!model) {
      this.#models.set(file, this.#create(file, text));
      return;
    }
    this.#drawing = true;
    edit(model, text, selections);
    suitLanguage(model);
    this.#drawing = false;
  }

  /** A text in the learner's name: `changed` hears of it. */
  rewrite(file: string, text: string, selections: monaco.Selection[] | null): void {
    const model = this.#models.get(file);
    if (model) edit(model, text, selections);
  }

  delete(file: string): void {
    this.#models.get(file)?.dispose();
    this.#models.delete(file);
  }

  dispose(): void {
    for (const file of this.#models.keys()) this.delete(file);
  }

  #create(file: string, text: string): Model {
    const uri = modelUri(file);
    monaco.editor.getModel(uri)?.dispose();
    const model = monaco.editor.createModel(text, languageFor(text.length), uri);
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    model.onDidChangeContent(() => {
      if (this.#drawing) return;
      suitLanguage(model);
      this.#changed(file, model);
    });
    return model;
  }
}

function edit(model: Model, text: string, selections: monaco.Selection[] | null): void {
  // Offsets count the model's own line ends.
  const wanted = text.replace(/\r\n?|\n/g, model.getEOL());
  const operations = minimalEdits(model.getValue(), wanted).map(({ start, end, text: inserted }) => ({
    range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
    text: inserted,
  }));
  if (operations.length === 0) return;
  model.pushStackElement();
  model.pushEditOperations(selections, operations, () => null);
  model.pushStackElement();
}

/** Above the limit a text is neither coloured nor sent to the YAML worker; below it is YAML again. */
function suitLanguage(model: Model): void {
  const language = languageFor(model.getValueLength());
  if (model.getLanguageId() !== language) monaco.editor.setModelLanguage(model, language);
}

const languageFor = (characters: number): string => (characters > LARGE_CHARACTERS ? 'plaintext' : 'yaml');

/** Texts and lines beyond the limits are not wrapped: finding the breaks takes seconds. */
export function canWrap(model: Model): boolean {
  const length = model.getValueLength();
  if (length <= MAX_LINE_CHARACTERS) return true;
  if (length > LARGE_CHARACTERS) return false;
  for (let line = 1; line <= model.getLineCount(); line++) {
    if (model.getLineLength(line) > MAX_LINE_CHARACTERS) return false;
  }
  return true;
}
