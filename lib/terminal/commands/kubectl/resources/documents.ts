// YAML and JSON texts as documents, with the messages of Go's parsers (sigs.k8s.io/yaml over go-yaml; apimachinery util/yaml).
import { isScalar, parseDocument, visit, type YAMLParseError } from 'yaml';
import { Failure } from '../run/errors';

/** The largest text that is read. */
const LIMIT = 3 * 1024 * 1024;

/** The documents of a text, empty ones left out. A Failure stands at the end if the rest cannot be read. */
export function documentsOf(text: string): readonly unknown[] {
  if (text.length > LIMIT) return [new Failure('the file is larger than 3 MB')];
  if (/^\s*[{[]/.test(text)) {
    const json = jsonDocuments(text);
    if (json) return json;
  }
  const out: unknown[] = [];
  for (const part of splitDocuments(text)) {
    const document = yamlDocument(part);
    if (document instanceof Failure) return [...out, document];
    if (document !== null && document !== undefined) out.push(document);
  }
  return out;
}

/** Texts between lines that begin with "---". */
function splitDocuments(text: string): readonly string[] {
  const parts: string[] = [''];
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    if (/^---(\s|$)/.test(line)) parts.push('');
    else parts[parts.length - 1] += `${line}\n`;
  }
  return parts.filter((part) => part.trim() !== '');
}

/** One YAML document as plain JSON values. */
export function yamlDocument(text: string): unknown {
  const document = parseDocument(text, {
    version: '1.1',
    merge: true,
    uniqueKeys: false,
    logLevel: 'silent',
    schema: 'yaml-1.1',
  });
  const [error] = document.errors;
  if (error) return new Failure(`error converting YAML to JSON: ${goMessage(error, text)}`);
  // Dates stay texts, as JSON has none.
  visit(document, {
    Scalar(_, node) {
      if (node.value instanceof Date && typeof node.source === 'string') node.value = node.source;
      if (typeof node.value === 'bigint') node.value = Number(node.value);
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && typeof pair.key.value !== 'string')
        pair.key.value = String(pair.key.source ?? pair.key.value);
    },
  });
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch {
    return new Failure('error converting YAML to JSON: yaml: document contains excessive aliasing');
  }
}

/** What go-yaml says of the same fault. */
function goMessage({ code, linePos, message }: YAMLParseError, text: string): string {
  const line = linePos?.[0].line ?? 1;
  const lines = text.split('\n');
  const here = lines[line - 1] ?? '';
  const said = (what: string, at = line): string => (at > 1 ? `yaml: line ${at}: ${what}` : `yaml: ${what}`);
  const tab = lines.findIndex((l) => /^ *\t/.test(l));
  if (tab >= 0 && (code === 'TAB_AS_INDENT' || tab < line))
    return said('found character that cannot start any token', tab + 1);
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return said('mapping values are not allowed in this context');
    case 'MISSING_CHAR':
      if (message.includes('closing') && /["']/.test(here))
        return said('found unexpected end of stream', lines.length);
      if (message.includes(']') || message.includes('}'))
        return said(`did not find expected ',' or '${message.includes(']') ? ']' : '}'}'`, line - 1);
      return said(`could not find expected ':'`, Math.min(line + 1, lines.length));
    case 'BAD_ALIAS':
      return `yaml: unknown anchor '${/[*](\S+)/.exec(here)?.[1] ?? ''}' referenced`;
    case 'BAD_SCALAR_START':
      return said('found character that cannot start any token');
    default:
      // Faults of the parser, not of the scanner: go-yaml names the line before.
      return said('did not find expected key', line - 1);
  }
}

/** JSON values one after another; undefined if the text is no JSON but may be YAML in flow style. */
function jsonDocuments(text: string): readonly unknown[] | undefined {
  try {
    return [JSON.parse(text) as unknown];
  } catch {
    const values: unknown[] = [];
    for (const part of text.split(/(?<=\})\s*(?:\n---\n|\n)\s*(?=\{)/)) {
      try {
        values.push(JSON.parse(part) as unknown);
      } catch {
        return undefined;
      }
    }
    return values;
  }
}
