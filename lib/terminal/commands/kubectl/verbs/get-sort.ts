// --sort-by: k8s.io/kubectl pkg/cmd/get/sorter.go.
import { goSorted } from '../print/go-sort';
import { JsonPath, relaxedJsonPath } from '../print/jsonpath';
import { Exit, Failure } from '../run/errors';
import type { Table } from '../print/tables';
import type { KubeJson } from '../api/client';

/** The rows of a table in order. */
export function sortedTable(table: Table, field: string): Table {
  const rows = table.rows ?? [];
  return {
    ...table,
    rows: ordered(
      rows,
      rows.map((r) => r.object),
      field,
    ),
  };
}

/** Objects in order. */
export const sortedObjects = (objects: readonly KubeJson[], field: string): KubeJson[] =>
  ordered(objects, objects, field);

function ordered<T>(items: readonly T[], objects: readonly unknown[], field: string): T[] {
  if (items.length === 0) return [];
  const path = new JsonPath(relaxedJsonPath(field), { allowMissingKeys: true });
  const keys = objects.map((o) => path.find(o)[0]?.[0]);
  if (keys.every((key) => key === undefined)) throw unsortable(field);
  const order = items.map((_, i) => i);
  const less = (a: number, b: number): boolean => isLess(keys[a], keys[b], relaxedJsonPath(field));
  return goSorted(order, less).map((i) => items[i] as T);
}

/** No object has the field; of several Tables none has. */
export const unsortable = (field: string): Failure =>
  new Failure(`couldn't find any field with path "${relaxedJsonPath(field)}" in the list of objects`);

function isLess(a: unknown, b: unknown, field: string): boolean {
  if (a === undefined) return true;
  if (b === undefined) return false;
  if (typeof a === 'number' && typeof b === 'number') return a < b;
  if (typeof a === 'string' && typeof b === 'string') {
    const [x, y] = [quantity(a), quantity(b)];
    return x !== undefined && y !== undefined ? x < y : naturalLess(a, b);
  }
  if (typeof a === 'string' || typeof a === 'number') return false;
  throw new Exit(unsortableText(a, field));
}

function quantity(text: string): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(n|u|m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei|[eE][+-]?\d+)?$/.exec(text);
  if (!match) return undefined;
  const suffix = match[2] ?? '';
  if (/^[eE][+-]?\d/.test(suffix)) return Number(text);
  return Number(match[1]) * (SUFFIXES[suffix] ?? 1);
}

const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** klog's last words. */
function unsortableText(value: unknown, field: string): string {
  const type = Array.isArray(value)
    ? '[]interface {}'
    : typeof value === 'boolean'
      ? 'bool'
      : value === null
        ? '<nil>'
        : 'map[string]interface {}';
  return `F0101 00:00:00.000000       1 sorter.go:1] Field ${field} in [][][]reflect.Value is an unsortable type: interface, err: unsortable type: ${type}\n`;
}

/** github.com/fvbommel/sortorder NaturalLess. */
function naturalLess(a: string, b: string): boolean {
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? '', b[j] ?? ''];
    const [dx, dy] = [/\d/.test(x), /\d/.test(y)];
    if (dx !== dy) return dx;
    if (!dx) {
      if (x !== y) return x < y;
      i++;
      j++;
      continue;
    }
    const [n, m] = [/^\d+/.exec(a.slice(i))?.[0] ?? '', /^\d+/.exec(b.slice(j))?.[0] ?? ''];
    const [p, q] = [n.replace(/^0+/, ''), m.replace(/^0+/, '')];
    if (p.length !== q.length) return p.length < q.length;
    if (p !== q) return p < q;
    if (n.length !== m.length) return n.length < m.length;
    i += n.length;
    j += m.length;
  }
  return a.length - i < b.length - j;
}
