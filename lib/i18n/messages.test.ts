import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { CATALOGUES, reasonText, t, type Area } from './catalogue';
import { formatMessage, placeholders, type Params } from './format';
import { LOCALES, type Locale } from './locales';

const areas = Object.keys(CATALOGUES.en) as Area[];
const messages = (locale: Locale, area: Area): Readonly<Record<string, string>> => CATALOGUES[locale][area];

describe.each(areas)('area %s', (area) => {
  test('both languages have the same keys', () => {
    expect(Object.keys(messages('zh', area)).sort()).toEqual(Object.keys(messages('en', area)).sort());
  });

  test('both languages use the same values in each message', () => {
    for (const [key, text] of Object.entries(messages('en', area))) {
      expect([key, placeholders(messages('zh', area)[key] ?? '')]).toEqual([key, placeholders(text)]);
    }
  });

  test('no message is empty', () => {
    for (const locale of LOCALES)
      for (const [key, text] of Object.entries(messages(locale, area)))
        expect([key, text.trim()]).not.toEqual([key, '']);
  });

  test('every message reads as intl-messageformat would print it', () => {
    for (const locale of LOCALES)
      for (const text of Object.values(messages(locale, area)))
        for (const n of [0, 1, 2, 5, 1234]) {
          const params: Params = Object.fromEntries(placeholders(text).map((name) => [name, n]));
          expect(formatMessage(locale, text, params)).toBe(reference(locale, text, params));
        }
  });
});

const reference = (locale: Locale, text: string, params: Params): string =>
  String(new IntlMessageFormat(text, locale === 'zh' ? 'zh-CN' : 'en').format({ ...params }));

describe('formatMessage', () => {
  test.each<[string, Params]>([
    ['plain', {}],
    ['It is {what}.', { what: 'done' }],
    ["It's {n, number}", { n: 12345 }],
    ["a '{literal}' brace and '' quote", {}],
    ['{n, plural, =0 {none} one {# rule} other {# rules}} left', { n: 0 }],
    ['{n, plural, =0 {none} one {# rule} other {# rules}} left', { n: 1 }],
    ['{n, plural, =0 {none} one {# rule} other {# rules}} left', { n: 1200 }],
    ['{kind, select, svc {Service} other {chain {name}}}', { kind: 'sep', name: 'KUBE-SEP' }],
    ['{share, number, percent}', { share: 0.25 }],
  ])('%s', (text, params) => {
    for (const locale of LOCALES)
      expect(formatMessage(locale, text, params)).toBe(reference(locale, text, params));
  });

  test('a missing value leaves the sentence readable', () => {
    expect(formatMessage('en', 'now {n}, goal {m}', { n: 3 })).toBe('now 3, goal {m}');
  });

  test.each(['{', '}', '{n, plural, one {x}}', '{n, date}', '{n, plural, other {x}'])(
    '%s is refused',
    (text) => {
      expect(() => formatMessage('en', text, { n: 1 })).toThrow('message');
    },
  );
});

test('t finds a message by area and key', () => {
  expect(t('en', 'editor.place', { line: 3, column: 7 })).toBe('Line 3, column 7');
});

test('a code without words has no text', () => {
  expect(reasonText('en', { code: 'no.such.code', params: {} })).toBeUndefined();
});
