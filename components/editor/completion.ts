// What monaco-yaml proposes, made fit for the lessons: fields and values only, after a field its values, and in a file of
// several documents the fields of the one that the cursor is in.
import type { languages } from 'monaco-editor/editor';

/** How monaco-yaml marks a whole skeleton ("object" with every required field), which would do the learner's work. */
const SKELETON = 5 satisfies languages.CompletionItemKind.Class;

const NEXT: languages.Command = {
  id: 'editor.action.triggerSuggest',
  title: '',
  arguments: [{ auto: true }],
};

/** Made-up values ("replicas: ${1:0}") would be applied at once, and scaling to zero is no default to offer: bare stops are left. */
const MADE_UP_VALUES = /\$\{(\d+)[:|][^}]*\}/g;
const LAST_STOP = /: \$\{?1\}?$/;

/** Proposals without skeletons, doubles and made-up values; accepting a field goes on to its values. */
export function fieldsAndValues(items: readonly languages.CompletionItem[]): languages.CompletionItem[] {
  const seen = new Set<string>();
  const kept: languages.CompletionItem[] = [];
  for (const item of items) {
    const label = typeof item.label === 'string' ? item.label : item.label.label;
    if (item.kind === SKELETON || seen.has(label)) continue;
    seen.add(label);
    const insertText = item.insertText.replace(MADE_UP_VALUES, '$$$1').replace(LAST_STOP, ': ');
    kept.push({ ...item, insertText, ...(insertText.endsWith(': ') ? { command: NEXT } : {}) });
  }
  return kept;
}

/**
 * The text with every line blank that is not of the YAML document at `line` (1-based), so that places stay the same;
 * undefined if there is one document only. monaco-yaml finds no document for a cursor in blank space between two.
 */
export function soleDocument(text: string, line: number): string | undefined {
  const lines = text.split('\n');
  const isMark = (at: number): boolean => /^---(\s|$)/.test(lines[at] ?? '');
  let start = Math.min(line, lines.length) - 1;
  while (start > 0 && !isMark(start)) start--;
  let end = line;
  while (end < lines.length && !isMark(end)) end++;
  if (start === 0 && end >= lines.length) return undefined;
  const from = isMark(start) ? start + 1 : start;
  return lines.map((content, at) => (at >= from && at < end ? content : '')).join('\n');
}
