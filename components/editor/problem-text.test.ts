import { describe, expect, test } from 'vitest';
import { t } from '@/lib/i18n/catalogue';
import type { Problem } from '@/lib/sim/types';
import { problemText, sortProblems, syncText } from './problem-text';
import type { EditorWords } from './words';

const en: EditorWords = (key, params) => t('en', `editor.${key}`, params);
const zh: EditorWords = (key, params) => t('zh', `editor.${key}`, params);
const at = (line: number, more: Partial<Problem> = {}): Problem => ({
  severity: 'error',
  file: 'service.yaml',
  line,
  column: 1,
  endLine: line,
  endColumn: 2,
  ...more,
});

describe('problemText', () => {
  test("the API server's message is shown as it is, in both languages", () => {
    const message = 'spec.ports[0].nodePort: Invalid value: 80: provided port is not in the valid range';
    expect(problemText(at(1, { message }), en, () => 'other')).toBe(message);
    expect(problemText(at(1, { message }), zh, () => 'other')).toBe(message);
  });

  test('a code of ours is worded with its values', () => {
    const problem = at(1, { reason: { code: 'yaml.tab', params: { line: 3 } } });
    expect(problemText(problem, en, ({ code, params }) => `${code} ${params['line']}`)).toBe('yaml.tab 3');
  });

  test('a code without words still makes a sentence that names it', () => {
    expect(problemText(at(1, { reason: { code: 'yaml.odd', params: {} } }), en, () => undefined)).toContain(
      'yaml.odd',
    );
  });
});

describe('sortProblems', () => {
  test('errors come first, then the order of files and lines', () => {
    const sorted = sortProblems(
      [at(9), at(2, { severity: 'warning' }), at(1, { file: 'web.yaml' }), at(4)],
      ['service.yaml', 'web.yaml'],
    );
    expect(sorted.map((problem) => `${problem.file}:${problem.line}`)).toEqual([
      'service.yaml:4',
      'service.yaml:9',
      'web.yaml:1',
      'service.yaml:2',
    ]);
  });
});

describe('syncText', () => {
  test('says in words what the colour says', () => {
    expect(syncText('applied', [], en)).toEqual({ sign: '●', text: 'Applied' });
    expect(syncText('invalid', [at(1), at(2), at(3, { severity: 'info' })], en).text).toBe(
      '2 problems, not applied',
    );
    expect(syncText('invalid', [at(1)], zh).text).toBe('1 个问题，未应用');
    expect(syncText('incomplete', [], zh).text).toBe('等待填写取值');
  });

  test('warnings do not hide that the text was applied', () => {
    expect(syncText('applied', [at(1, { severity: 'warning' })], en).text).toBe('Applied, 1 warning');
  });
});
