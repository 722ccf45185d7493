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
orders:
  o: { question: 'in what order?', items: [x, y, z], explain: because }
journeys:
  j: { question: 'which addresses?', explain: because }
`;

const LAB: Lab = {
  id: '9.9',
  versions: ['1.32'],
  start: [],
  predictions: { p: { correct: 1 } },
  orders: { o: { correct: [2, 0, 1] } },
  journeys: { j: { from: 'pod', service: 'default/web' } },
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
    ['another table', WORDS.replace('  j: {', '  k: {'), 'journey j has no words'],
    [
      'a table without an explanation',
      WORDS.replace("addresses?', explain: because", "addresses?'"),
      'lab.en.yaml: journeys.j needs question and explain',
    ],
    ['another order', WORDS.replace('  o: {', '  v: {'), 'order o has no words'],
    [
      'two items',
      WORDS.replace(', z]', ']'),
      'lab.en.yaml: orders.o needs question, explain and three different items or more',
    ],
    [
      'an item twice',
      WORDS.replace(', z]', ', x]'),
      'lab.en.yaml: orders.o needs question, explain and three different items or more',
    ],
    [
      'more items than the right order has',
      WORDS.replace(', z]', ', z, q]'),
      'order o: the right order does not name each of its 4 items once',
    ],
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

  test('a lab without ordering questions has words without them', () => {
    const words = parseLabWords('x', WORDS.slice(0, WORDS.indexOf('orders:')));
    const { orders: _orders, journeys: _journeys, ...lab } = LAB;
    expect(words.ok && wordsFaults(lab, words.value)).toEqual([]);
  });

  test.each([
    [[0, 1, 2], 'order o: its items are offered in the right order already'],
    [[2, 2, 1], 'order o: the right order does not name each of its 3 items once'],
  ])('a right order of %j is refused', (correct, fault) => {
    const words = parseLabWords('x', WORDS);
    expect(words.ok && wordsFaults({ ...LAB, orders: { o: { correct } } }, words.value)).toContain(fault);
  });
});
