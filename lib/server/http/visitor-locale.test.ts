import { expect, test } from 'vitest';
import { lacksLocale, visitorLocale } from './visitor-locale';

test.each([
  [undefined, null, 'zh'],
  [undefined, '', 'zh'],
  [undefined, 'fr-FR, de;q=0.9', 'zh'],
  [undefined, 'en-GB,en;q=0.9', 'en'],
  [undefined, 'fr, en;q=0.5, zh-TW;q=0.7', 'zh'],
  [undefined, 'zh;q=0, en;q=0.1', 'en'],
  [undefined, 'en;q=rubbish', 'zh'],
  ['en', 'zh-CN', 'en'],
  ['xx', 'en', 'en'],
] as const)('cookie %s and Accept-Language %s give %s', (cookie, header, locale) => {
  expect(visitorLocale(cookie, header)).toBe(locale);
});

test('pages without a language are sent to one, files and languages are not', () => {
  expect(['/', '/learn/2.3', '/learn'].map(lacksLocale)).toEqual([true, true, true]);
  expect(
    ['/zh', '/en/learn/2.3', '/favicon.svg', '/api/x', '/w/K7Q2', '/learned'].map(lacksLocale),
  ).not.toContain(true);
});
