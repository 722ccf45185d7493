'use client';
// Words in the browser: a page sends the areas it needs, in its own language, with its data; no catalogue is in its scripts.
import { createContext, use, useMemo, type ReactNode } from 'react';
import type { Area, Catalogue, Key } from './catalogue';
import { formatMessage, type Params } from './format';
import type { Locale } from './locales';

interface Words {
  readonly locale: Locale;
  readonly areas: Partial<Catalogue>;
}

const WordsContext = createContext<Words | null>(null);

/** Adds areas to those that the page above has sent already. */
export function MessagesProvider(props: { locale: Locale; areas: Partial<Catalogue>; children: ReactNode }) {
  const above = use(WordsContext);
  const { locale, areas, children } = props;
  const value = useMemo(() => ({ locale, areas: { ...above?.areas, ...areas } }), [locale, areas, above]);
  return <WordsContext value={value}>{children}</WordsContext>;
}

/** The page's language. */
export function useLocale(): Locale {
  return useWords().locale;
}

/** Messages of one area: const t = useMessages('workbench'); t('reset', { task: 'scale' }). */
export function useMessages<A extends Area>(area: A): (key: Key<A>, params?: Params) => string {
  const { locale, areas } = useWords();
  const words: Readonly<Record<string, string>> | undefined = areas[area];
  if (!words) throw new Error(`the page did not send the words of ${area}`);
  return useMemo(
    () => (key, params) => formatMessage(locale, words[key] ?? String(key), params),
    [locale, words],
  );
}

function useWords(): Words {
  const words = use(WordsContext);
  if (!words) throw new Error('useMessages needs a MessagesProvider above it');
  return words;
}
