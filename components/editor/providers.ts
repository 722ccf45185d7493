// Monaco's hover and the values from the cluster: registered once a page, answering for whichever editor is there.
import { fieldHelp } from '@/lib/workbench/editor-help';
import { placeAt } from '@/lib/workbench/editor-place';
import { clusterValues } from '@/lib/workbench/editor-values';
import type { Vocabulary } from '@/lib/workbench/editor-vocabulary';
import * as monaco from 'monaco-editor/editor';
import { helpMarkdown, type HelpWords } from './help-text';
import { LARGE_CHARACTERS } from './options';

export interface ProviderContext extends HelpWords {
  readonly vocabulary: () => Promise<Vocabulary | undefined>;
}

let context: ProviderContext | undefined;

/** From now on hovers and proposals are those of this editor. */
export function setProviderContext(next: ProviderContext): void {
  context = next;
}

/** Names in the cluster are asked for again after this long (ms). */
const FRESH_MS = 1_000;
let asked: { readonly at: number; readonly answer: Promise<Vocabulary | undefined> } | undefined;

function vocabulary({ vocabulary: ask }: ProviderContext): Promise<Vocabulary | undefined> {
  const now = performance.now();
  if (!asked || now - asked.at > FRESH_MS) asked = { at: now, answer: ask() };
  return asked.answer;
}

const textOf = (model: monaco.editor.ITextModel): string =>
  model.getValue(monaco.editor.EndOfLinePreference.LF);

export function registerProviders(): void {
  monaco.languages.registerHoverProvider('yaml', {
    provideHover(model, { lineNumber, column }) {
      if (!context || model.getValueLength() > LARGE_CHARACTERS) return null;
      const help = fieldHelp(textOf(model), lineNumber, column, context.k8s);
      if (!help || column > help.place.end) return null;
      const range = new monaco.Range(lineNumber, help.place.start, lineNumber, help.place.end);
      return { range, contents: [{ value: helpMarkdown(help, context) }] };
    },
  });
  monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' '],
    async provideCompletionItems(model, position) {
      if (!context || model.getValueLength() > LARGE_CHARACTERS) return null;
      const { k8s } = context;
      const place = placeAt(textOf(model), position.lineNumber, position.column);
      const words = place && (await vocabulary(context));
      if (!place || !words) return null;
      const { lineNumber } = position;
      const insert = new monaco.Range(
        lineNumber,
        place.start,
        lineNumber,
        Math.max(place.start, position.column),
      );
      const replace = new monaco.Range(
        lineNumber,
        place.start,
        lineNumber,
        Math.max(place.end, insert.endColumn),
      );
      const suggestions = clusterValues(place, words, k8s).map(({ label, insert: text, detail }, i) => ({
        label: { label, description: detail },
        kind: monaco.languages.CompletionItemKind.Value,
        insertText: text,
        filterText: place.quoted ? `"${label}` : label,
        // In the order of the cluster, ahead of what the schema alone knows.
        sortText: `0${String(i).padStart(4, '0')}`,
        range: place.quoted ? replace : { insert, replace },
      }));
      return { suggestions };
    },
  });
}
