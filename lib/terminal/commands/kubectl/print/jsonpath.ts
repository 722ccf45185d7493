// Evaluates JSONPath templates: k8s.io/client-go util/jsonpath/jsonpath.go.
import { Failure } from '../run/errors';
import { goString } from './go-value';
import { byBytes, jsonText, sortedKeys } from './json';
import { parseJsonPath, type PathNode, type SliceBound } from './jsonpath-parse';

export interface JsonPathOptions {
  /** A field that is not there is no error. */
  readonly allowMissingKeys: boolean;
}

export class JsonPath {
  readonly #nodes: readonly PathNode[];

  constructor(
    readonly text: string,
    readonly options: JsonPathOptions,
  ) {
    this.#nodes = parseJsonPath(text);
  }

  /** One list of values for each action or text of the template. */
  find(data: unknown): readonly (readonly unknown[])[] {
    return this.#run(0, data, 0).results;
  }

  #run(from: number, data: unknown, depth: number): { results: (readonly unknown[])[]; next: number } {
    const results: (readonly unknown[])[] = [];
    let at = from;
    while (at < this.#nodes.length) {
      const node = this.#nodes[at++];
      if (!node) break;
      const word = keywordOf(node);
      if (word?.name === 'end') {
        if (depth === 0) throw new Failure('not in range, nothing to end');
        return { results, next: at };
      }
      if (word?.name !== 'range') {
        results.push(this.#walk([data], node));
        continue;
      }
      const values = this.#list([data], word.rest);
      let next = at;
      for (const value of values) {
        const inner = this.#run(at, value, depth + 1);
        results.push(...inner.results);
        next = inner.next;
      }
      if (values.length === 0) next = this.#skip(at);
      at = next;
    }
    return { results, next: at };
  }

  /** Behind the `end` of a range without values. */
  #skip(from: number): number {
    let depth = 1;
    for (let at = from; at < this.#nodes.length; at++) {
      const node = this.#nodes[at];
      const name = node && keywordOf(node)?.name;
      if (name === 'range') depth++;
      if (name === 'end' && --depth === 0) return at + 1;
    }
    return this.#nodes.length;
  }

  #list(values: readonly unknown[], nodes: readonly PathNode[]): readonly unknown[] {
    return nodes.reduce<readonly unknown[]>((current, node) => this.#walk(current, node), values);
  }

  #walk(values: readonly unknown[], node: PathNode): readonly unknown[] {
    switch (node.kind) {
      case 'text':
        return [node.text];
      case 'list':
        return this.#list(values, node.nodes);
      case 'number':
      case 'bool':
        return values.map(() => node.value);
      case 'field':
        return this.#field(values, node.name);
      case 'wildcard':
        return values.flatMap(childrenOf);
      case 'recursive':
        return recursive(values);
      case 'slice':
        return values.flatMap((value) => sliced(value, node.bounds));
      case 'union':
        return node.lists.flatMap((list) => this.#list(values, list));
      case 'filter':
        return values.flatMap((value) => this.#filtered(value, node));
      case 'identifier':
        throw new Failure(`unrecognized identifier ${node.name}`);
    }
  }

  #field(values: readonly unknown[], name: string): readonly unknown[] {
    const found = values.flatMap((value) =>
      isMap(value) && Object.hasOwn(value, name) ? [value[name]] : [],
    );
    if (found.length === 0 && !this.options.allowMissingKeys) throw new Failure(`${name} is not found`);
    return found;
  }

  #filtered(value: unknown, node: Extract<PathNode, { kind: 'filter' }>): readonly unknown[] {
    if (value === null || value === undefined) return [];
    if (!Array.isArray(value))
      throw new Failure(`${goString(value)} is not array or slice and cannot be filtered`);
    return (value as unknown[]).filter((item) => {
      let lefts: readonly unknown[];
      try {
        lefts = this.#list([item], node.left);
      } catch (error) {
        if (node.operator === 'exists') return false;
        throw error;
      }
      if (node.operator === 'exists') return lefts.length > 0;
      if (lefts.length === 0) return false;
      if (lefts.length > 1) throw new Failure('can only compare one element at a time');
      const rights = this.#list([item], node.right);
      if (rights.length === 0) return false;
      if (rights.length > 1) throw new Failure('can only compare one element at a time');
      return compared(lefts[0], rights[0], node.operator);
    });
  }
}

function keywordOf(node: PathNode): { name: string; rest: readonly PathNode[] } | undefined {
  if (node.kind !== 'list') return undefined;
  const [first, ...rest] = node.nodes;
  if (first?.kind !== 'identifier') return undefined;
  return first.name === 'range' || first.name === 'end' ? { name: first.name, rest } : undefined;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function childrenOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isMap(value)
    ? Object.keys(value)
        .sort(byBytes)
        .map((k) => value[k])
    : [];
}

function recursive(values: readonly unknown[]): readonly unknown[] {
  return values.flatMap((value) => {
    const children = childrenOf(value);
    return children.length === 0 ? [] : [value, ...recursive(children)];
  });
}

function sliced(value: unknown, bounds: readonly [SliceBound, SliceBound, SliceBound]): readonly unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new Failure(`${goType(value)} is not array or slice`);
  const list = value as readonly unknown[];
  let first = bounds[0].known ? bounds[0].value : 0;
  if (first < 0) first += list.length;
  let last = bounds[1].known ? bounds[1].value : list.length;
  if (last < 0 || (last === 0 && bounds[1].derived)) last += list.length;
  if (first === last) return [];
  const outOfBounds = (index: number): Failure =>
    new Failure(`array index out of bounds: index ${index}, length ${list.length}`);
  if (first >= list.length || first < 0) throw outOfBounds(first);
  if (last > list.length || last < 0) throw outOfBounds(last - 1);
  if (first > last) throw new Failure(`starting index ${first} is greater than ending index ${last}`);
  const step = bounds[2].known ? bounds[2].value : 1;
  if (step <= 0) throw new Failure('step must be > 0');
  return list.slice(first, last).filter((_, i) => i % step === 0);
}

const goType = (value: unknown): string => {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  return 'map[string]interface {}';
};

function compared(left: unknown, right: unknown, operator: string): boolean {
  if (typeof left !== typeof right || typeof left === 'object')
    throw new Failure('incompatible types for comparison');
  const less = (a: unknown, b: unknown): boolean => {
    if (typeof a === 'string' && typeof b === 'string') return byBytes(a, b) < 0;
    if (typeof a === 'number' && typeof b === 'number') return a < b;
    throw new Failure('invalid type for comparison');
  };
  switch (operator) {
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return less(left, right);
    case '>':
      return less(right, left);
    case '<=':
      return left === right || less(left, right);
    case '>=':
      return left === right || less(right, left);
    default:
      throw new Failure(`unrecognized filter operator ${operator}`);
  }
}

/** Values as `-o jsonpath` prints them: side by side, maps and lists as JSON. */
export function resultsText(results: readonly (readonly unknown[])[], asJson = false): string {
  if (asJson) return results.map((values) => `${jsonText(sortedKeys(values))}\n`).join('');
  return results.map((values) => values.map(valueText).join(' ')).join('');
}

function valueText(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? jsonText(sortedKeys(value), '') : goString(value);
}

/** get.RelaxedJSONPathExpression: `.a.b`, `a.b`, `{.a.b}` are one. */
export function relaxedJsonPath(text: string): string {
  if (text === '') return text;
  const match = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/.exec(text);
  if (!match)
    throw new Failure(
      `unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'`,
    );
  return `{.${match[1] ?? match[2] ?? ''}}`;
}
