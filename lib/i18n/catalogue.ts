// The catalogues of both languages: areas (common, home, rules …) of messages. English names the keys; a key that Chinese lacks
// is a type error, and one that it has too many fails a test. Rule reasons and problems are keyed by their whole code.
import { formatMessage, type Params } from './format';
import type { Locale } from './locales';
import { en } from './messages/en';
import { zh } from './messages/zh';

export type Catalogue = { readonly [A in keyof typeof en]: { readonly [K in keyof (typeof en)[A]]: string } };
export type Area = keyof Catalogue;
export type Key<A extends Area> = keyof Catalogue[A] & string;
/** "area.key" of every message. */
export type MessageKey = { [A in Area]: `${A}.${Key<A>}` }[Area];

export const CATALOGUES: Readonly<Record<Locale, Catalogue>> = { en, zh };

/** A message in a language: t('zh', 'home.start'), t('en', 'editor.place', { line: 3, column: 1 }). */
export function t(locale: Locale, key: MessageKey, params?: Params): string {
  const dot = key.indexOf('.');
  const area: Readonly<Record<string, string>> | undefined = CATALOGUES[locale][key.slice(0, dot) as Area];
  const text = area?.[key.slice(dot + 1)];
  if (text === undefined) throw new Error(`no message ${key}`);
  return formatMessage(locale, text, params);
}

/** A code with values put into a sentence, looked up in the areas named; undefined for a code without words. */
export function reasonText(
  locale: Locale,
  reason: { readonly code: string; readonly params: Params },
  areas: readonly Area[] = ['rules', 'problems', 'course', 'chainView', 'trace'],
): string | undefined {
  for (const area of areas) {
    const words: Readonly<Record<string, string>> = CATALOGUES[locale][area];
    const text = words[reason.code];
    if (text !== undefined) return formatMessage(locale, text, reason.params);
  }
  return undefined;
}
