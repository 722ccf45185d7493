// Places in a learner's text, and problems at them.
import type { LineCounter } from 'yaml';
import type { Problem } from './types';

/** A range of text: 1-based, the end column exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where a file's offsets are. */
export interface SourceMap {
  readonly file: string;
  readonly text: string;
  readonly lines: LineCounter;
}

export function placeOf({ lines, text }: SourceMap, start: number, end: number): Place {
  const from = lines.linePos(Math.min(start, text.length));
  const to = lines.linePos(Math.min(Math.max(end, start + 1), Math.max(text.length, start)));
  return { line: from.line || 1, column: from.col || 1, endLine: to.line || 1, endColumn: to.col || 1 };
}

/** Offset of a 1-based place; undefined outside the text. */
export function offsetOf({ lines, text }: SourceMap, line: number, column: number): number | undefined {
  const start = lines.lineStarts[line - 1];
  if (start === undefined || column < 1) return undefined;
  const next = lines.lineStarts[line] ?? text.length + 1;
  return Math.min(start + column - 1, next - 1);
}

/** The whole of a line, without its indentation and line end. */
export function wholeLine(source: SourceMap, line: number): Place {
  const start = source.lines.lineStarts[line - 1] ?? 0;
  const text = source.text.slice(start).split(/\r?\n/, 1)[0] ?? '';
  const indent = text.length - text.trimStart().length;
  return placeOf(source, start + indent, start + text.trimEnd().length);
}

export const FIRST_PLACE: Place = { line: 1, column: 1, endLine: 1, endColumn: 2 };

/** A complaint of ours. */
export function problem(
  file: string,
  place: Place,
  code: string,
  params: Readonly<Record<string, string | number>> = {},
  severity: Problem['severity'] = 'error',
): Problem {
  const { line, column, endLine, endColumn } = place;
  return { severity, file, line, column, endLine, endColumn, reason: { code, params } };
}
