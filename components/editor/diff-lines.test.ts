import { describe, expect, test } from 'vitest';
import { diffRows } from './diff-lines';

const shown = (a: string, b: string): readonly string[] =>
  diffRows(a, b).map((row) => {
    if (row.kind === 'folded') return `… ${row.lines}`;
    return `${{ same: ' ', left: '-', right: '+' }[row.kind]}${row.text}`;
  });

describe('diffRows', () => {
  test('equal texts have none, whatever their line ends', () => {
    expect(diffRows('a\r\nb\n\n', 'a\nb')).toEqual([]);
  });

  test('a changed line is one gone and one come, with its neighbours', () => {
    expect(shown('a\nb\nc\n', 'a\nB\nc\n')).toEqual([' a', '-b', '+B', ' c']);
  });

  test('lines added at the end, and taken away at the start', () => {
    expect(shown('a\nb\n', 'a\nb\nc\n')).toEqual([' a', ' b', '+c']);
    expect(shown('a\nb\n', 'b\n')).toEqual(['-a', ' b']);
  });

  test('long runs of equal lines are folded', () => {
    const many = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
    expect(shown(`${many}\nx\n`, `${many}\ny\n`)).toEqual([
      '… 17',
      ' line 17',
      ' line 18',
      ' line 19',
      '-x',
      '+y',
    ]);
    expect(shown(`x\n${many}\nx`, `y\n${many}\ny`).filter((row) => row.startsWith('…'))).toEqual(['… 14']);
  });

  test('numbers count the lines of each text', () => {
    expect(diffRows('a\nb\n', 'a\nc\nb\n')).toEqual([
      { kind: 'same', text: 'a', left: 1, right: 1 },
      { kind: 'right', text: 'c', right: 2 },
      { kind: 'same', text: 'b', left: 2, right: 3 },
    ]);
  });
});
