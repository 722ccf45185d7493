// The seed table as it stands names places that exist; what does not exist, or is written and still "later", is told.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findingText } from './lint';
import { example } from './lint/example.fixture';
import { main } from './main';
import { seedContext } from './seed-command';
import { chineseSection, readSeedTable, SEED_TABLE, seedFaults } from './seed-table';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TABLE = readFileSync(path.join(ROOT, SEED_TABLE), 'utf8');

describe('the table of the course', () => {
  test('names sections and tasks that exist, for every lesson that is written', () => {
    expect(seedFaults(TABLE, seedContext(ROOT)).map(findingText)).toEqual([]);
  });

  test('has the commands, metrics and red lines of the document, and its YAML', () => {
    const { rows } = readSeedTable(TABLE);
    const count = (kind: string): number => rows.filter((row) => row.kind === kind).length;
    expect({
      yaml: count('yaml'),
      command: count('command'),
      table: count('table'),
      redline: count('redline'),
    }).toEqual({
      yaml: 6,
      command: 6,
      table: 2,
      redline: 3,
    });
    const sections = new Set(rows.map(({ where }) => where));
    for (const where of [
      '1.1',
      '1.2',
      '1.3',
      '2.1',
      '2.2',
      '3.1',
      '3.2',
      '4.1',
      '4.2',
      '5.1',
      '红线 1',
      '红线 2',
      '红线 3',
    ])
      expect(sections).toContain(where);
  });

  test('is printed, Chinese anchors included', () => {
    let text = '';
    const code = main(['seed'], {
      root: ROOT,
      out: (more) => void (text += more),
      err: (more) => void (text += more),
    });
    expect(code).toBe(0);
    expect(text).toMatch(/^where +kind +lesson/);
    expect(text).toMatch(/2\.2 +fact +2\.3#the-arithmetic +#算一算 +scale +later +转发链条：KUBE-SVC-XXX\n/);
    expect(text).toMatch(/\d+ rows: \d+ taught and checked, \d+ to come; \d+ asked in a quiz\n$/);
  });
});

const CONTEXT = { lessons: [example()], planned: ['1.1', '1.2', '1.3'] };
const row = (fields: string): string =>
  `a-fact: { where: '1.1', kind: fact, says: x, quiz: later, ${fields} }\n`;

describe('a fault is told', () => {
  test.each([
    [
      'an unknown section',
      row("lesson: '1.2', section: nowhere, task: write"),
      'a-fact: lesson 1.2 has no section #nowhere; there is do-it',
    ],
    [
      'an unknown task',
      row("lesson: '1.2', section: do-it, task: paint"),
      'a-fact: lab 1.2 has no task paint; there is write',
    ],
    [
      'a lesson that is written and still later',
      row("lesson: '1.2', later: true"),
      'a-fact: lesson 1.2 is written; say in which section',
    ],
    [
      'a lesson that is not written',
      row("lesson: '1.3', section: x, task: y"),
      'a-fact: lesson 1.3 is not written; put later: true',
    ],
    [
      'a lesson that is not planned',
      row("lesson: '9.9', later: true"),
      'a-fact: the course has no lesson 9.9',
    ],
    ['a field too many', row("lesson: '1.3', later: true, colour: red"), 'a-fact: "colour" is not a field'],
    [
      'an unknown kind',
      row("lesson: '1.3', later: true").replace('kind: fact', 'kind: rumour'),
      'a-fact: kind "rumour" is not known',
    ],
    [
      'a missing field',
      row("lesson: '1.3', later: true").replace(' quiz: later,', ''),
      'a-fact: quiz is missing',
    ],
    ['no mapping', '- a', 'not a mapping of rows'],
  ])('%s', (_, text, sentence) => {
    const [found] = seedFaults(text, CONTEXT);
    expect(found && findingText(found)).toContain(`${SEED_TABLE}:1: ${sentence}`);
  });

  test('a good row is not', () => {
    const text = row("lesson: '1.2', section: do-it, task: write");
    expect(seedFaults(text, CONTEXT)).toEqual([]);
    const [good] = readSeedTable(text).rows;
    expect(good && chineseSection(good, CONTEXT.lessons)).toBe('动手');
  });
});
