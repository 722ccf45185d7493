// Lays a manifest out anew: two blanks for each level, one blank behind colons and before comments. Values, comments, quotes and the
// order of fields stay; a text that does not mean the same afterwards is not given back.
import { isCollection, isScalar, parseAllDocuments, visit, type Document } from 'yaml';
import { parseManifests } from '@/lib/sim/manifest';

export type Formatted =
  | { readonly kind: 'formatted'; readonly text: string }
  /** There is nothing to do. */
  | { readonly kind: 'same' }
  /** The text has errors, or it would not mean the same. */
  | { readonly kind: 'refused' };

/** Longer texts are not rearranged (UTF-16 units): it would take seconds. */
const LIMIT = 300_000;

/** The text in its usual layout, with LF line ends. */
export function formatManifest(text: string): Formatted {
  if (text.length > LIMIT) return { kind: 'refused' };
  const before = parseManifests('', text);
  if (before.problems.some(({ severity }) => severity === 'error')) return { kind: 'refused' };
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const documents = parseAllDocuments(plain, {
    schema: 'failsafe',
    keepSourceTokens: false,
    uniqueKeys: false,
  });
  if (!Array.isArray(documents)) return { kind: 'same' };
  if (documents.some((document) => document.errors.length > 0)) return { kind: 'refused' };
  const opensWithMark = /^(\s*#[^\n]*\n|\s*\n)*---/.test(plain);
  const parts = documents.map((document) => written(document, plain));
  const joined = parts.map((part, i) => (i > 0 || opensWithMark ? `---\n${part}` : part)).join('');
  if (joined === text) return { kind: 'same' };
  return sameObjects(before, parseManifests('', joined))
    ? { kind: 'formatted', text: joined }
    : { kind: 'refused' };
}

/** Folding long lines, or quoting what was not quoted, would be changes that nobody asked for. */
function written(document: Document.Parsed, source: string): string {
  visit(document, {
    Pair(_key, pair) {
      // A null that is not written stays unwritten.
      if (isScalar(pair.value) && pair.value.value === null) pair.value = null;
    },
    Node(_key, node) {
      if (isCollection(node) && node.flow && !spansLines(node.range, source)) delete node.spaceBefore;
    },
  });
  document.directives.docStart = null;
  const text = document.toString({
    indent: 2,
    indentSeq: indentsLists(document, source),
    lineWidth: 0,
    flowCollectionPadding: /\{ /.test(source),
    nullStr: '',
  });
  return text
    .replace(/^---\n/, '')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n*$/, '\n');
}

const spansLines = (range: readonly number[] | null | undefined, source: string): boolean =>
  range != null && source.slice(range[0], range[1]).includes('\n');

/** Whether the author indents lists below their key; kubectl does not. */
function indentsLists(document: Document, source: string): boolean {
  let [indented, flush] = [0, 0];
  visit(document, {
    Pair(_key, { key, value }) {
      if (!isCollection(value) || value.flow || !('items' in value) || value.range == null) return;
      const first = source[value.range[0]];
      if (first !== '-' || !isScalar(key) || !key.range) return;
      if (columnOf(source, value.range[0]) > columnOf(source, key.range[0])) indented++;
      else flush++;
    },
  });
  return indented > flush;
}

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);

type Parsed = ReturnType<typeof parseManifests>;

function sameObjects(a: Parsed, b: Parsed): boolean {
  const values = ({ documents }: Parsed): string =>
    JSON.stringify(documents.map(({ object }) => object ?? null));
  return values(a) === values(b) && a.problems.length === b.problems.length;
}
