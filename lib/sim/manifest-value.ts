// A parsed YAML node as plain JSON, as sigs.k8s.io/yaml makes it: aliases written out, `<<` merged, keys turned into strings.
// Aliases may blow a short text up without limit, so the values are counted.
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from 'yaml';

export const VALUE_LIMIT = 200_000;
/** A value may be nested this deep; the parser keeps to it, aliases could get round it. */
export const DEPTH_LIMIT = 100;

/** What keeps a node from being a JSON value: a code of problem.yaml.* and where. */
export interface ValueFault {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
  readonly node: Node;
}

/** Turns nodes of one document, visited in the order of the text, into values. Stops at the first fault. */
export class ValueReader {
  fault: ValueFault | undefined;
  /** Nodes that a value was left out of: `port:` with nothing behind it. */
  readonly empty: Node[] = [];
  readonly #anchors = new Map<string, { readonly node: Node; done: boolean }>();
  #count = 0;
  #inAlias = 0;

  /** The node's value; meaningless once there is a fault. */
  read(node: unknown, depth = 0): unknown {
    if (this.fault) return undefined;
    const at = node as Node;
    if (++this.#count > VALUE_LIMIT) return this.#fail('aliases', at, { limit: VALUE_LIMIT });
    if (depth > DEPTH_LIMIT) return this.#fail('tooDeep', at, { limit: DEPTH_LIMIT });
    if (isAlias(node)) return this.#alias(node.source, at, depth);
    const anchor = (node as { anchor?: string } | null)?.anchor;
    const entry = anchor && this.#inAlias === 0 ? { node: at, done: false } : undefined;
    if (anchor && entry) this.#anchors.set(anchor, entry);
    const value = this.#plain(node, depth);
    if (entry) entry.done = true;
    return value;
  }

  #plain(node: unknown, depth: number): unknown {
    if (isMap(node)) return this.#map(node.items, depth);
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1));
    if (!isScalar(node)) return null;
    if (node.value === null && isUnwritten(node) && this.#inAlias === 0) this.empty.push(node);
    return node.value;
  }

  #alias(name: string, at: Node, depth: number): unknown {
    const entry = this.#anchors.get(name);
    if (!entry) return this.#fail('aliasUnknown', at, { name });
    if (!entry.done) return this.#fail('aliasCycle', at, { name });
    this.#inAlias++;
    const value = this.#plain(entry.node, depth);
    this.#inAlias--;
    return value;
  }

  #map(items: readonly Pair[], depth: number): Readonly<Record<string, unknown>> {
    const own = new Map<string, unknown>();
    let merged: Readonly<Record<string, unknown>> = {};
    for (const { key, value } of items) {
      if (!isScalar(key)) {
        this.#fail('key', key as Node);
        break;
      }
      const name = keyName(key);
      if (name === '<<' && key.type === 'PLAIN') merged = { ...this.#merged(value, depth), ...merged };
      else if (own.has(name)) this.#fail('duplicateKey', key, { key: name });
      else own.set(name, this.read(value, depth + 1));
      if (this.fault) break;
    }
    return Object.fromEntries([...Object.entries(merged).filter(([name]) => !own.has(name)), ...own]);
  }

  /** What `<<: *a` or `<<: [*a, *b]` brings in; the first of several wins. */
  #merged(node: unknown, depth: number): Readonly<Record<string, unknown>> {
    const value = this.read(node, depth + 1);
    const sources = Array.isArray(value) ? value.toReversed() : [value];
    if (sources.every((s) => typeof s === 'object' && s !== null && !Array.isArray(s)))
      return Object.assign({}, ...sources) as Readonly<Record<string, unknown>>;
    this.#fail('merge', node as Node);
    return {};
  }

  #fail(code: string, node: Node, params: ValueFault['params'] = {}): undefined {
    this.fault ??= { code: `problem.yaml.${code}`, params, node };
    return undefined;
  }
}

/** A key as JSON writes it. */
export const keyName = ({ value }: Scalar): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

/** Nothing stands where the value belongs, not even `null`. */
const isUnwritten = (node: Scalar): boolean =>
  node.range !== undefined && node.range !== null && node.range[0] === node.range[1];
