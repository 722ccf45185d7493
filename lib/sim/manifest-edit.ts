// Changes one field of a manifest and leaves the rest of the text, comments included, as it is.
import { isMap, isScalar, type Document, type Node, type Scalar, type YAMLMap } from 'yaml';
import { findField, segmentsOf } from './manifest-path';
import { scalarText } from './manifest-scalars';
import { readYaml } from './manifest-yaml';

/**
 * The text with a field set to a value; fields around it that are missing are added. Undefined if the text cannot be read or the
 * field holds a mapping or a list. In a file of several documents the first that has the field is changed, else the first.
 */
export function setField(text: string, path: string, value: string | number | boolean): string | undefined {
  const yaml = readYaml('', text);
  if ('severity' in yaml) return undefined;
  const documents = yaml.documents.filter((d): d is Document => !('severity' in d) && isMap(d.contents));
  const document = documents.find((d) => findField(d.contents, path, d).exact) ?? documents[0];
  if (!document) return undefined;
  const found = findField(document.contents, path, document);
  if (found.exact) return isScalar(found.value) ? replaced(text, found.value, scalarText(value)) : undefined;
  const keys = found.missing;
  if (segmentsOf(path).some((s) => /^\d+$/.test(s) && keys.includes(s))) return undefined;
  if (isMap(found.value)) return added(text, found.value, keys, scalarText(value));
  const key = found.pair?.key as Node | undefined;
  if (!isScalar(found.value) || found.value.value !== null || !key?.range) return undefined;
  return inserted(
    text,
    lineEnd(text, key.range[1]),
    columnOf(text, key.range[0]) + 2,
    keys,
    scalarText(value),
  );
}

function replaced(text: string, node: Scalar, value: string): string | undefined {
  if (!node.range) return undefined;
  const [start, end] = node.range;
  if (start < end) return text.slice(0, start) + value + text.slice(end);
  const colon = text.slice(0, start).endsWith(' ') ? '' : ' ';
  return text.slice(0, start) + colon + value + text.slice(start);
}

/** Behind the last entry of a mapping. */
function added(text: string, map: YAMLMap, keys: readonly string[], value: string): string | undefined {
  const [first] = map.items;
  if (map.flow) {
    const close = map.range ? text.lastIndexOf('}', map.range[1]) : -1;
    if (close < 0) return undefined;
    const nestedValue = keys.slice(1).reduceRight((inner, key) => `{${key}: ${inner}}`, value);
    return `${text.slice(0, close).trimEnd()}${first ? ', ' : ''}${keys[0] ?? ''}: ${nestedValue}${text.slice(close)}`;
  }
  const start = (first?.key as Node | undefined)?.range?.[0];
  if (start === undefined || !map.range) return undefined;
  const end = map.range[0] + text.slice(map.range[0], map.range[1]).trimEnd().length;
  return inserted(text, lineEnd(text, end), columnOf(text, start), keys, value);
}

function inserted(text: string, at: number, indent: number, keys: readonly string[], value: string): string {
  const lines = keys.map(
    (key, i) => `${' '.repeat(indent + 2 * i)}${key}:${i === keys.length - 1 ? ` ${value}` : ''}`,
  );
  const before = text.slice(0, at);
  const glue = before === '' || before.endsWith('\n') ? '' : '\n';
  return (
    before +
    glue +
    lines.join('\n') +
    (text.slice(at).startsWith('\n') || text.slice(at) === '' ? '' : '\n') +
    text.slice(at)
  );
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

const columnOf = (text: string, offset: number): number => offset - (text.lastIndexOf('\n', offset - 1) + 1);
