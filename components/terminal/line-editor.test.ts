import { describe, expect, test } from 'vitest';
import { inputsOf } from './keys';
import { emptyLine, insert, press, type Effect, type Line } from './line-editor';

/** Types as a person would; ^ in the result is the cursor. */
function typed(
  keys: string,
  history: readonly string[] = [],
): { text: string; effects: Effect[]; line: Line } {
  let line = emptyLine(history);
  const effects: Effect[] = [];
  for (const input of inputsOf(keys)) {
    if (input.kind !== 'key') {
      line = insert(line, input.text);
      continue;
    }
    const edit = press(line, input.key);
    line = edit.line;
    if (edit.effect) effects.push(edit.effect);
  }
  return { text: `${line.text.slice(0, line.cursor)}^${line.text.slice(line.cursor)}`, effects, line };
}

const ALT = '\x1b';
const LEFT = '\x1b[D';
const UP = '\x1b[A';
const DOWN = '\x1b[B';

describe('the keys of readline', () => {
  test.each([
    ['Ctrl-A, Ctrl-E', 'get\x01x\x05y', 'xgety^'],
    ['Home, End', 'get\x1b[Hx\x1b[Fy', 'xgety^'],
    ['arrows', `get${LEFT}${LEFT}x`, 'gx^et'],
    ['Backspace, Delete', `abc${LEFT}\x7f\x1b[3~`, 'a^'],
    ['Ctrl-U keeps what is behind the cursor', `kubectl get${LEFT}\x15`, '^t'],
    ['Ctrl-K', 'kubectl get\x01\x06\x0b', 'k^'],
    ['Ctrl-W takes a whole word up to a blank', 'get -l app=my-web\x17', 'get -l ^'],
    ['Alt-Backspace stops at a hyphen', `get my-web${ALT}\x7f`, 'get my-^'],
    ['Alt-b, Alt-f', `get my-web${ALT}b${ALT}bX${ALT}fY`, 'get XmyY^-web'],
    ['Alt-d', `one two\x01${ALT}d`, '^ two'],
    ['Ctrl-Y brings back', 'one two\x17\x17\x19', 'one ^'],
    ['Ctrl-T', 'gte\x14', 'get^'],
    ['Ctrl-D deletes under the cursor', 'abc\x01\x04', '^bc'],
    ['wide characters are one step', `名字${LEFT}x`, '名x^字'],
    ['composed characters are one step', `e\u0301a${LEFT}${LEFT}x`, 'x^e\u0301a'],
    ['emoji are one step', 'a👩‍💻\x7f', 'a^'],
  ])('%s', (_, keys, text) => {
    expect(typed(keys).text).toBe(text);
  });

  test('Ctrl-D on an empty line is the end of the file, Ctrl-C an interrupt, Tab completes', () => {
    expect(typed('\x04').effects).toEqual(['end-of-file']);
    expect(typed('ab\x03').effects).toEqual(['interrupt']);
    expect(typed('ab\t').effects).toEqual(['complete']);
    expect(typed('ab\x0c').effects).toEqual(['clear']);
  });

  test('the arrows walk through the history and come back to what was typed', () => {
    const history = ['first', 'second'];
    expect(typed(`new${UP}`, history).text).toBe('second^');
    expect(typed(`new${UP}${UP}${UP}`, history)).toMatchObject({ text: 'first^', effects: ['bell'] });
    expect(typed(`new${UP}${UP}${DOWN}${DOWN}`, history).text).toBe('new^');
  });

  test('Alt-. brings the last word of the line before', () => {
    expect(typed(`cat ${ALT}.`, ['vi web.yaml']).text).toBe('cat web.yaml^');
  });
});

describe('Ctrl-R', () => {
  const history = ['kubectl get svc', 'curl web', 'kubectl get pods'];
  test('finds the newest line, again the one before', () => {
    expect(typed('\x12get', history).line.text).toBe('kubectl get pods');
    expect(typed('\x12get\x12', history).line.text).toBe('kubectl get svc');
  });
  test('says when there is none, and keeps the last find', () => {
    const { line } = typed('\x12getx', history);
    expect(line.search).toMatchObject({ query: 'getx', found: false });
    expect(line.text).toBe('kubectl get pods');
  });
  test('Enter runs the find, an arrow edits it, Ctrl-G gives the old line back', () => {
    expect(typed('\x12curl\r', history)).toMatchObject({ effects: ['submit'], line: { text: 'curl web' } });
    expect(typed('\x12curl\x05!', history).text).toBe('curl web!^');
    expect(typed('old\x12curl\x07', history).text).toBe('old^');
  });
});

describe('what a terminal sends', () => {
  test('a paste is text, line ends and all; no control character of it acts', () => {
    expect(inputsOf('\x1b[200~a\r\nb\x03\x1b[201~c')).toEqual([
      { kind: 'paste', text: 'a\nb' },
      { kind: 'text', text: 'c' },
    ]);
  });
  test('a lone Escape and an unknown sequence do nothing else', () => {
    expect(inputsOf('\x1b')).toEqual([{ kind: 'key', key: 'escape' }]);
    expect(inputsOf('\x1b[24~x')).toEqual([
      { kind: 'key', key: 'unknown' },
      { kind: 'text', text: 'x' },
    ]);
  });
});
