// YAML text to documents, with limits that hold while the text is being read: a hostile paste costs milliseconds, not memory.
// What is wrong comes back as one problem a document, at the place where a person would mend it.
import {
  Composer,
  Lexer,
  LineCounter,
  Parser,
  visit,
  type CST,
  type Document,
  type YAMLParseError,
} from 'yaml';
import type { Problem } from './types';
import { placeOf, problem, wholeLine, FIRST_PLACE, type Place, type SourceMap } from './manifest-place';
import { KUBECTL_SCALARS } from './manifest-scalars';
import { DEPTH_LIMIT } from './manifest-value';

const BYTE_LIMIT = 1 << 20;
const DOCUMENT_LIMIT = 500;
/** Far more than a megabyte of sensible YAML has. */
const LEXEME_LIMIT = 400_000;

export interface YamlFile {
  readonly source: SourceMap;
  /** In the order of the text; those with a syntax error have a problem instead of a document. */
  readonly documents: readonly (Document | Problem)[];
}

/** The documents of a text, or the one problem that keeps it from being read at all. */
export function readYaml(file: string, text: string): YamlFile | Problem {
  if (
    text.length > BYTE_LIMIT ||
    (text.length > BYTE_LIMIT / 3 && new TextEncoder().encode(text).length > BYTE_LIMIT)
  )
    return problem(file, FIRST_PLACE, 'problem.yaml.tooBig');
  const source: SourceMap = { file, text, lines: new LineCounter() };
  const tokens = tokensOf(source);
  if (!Array.isArray(tokens)) return tokens;
  const composer = new Composer({
    schema: 'failsafe',
    customTags: KUBECTL_SCALARS,
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    strict: true,
  });
  const documents = [...composer.compose(tokens)].map((document) => {
    const [error] = document.errors;
    return error ? problemOf(error, document, source) : document;
  });
  return { source, documents };
}

function tokensOf(source: SourceMap): CST.Token[] | Problem {
  const { file, text, lines } = source;
  const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(text);
  lines.addNewLine(0);
  const parser = new Parser(lines.addNewLine);
  const tokens: CST.Token[] = [];
  let documents = 0;
  let lexemes = 0;
  const stop = (code: string, params: Record<string, number>): Problem => {
    const { line, col: column } = lines.linePos(parser.offset);
    return problem(
      file,
      { line, column, endLine: line, endColumn: column + 1 },
      `problem.yaml.${code}`,
      params,
    );
  };
  const take = (token: CST.Token): void => {
    tokens.push(token);
    if (token.type === 'document') documents++;
  };
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) take(token);
    // The stack also holds the document and the scalar that is being read.
    if (parser.stack.length > DEPTH_LIMIT + 2) return stop('tooDeep', { limit: DEPTH_LIMIT });
    if (documents > DOCUMENT_LIMIT) return stop('tooManyDocuments', { limit: DOCUMENT_LIMIT });
    if (++lexemes > LEXEME_LIMIT) return problem(file, FIRST_PLACE, 'problem.yaml.tooBig');
  }
  for (const token of parser.end()) take(token);
  if (control)
    return problem(file, placeOf(source, control.index, control.index + 1), 'problem.yaml.control');
  return tokens;
}

function problemOf(error: YAMLParseError, document: Document, source: SourceMap): Problem {
  const { code, params = {}, place } = explained(error, document, source);
  return problem(source.file, place, `problem.yaml.${code}`, params);
}

interface Explained {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly place: Place;
}

/** The parser's complaint in the terms of somebody who writes manifests. */
function explained(error: YAMLParseError, document: Document, source: SourceMap): Explained {
  const at = placeOf(source, error.pos[0], error.pos[1]);
  const cause =
    tabBefore(at.line, document, source) ?? wideCharacter(at, error, source) ?? templateOn(at.line, source);
  if (cause) return cause;
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { code: 'tab', place: at };
    case 'BLOCK_AS_IMPLICIT_KEY':
      return nested(at, document, source);
    case 'MULTILINE_IMPLICIT_KEY':
      return noColon(at, source);
    case 'MISSING_CHAR':
      return missingCharacter(error, at, document, source);
    case 'BAD_INDENT': {
      const bracket = /end with a ([\]}])/.exec(error.message)?.[1];
      return bracket
        ? { code: 'bracket', place: at, params: { char: bracket } }
        : { code: 'indent', place: wholeLine(source, at.line) };
    }
    case 'BAD_SCALAR_START':
      return { code: 'reserved', place: at, params: { char: source.text[error.pos[0]] ?? '' } };
    default:
      return { code: 'syntax', place: at };
  }
}

