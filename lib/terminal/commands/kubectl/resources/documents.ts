// YAML and JSON texts as documents, with the messages of Go's parsers (sigs.k8s.io/yaml over go-yaml; apimachinery util/yaml).
import { isScalar, parseDocument, visit, type YAMLParseError } from 'yaml';
import { Failure } from '../run/errors';
import { jsonFault } from './go-json';

/** The largest text that is read. */
const LIMIT = 3 * 1024 * 1024;

/** The documents of a text, empty ones left out. A Failure stands at the end if the rest cannot be read. */
export function documentsOf(text: string): readonly unknown[] {
  if (text.length > LIMIT) return [new Failure('the file is larger than 3 MB')];
  if (/^\s*\{/.test(text)) return jsonDocuments(text);
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
  const parts: string[][] = [[]];
  for (const line of text.replaceAll('\r\n', '\n').split('\n'))
    if (/^---(\s|$)/.test(line)) parts.push([]);
    else parts.at(-1)?.push(line);
  return parts.map((lines) => lines.join('\n')).filter((part) => part.trim() !== '');
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
      // YAML 1.1 takes `e1` and `1:30` for numbers; go-yaml does not.
      if (typeof node.value === 'number' && node.type === 'PLAIN' && /^[eE]|:/.test(node.source ?? ''))
        node.value = node.source;
    },
    Pair(_, pair) {
      if (isScalar(pair.key) && typeof pair.key.value !== 'string')
        pair.key.value = String(pair.key.source ?? pair.key.value);
    },
  });
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    const alias = /[Uu]nresolved alias.*?: (\S+)/.exec((error as Error).message)?.[1];
    return new Failure(
      alias === undefined
        ? 'error converting YAML to JSON: yaml: document contains excessive aliasing'
        : `error converting YAML to JSON: yaml: unknown anchor '${alias}' referenced`,
    );
  }
}

/** What go-yaml says of the same fault. Faults of its scanner name the line, faults of its parser the line before. */
function goMessage({ code, linePos, message }: YAMLParseError, text: string): string {
  const line = linePos?.[0].line ?? 1;
  const lines = text.split('\n');
  const said = (what: string, at: number): string => (at > 0 ? `yaml: line ${at}: ${what}` : `yaml: ${what}`);
  const tab = lines.findIndex((l) => /^ *\t/.test(l));
  if (tab >= 0 && (code === 'TAB_AS_INDENT' || tab < line))
    return said('found character that cannot start any token', tab + 1);
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return said('mapping values are not allowed in this context', line);
    case 'MULTILINE_IMPLICIT_KEY':
      // The first key of a block may still be a text over several lines; only one below others has to be a key.
      return hasSiblingAbove(lines, line - 1)
        ? said(`could not find expected ':'`, line + 1)
        : said('mapping values are not allowed in this context', line + 1);
    case 'BAD_SCALAR_START':
      return said('found character that cannot start any token', line);
    case 'MISSING_CHAR':
      if (/closing ["']/.test(message)) return said('found unexpected end of stream', line);
      if (message.startsWith('Sequence item')) return said('did not find expected key', line - 1);
      return said(`could not find expected ':'`, line);
    default: {
      const bracket = /end with a ([\]}])/.exec(message)?.[1];
      if (bracket === undefined) return said('did not find expected key', line - 1);
      const before = lines
        .slice(0, line - 1)
        .join('\n')
        .trimEnd();
      if (/[[{,]$/.test(before)) return said('did not find expected node content', line - 1);
      return said(`did not find expected ',' or '${bracket}'`, line - 1);
    }
  }
}

/** Whether a line above, of the same block, is as far in as this one. */
function hasSiblingAbove(lines: readonly string[], at: number): boolean {
  const indentOf = (line: string): number => line.length - line.trimStart().length;
  const own = indentOf(lines[at] ?? '');
  const above = lines.slice(0, at).findLast((l) => l.trim() !== '' && indentOf(l) <= own);
  return above !== undefined && indentOf(above) === own;
}

/** JSON values one after another, as json.Decoder reads them. */
function jsonDocuments(text: string): readonly unknown[] {
  const values: unknown[] = [];
  for (const part of text.split(/(?<=\})\s*(?:\n---\n|\n)\s*(?=\{)/)) {
    const fault = jsonFault(part);
    if (fault)
      return [
        ...values,
        new Failure(fault.atEnd ? 'unexpected EOF' : `json: offset ${fault.offset}: ${fault.message}`),
      ];
    try {
      values.push(JSON.parse(part) as unknown);
    } catch {
      return [...values, new Failure('unexpected EOF')];
    }
  }
  return values;
}
