import { describe, expect, test } from 'vitest';
import { parseLabWords, wordsFaults } from './words';
import type { Lab } from './types';

const WORDS = `
title: T
goal: G
tasks:
  a: { title: A, text: do a, hints: [one, two, three] }
mistakes: { slip: you slipped }
reasons: { soon: not yet }
predictions:
  p: { question: which?, options: ['1', '2'], explain: because }
`;

const LAB: Lab = {
  id: '9.9',
  versions: ['1.32'],
  start: [],
  predictions: { p: { correct: 1 } },
  tasks: [{ id: 'a', check: () => true, mistakes: [{ id: 'slip', when: () => false }] }],
  solution: {},
  wrong: [],
};

const faults = (text: string): readonly string[] => {
  const words = parseLabWords('lab.en.yaml', text);
  return words.ok ? wordsFaults(LAB, words.value) : words.error;
};

describe('words of a lab', () => {
  test('complete words have no fault', () => {
    expect(faults(WORDS)).toEqual([]);
  });

  test.each([
    ['two hints', WORDS.replace(', three', ''), 'lab.en.yaml: tasks.a needs three hints'],
    ['no goal', WORDS.replace('goal: G\n', ''), 'lab.en.yaml: goal is missing'],
    ['no reasons', WORDS.replace('reasons: { soon: not yet }\n', ''), 'lab.en.yaml: reasons is missing'],
    ['an empty mistake', WORDS.replace('you slipped', "''"), 'lab.en.yaml: mistakes.slip is not a sentence'],
    [
      'one option',
      WORDS.replace("'1', '2'", "'1'"),
      'lab.en.yaml: predictions.p needs question, explain and two options or more',
    ],
    ['another task', WORDS.replace('  a: {', '  b: {'), 'task a has no words'],
    ['another mistake', WORDS.replace('slip:', 'slap:'), 'mistake slip has no words'],
    ['another prediction', WORDS.replace('  p: {', '  q: {'), 'prediction p has no words'],
  ])('%s', (_what, text, fault) => {
    expect(faults(text)).toContain(fault);
  });

  test('words that are not YAML are refused with the parser’s sentence', () => {
    expect(faults('title: [')[0]).toMatch(/^lab\.en\.yaml: /);
  });

  test('the correct option must be there', () => {
    const words = parseLabWords('x', WORDS);
    expect(words.ok && wordsFaults({ ...LAB, predictions: { p: { correct: 2 } } }, words.value)).toEqual([
      'prediction p: option 2 is the correct one, and there are 2',
    ]);
  });
});
