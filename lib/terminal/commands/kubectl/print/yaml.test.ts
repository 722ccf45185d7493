import { expect, test } from 'vitest';
import { yamlText } from './yaml';

const data = (values: Readonly<Record<string, string>>): string =>
  yamlText({ data: values }).replace('data:\n', '');

test('strings that YAML would read as something else are quoted', () => {
  expect(data({ a: 'true', b: '1_000', c: '12:30', d: '2020-01-01', e: '0x1F', f: '08', g: '' })).toBe(
    '  a: "true"\n  b: "1_000"\n  c: "12:30"\n  d: "2020-01-01"\n  e: "0x1F"\n  f: "08"\n  g: ""\n',
  );
  expect(data({ a: '.', b: '1.2.3.4', c: '2020-13-01', d: '1e400', e: '=' })).toBe(
    '  a: .\n  b: 1.2.3.4\n  c: 2020-13-01\n  d: 1e400\n  e: =\n',
  );
});

test('strings that plain YAML cannot hold are in single quotes, tabs in double quotes', () => {
  expect(data({ a: '- a', b: '-', c: 'a: b', d: 'a #b', e: "'q", f: ' ', g: 'a\tb' })).toBe(
    `  a: '- a'\n  b: '-'\n  c: 'a: b'\n  d: 'a #b'\n  e: '''q'\n  f: ' '\n  g: "a\\tb"\n`,
  );
});

test('texts of several lines are blocks with the right chomping', () => {
  expect(data({ a: 'x\ny\n', b: 'x\ny', c: 'x\n\n', d: '  lead\nx', e: 'a \nb' })).toBe(
    '  a: |\n    x\n    y\n  b: |-\n    x\n    y\n  c: |+\n    x\n\n  d: |2-\n      lead\n    x\n  e: "a \\nb"\n',
  );
});

test('a long line is folded at the first space behind column 80', () => {
  const words = Array.from({ length: 20 }, () => 'word').join(' ');
  const line = Array.from({ length: 16 }, () => 'word').join(' ');
  expect(data({ ab: words })).toBe(`  ab: ${line}\n    word word word word\n`);
});

test('keys come in the order of go-yaml: numbers by value, capitals first', () => {
  expect(yamlText({ '10': 1, '9': 1, b: 1, Y: 1, a: [] })).toBe('"9": 1\n"10": 1\n"Y": 1\na: []\nb: 1\n');
});

test('lists stand at the column of their key', () => {
  expect(yamlText({ a: [{ b: 1, c: ['x'] }, 'y', {}] })).toBe('a:\n- b: 1\n  c:\n  - x\n- "y"\n- {}\n');
});
