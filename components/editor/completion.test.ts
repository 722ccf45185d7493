import type { languages } from 'monaco-editor/editor';
import { describe, expect, test } from 'vitest';
import { fieldsAndValues, soleDocument } from './completion';

const range = { startLineNumber: 1, startColumn: 1, endLineNumber: 1, endColumn: 1 };
const item = (label: string, insertText: string, kind = 9): languages.CompletionItem => ({
  label,
  insertText,
  kind,
  range,
});
const texts = (items: readonly languages.CompletionItem[]): readonly string[] =>
  fieldsAndValues(items).map((i) => i.insertText);

describe('fieldsAndValues', () => {
  test('no number is made up for a field: replicas stay unset until the learner types one', () => {
    expect(texts([item('replicas', 'replicas: ${1:0}'), item('targetPort', 'targetPort: $1')])).toEqual([
      'replicas: ',
      'targetPort: ',
    ]);
  });

  test('nor in the middle of what is inserted', () => {
    expect(texts([item('terms', 'terms:\n  - weight: ${1:0}\n    topologyKey: $2')])).toEqual([
      'terms:\n  - weight: $1\n    topologyKey: $2',
    ]);
  });

  test('a list of values is offered after the field, not inside it', () => {
    const [kind] = fieldsAndValues([item('kind', 'kind: ${1|Service,Pod|}')]);
    expect(kind?.insertText).toBe('kind: ');
    expect(kind?.command?.id).toBe('editor.action.triggerSuggest');
  });

  test('skeletons and doubles are left out', () => {
    expect(
      texts([
        item('type', 'type: '),
        item('object', 'selector:\n  \ntemplate:\n  ', 5),
        item('type', 'type: '),
      ]),
    ).toEqual(['type: ']);
  });

  test('values and nested fields stay as they are', () => {
    expect(
      texts([
        item('ClientIP', 'ClientIP', 13),
        item('selector', 'selector:\n  '),
        item('ports', 'ports:\n  - port: '),
      ]),
    ).toEqual(['ClientIP', 'selector:\n  ', 'ports:\n  - port: ']);
  });
});

describe('soleDocument', () => {
  const text = 'kind: Service\nspec:\n  \n---\nkind: Deployment\nspec:\n  ';

  test('one document: nothing to cut', () => {
    expect(soleDocument('kind: Service\n', 1)).toBeUndefined();
    expect(soleDocument('', 1)).toBeUndefined();
  });

  test('the other documents are blank, and every line stays at its place', () => {
    expect(soleDocument(text, 3)).toBe('kind: Service\nspec:\n  \n\n\n\n');
    expect(soleDocument(text, 7)).toBe('\n\n\n\nkind: Deployment\nspec:\n  ');
  });

  test('a mark at the top makes no second document out of the first', () => {
    expect(soleDocument('---\nkind: Service\n', 2)).toBeUndefined();
  });
});
