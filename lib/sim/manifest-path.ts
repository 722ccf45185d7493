// Field paths as the API server writes them (spec.ports[0].nodePort, metadata.labels[app]) and where they stand in a text.
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { offsetOf, placeOf, type Place, type SourceMap } from './manifest-place';
import { keyName } from './manifest-value';

/** spec.ports[0].port → spec, ports, 0, port; metadata.annotations["a.b/c"] → metadata, annotations, a.b/c. */
export function segmentsOf(path: string): string[] {
  const found = path.matchAll(/\[\s*(?:"([^"]*)"|'([^']*)'|([^\]]*))\s*\]|([^.[\]]+)/g);
  return [...found].map((m) => m[1] ?? m[2] ?? m[3] ?? m[4] ?? '');
}

const joined = (path: string, key: string): string =>
  !/^[\w-]+$/.test(key) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;

/** A field found in the text. */
export interface Found {
  /** The entry `key: value` or the list item; absent for the document as a whole. */
  readonly pair?: Pair;
  readonly value: unknown;
  /** Whether this is the field asked for, not one around it. */
  readonly exact: boolean;
  /** The part of the path that is not there. */
  readonly missing: readonly string[];
}

/** Fields that the API server names in the plural although the manifest has the singular. */
const SINGULAR: Readonly<Record<string, string>> = { clusterIPs: 'clusterIP' };

/**
 * The field, or the nearest one around it. Go's decoding errors name list fields without an index (spec.ports.port): then the
 * first item whose field `suits` is taken.
 */
export function findField(
  root: unknown,
  path: string,
  document: Document,
  suits: (value: unknown) => boolean = () => true,
): Found {
  let at: Found = { value: root, exact: true, missing: [] };
  const segments = segmentsOf(path);
  for (let i = 0; i < segments.length;) {
    const node = isAlias(at.value) ? at.value.resolve(document) : at.value;
    const step = isMap(node)
      ? mapStep(node, segments, i)
      : isSeq(node)
        ? seqStep(node.items, segments, i, document, suits)
        : undefined;
    if (!step) return { ...at, exact: false, missing: segments.slice(i) };
    if ('found' in step) return step.found;
    at = {
      ...(step.pair ? { pair: step.pair } : at.pair ? { pair: at.pair } : {}),
      value: step.value,
      exact: true,
      missing: [],
    };
    i += step.used;
  }
  return at;
}

type Step =
  | { readonly pair?: Pair; readonly value: unknown; readonly used: number }
  | { readonly found: Found }
  | undefined;

function mapStep(map: YAMLMap, segments: readonly string[], i: number): Step {
  const pairs = map.items.filter((p) => isScalar(p.key));
  const named = (name: string): Pair | undefined =>
    pairs.find((p) => isScalar(p.key) && keyName(p.key) === name);
  // metadata.labels.app.kubernetes.io/name: a key with dots in it may span several segments.
  for (let used = 1; i + used <= segments.length; used++) {
    const pair = named(segments.slice(i, i + used).join('.'));
    if (pair) return { pair, value: pair.value, used };
  }
  const singular = named(SINGULAR[segments[i] ?? ''] ?? '');
  if (!singular) return undefined;
  const isIndex = /^\d+$/.test(segments[i + 1] ?? '');
  return { pair: singular, value: singular.value, used: isIndex ? 2 : 1 };
}

function seqStep(
  items: readonly unknown[],
  segments: readonly string[],
  i: number,
  document: Document,
  suits: (value: unknown) => boolean,
): Step {
  const segment = segments[i] ?? '';
  if (/^\d+$/.test(segment)) {
    const value = items[Number(segment)];
    return value === undefined ? undefined : { value, used: 1 };
  }
  const rest = segments
    .slice(i)
    .map((s) => `[${s}]`)
    .join('');
  const inItems = items.map((item) => findField(item, rest, document, suits)).filter((f) => f.exact);
  const best = inItems.find((f) => isScalar(f.value) && suits(f.value.value)) ?? inItems[0];
  return best && { found: best };
}

/** Text range of a found field: its key, its value, or both. */
export function placeOfFound(
  found: Found,
  what: 'key' | 'value' | undefined,
  root: Node,
  source: SourceMap,
): Place {
  const { pair, value } = found;
  const key = pair && (pair.key as Node);
  const valueRange = rangeOf(value, source);
  if (!found.exact || what === 'key') {
    const node = found.exact && !isEntry(found) ? (value as Node) : (key ?? firstKey(root));
    const range = rangeOf(node, source) ?? [0, 1];
    return placeOf(source, range[0], range[1]);
  }
  const keyRange = (isEntry(found) ? rangeOf(key, source) : undefined) ?? valueRange ?? [0, 1];
  const written = valueRange && valueRange[1] > valueRange[0] ? valueRange : undefined;
  if (what === 'value') return placeOf(source, ...(written ?? keyRange));
  return placeOf(source, keyRange[0], (written ?? keyRange)[1]);
}

const isEntry = ({ pair, value }: Found): boolean => pair !== undefined && pair.value === value;
const firstKey = (root: Node): Node =>
  isMap(root) ? ((root.items[0]?.key as Node | undefined) ?? root) : root;

/** Start and end of what is written; without the blanks and comments that follow it. */
function rangeOf(node: unknown, source: SourceMap): [number, number] | undefined {
  const range = (node as Node | null | undefined)?.range;
  if (!range) return undefined;
  const last = isMap(node) || isSeq(node) ? lastLeaf(node) : undefined;
  const end = last?.range?.[1] ?? range[1];
  return [range[0], range[0] + source.text.slice(range[0], end).trimEnd().length];
}

function lastLeaf(node: unknown): Node | undefined {
  for (let at: unknown = node; ;) {
    if ((at as { flow?: boolean } | null)?.flow === true) return at as Node;
    if (isMap(at)) {
      const pair: Pair | undefined = at.items.at(-1);
      at = (pair?.value as Node | null | undefined) ?? pair?.key;
    } else if (isSeq(at) && at.items.length > 0) at = at.items.at(-1);
    else return (at as Node | undefined) ?? undefined;
  }
}

/** Path of the innermost field at an offset. */
export function pathAt(root: unknown, source: SourceMap, line: number, column: number): string | undefined {
  const offset = offsetOf(source, line, column);
  if (offset === undefined || !isMap(root)) return undefined;
  let path = '';
  for (let node: unknown = root; ;) {
    const next = isMap(node)
      ? entryAt(node, offset, line, source)
      : isSeq(node)
        ? itemAt(node.items, offset, line, source)
        : undefined;
    if (!next) return path === '' ? undefined : path;
    path = typeof next.name === 'number' ? `${path}[${next.name}]` : joined(path, next.name);
    if (next.onKey) return path;
    node = next.value;
  }
}

interface Inside {
  readonly name: string | number;
  readonly value: unknown;
  readonly onKey: boolean;
}

function entryAt(map: YAMLMap, offset: number, line: number, source: SourceMap): Inside | undefined {
  for (const { key, value } of map.items.toReversed()) {
    const keyRange = rangeOf(key, source);
    if (
      !keyRange ||
      !isScalar(key) ||
      !covers(keyRange[0], rangeOf(value, source)?.[1] ?? keyRange[1], offset, line, source)
    )
      continue;
    return { name: keyName(key), value, onKey: offset <= keyRange[1] };
  }
  return undefined;
}

function itemAt(
  items: readonly unknown[],
  offset: number,
  line: number,
  source: SourceMap,
): Inside | undefined {
  for (const [name, value] of [...items.entries()].reverse()) {
    const range = rangeOf(value, source);
    if (range && covers(range[0], range[1], offset, line, source)) return { name, value, onKey: false };
  }
  return undefined;
}

/** Whether a place belongs to a field that begins before it and ends behind it, or on the same line (a comment follows). */
function covers(start: number, end: number, offset: number, line: number, source: SourceMap): boolean {
  if (offset < start)
    return source.lines.linePos(start).line === line && isIndent(source.text, offset, start);
  return offset <= end || source.lines.linePos(end).line === line;
}

const isIndent = (text: string, offset: number, start: number): boolean =>
  /^[\s-]*$/.test(text.slice(offset, start));
