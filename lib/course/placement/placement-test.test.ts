import { describe, expect, test } from 'vitest';
import { CATALOGUES, t, type MessageKey } from '@/lib/i18n/catalogue';
import { placementTest } from './placement-test';
import { PASS_MARK, type Question } from './types';

const DRAWS = Array.from({ length: 16 }, (_, i) => placementTest(i * 7919 + 1));
const of = (id: string): readonly Question[] => DRAWS.flatMap((test) => test.filter((q) => q.id === id));
const rightOf = ({ options, correct }: Question): string => {
  const option = options[correct];
  return option === undefined ? '' : 'raw' in option ? option.raw : option.word;
};

describe('the placement test', () => {
  test('has eight questions on all lessons of stage 1 but none beyond; more than half are computed', () => {
    for (const questions of DRAWS) {
      expect(questions).toHaveLength(8);
      expect(questions.filter(({ computed }) => computed).length).toBeGreaterThanOrEqual(4);
      expect(questions.every(({ lesson }) => /^1\.[1-6]$/.test(lesson))).toBe(true);
      expect(PASS_MARK).toBeLessThan(questions.length);
    }
  });

  test('four different options each, one of them right', () => {
    for (const { options, correct } of DRAWS.flat()) {
      expect(new Set(options.map((option) => JSON.stringify(option))).size).toBe(4);
      expect(options[correct]).toBeDefined();
    }
  });

  test('the same seed is the same test; another seed is another one', () => {
    expect(placementTest(1)).toEqual(DRAWS[0]);
    expect(JSON.stringify(DRAWS[1])).not.toBe(JSON.stringify(DRAWS[0]));
  });

  test('the right answer does not always stand in one place', () => {
    for (const id of ['stays', 'endpoints', 'port', 'name'])
      expect(new Set(of(id).map(({ correct }) => correct)).size).toBeGreaterThan(1);
  });

  test('endpoints: as many as the table shows with both labels and READY 1/1', () => {
    for (const question of of('endpoints')) {
      const rows = (question.shown ?? '').split('\n').filter((row) => row.startsWith('pod-'));
      const app = String(question.params['service']);
      const ready = rows.filter(
        (row) => row.includes(' 1/1 ') && row.includes(`app=${app},`) && row.includes('tier=web'),
      );
      expect(rightOf(question)).toBe(String(ready.length));
    }
  });

  test('port: where my-web-app listens', () => {
    for (const question of of('port'))
      expect(question.shown).toContain(`containerPort: ${rightOf(question)} }`);
    expect(new Set(of('port').map(rightOf)).size).toBeGreaterThan(1);
  });

  test('call: the faults lead to what a real cluster shows', () => {
    const found = new Map(of('call').map((question) => [question.why, rightOf(question)]));
    expect(Object.fromEntries(found)).toEqual({
      'callWhy.name': 'unresolved',
      'callWhy.none': 'answered',
      'callWhy.selector': 'refused',
      'callWhy.targetPort': 'refused',
    });
  });

  test('reach: the node port from outside, or nothing', () => {
    for (const question of of('reach')) {
      const { node, nodePort } = question.params;
      const expected = question.why === 'reachWhyNodePort' ? `${node}:${nodePort}` : 'noneOfThem';
      expect(rightOf(question)).toBe(expected);
    }
    expect(new Set(of('reach').map(({ why }) => why)).size).toBe(2);
  });

  test('name: only those that go as far as the namespace resolve', () => {
    for (const { params, options, correct } of of('name')) {
      const { service, namespace } = params;
      options.forEach((option, i) => {
        const name = 'raw' in option ? option.raw : '';
        expect(name === `${service}.${namespace}` || name.startsWith(`${service}.${namespace}.svc`)).toBe(
          i === correct,
        );
      });
    }
  });

  test.each(['zh', 'en'] as const)('every question, option and explanation has words in %s', (locale) => {
    const words: Readonly<Record<string, string>> = CATALOGUES[locale].placement;
    for (const { code, why, params, options } of DRAWS.flat()) {
      for (const key of [code, why]) {
        expect(words[key]).toBeDefined();
        expect(t(locale, `placement.${key}` as MessageKey, params)).not.toMatch(/[{}]|undefined/);
      }
      for (const option of options) if ('word' in option) expect(words[option.word]).toBeDefined();
    }
  });
});