/** `a: b` with a further indented `c: d` below it, or `a: b: c`. */
function nested(at: Place, document: Document, source: SourceMap): Explained {
  const multiline = document.errors.find((e) => e.code === 'MULTILINE_IMPLICIT_KEY');
  const last = multiline && placeOf(source, multiline.pos[0], multiline.pos[1]).endLine;
  if (last !== undefined && last > at.line) return { code: 'indent', place: wholeLine(source, at.line + 1) };
  const colons = lineText(source, at.line).match(/:(?:\s|$)/g) ?? [];
  return { code: colons.length > 1 ? 'nested' : 'indent', place: wholeLine(source, at.line) };
}

function missingCharacter(
  error: YAMLParseError,
  at: Place,
  document: Document,
  source: SourceMap,
): Explained {
  if (error.message.includes('closing')) {
    let quote: { start: number; char: string } | undefined;
    visit(document, {
      Scalar: (_key, node) => {
        const start = node.range?.[0];
        if (start !== undefined && start <= error.pos[0] && String(node.type).startsWith('QUOTE'))
          quote = { start, char: source.text[start] ?? '"' };
      },
    });
    const start = quote?.start ?? error.pos[0];
    return { code: 'quote', place: placeOf(source, start, start + 1), params: { char: quote?.char ?? '"' } };
  }
  const bracket = /(?:end with a|closing|expected) .*?([\]}])/.exec(error.message)?.[1];
  if (bracket) return { code: 'bracket', place: at, params: { char: bracket } };
  return noColon(at, source);
}

/** The parser misses a colon where there is none, and where a line with one stands too far right. */
function noColon({ line }: Place, source: SourceMap): Explained {
  const text = lineText(source, line);
  const place = wholeLine(source, line);
  return /:(?:\s|$)/.test(text) ? { code: 'indent', place } : { code: 'colon', place, params: { text } };
}

/** A tab in the indentation, in the document and not behind the line of the error, is the cause of whatever follows. */
function tabBefore(line: number, document: Document, source: SourceMap): Explained | undefined {
  const first = document.contents?.range?.[0] ?? document.range?.[0] ?? 0;
  // JSON may be indented with tabs.
  if (/[{[]/.test(source.text[first] ?? '')) return undefined;
  const start = source.lines.linePos(first).line || 1;
  for (let at = start; at <= line; at++) {
    const from = source.lines.lineStarts[at - 1] ?? 0;
    const end = source.lines.lineStarts[at] ?? source.text.length;
    const tab = /^[ \t]*\t[ \t]*(?=\S)/.exec(source.text.slice(from, end));
    const column = tab?.[0].indexOf('\t');
    if (tab && column !== undefined)
      return { code: 'tab', place: placeOf(source, from + column, from + tab[0].length) };
  }
  return undefined;
}

/** Characters that look like a colon or a blank and are none: full-width ones of an input method, the no-break space. */
function wideCharacter(at: Place, error: YAMLParseError, source: SourceMap): Explained | undefined {
  for (const line of [at.line, at.line + 1, at.line - 1]) {
    const from = source.lines.lineStarts[line - 1];
    if (from === undefined) continue;
    const found = /[\uFF1A\u3000\u00A0]/.exec(lineText(source, line, false));
    if (found && error.code !== 'DUPLICATE_KEY')
      return {
        code: found[0] === '\uFF1A' ? 'wideColon' : 'wideBlank',
        place: placeOf(source, from + found.index, from + found.index + 1),
      };
  }
  return undefined;
}

/** `{{ … }}` of Helm and its like: YAML only after it has been rendered. */
export function templateOn(line: number, source: SourceMap): Explained | undefined {
  const start = source.lines.lineStarts[line - 1] ?? 0;
  const found = /^[^#"']*?(\{\{.*?\}\}|\{\{)/.exec(lineText(source, line, false));
  const template = found?.[1];
  if (!found || template === undefined) return undefined;
  const from = start + found[0].length - template.length;
  return { code: 'template', place: placeOf(source, from, from + template.length) };
}

function lineText(source: SourceMap, line: number, trimmed = true): string {
  const start = source.lines.lineStarts[line - 1] ?? 0;
  const text = source.text.slice(start, start + 400).split(/\r?\n/, 1)[0] ?? '';
  return trimmed ? text.trim().slice(0, 60) : text;
}
