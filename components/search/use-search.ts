'use client';
// The index of a language, fetched when it is first asked for and kept while the page is open; what is found in it.
import { useEffect, useMemo, useState } from 'react';
import { openIndex, type Found, type SearchIndex } from '@/lib/course/search/search-index';
import type { Locale } from '@/lib/i18n/locales';

const indexes = new Map<Locale, Promise<SearchIndex>>();

function load(locale: Locale): Promise<SearchIndex> {
  const known = indexes.get(locale);
  if (known) return known;
  const loading = fetchIndex(locale);
  indexes.set(locale, loading);
  // What failed is asked for again the next time.
  loading.catch(() => indexes.delete(locale));
  return loading;
}

async function fetchIndex(locale: Locale): Promise<SearchIndex> {
  const response = await fetch(`/${locale}/search.json`);
  if (!response.ok) throw new Error(`search index: ${response.status}`);
  return openIndex(await response.text());
}

export interface Search {
  readonly status: 'loading' | 'failed' | 'ready';
  readonly found: Found;
  readonly retry: () => void;
}

const NOTHING: Found = { groups: [], total: 0 };

export function useSearch(locale: Locale, query: string): Search {
  const [index, setIndex] = useState<{ readonly of: Locale; readonly search: SearchIndex | 'failed' }>();
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let wanted = true;
    load(locale).then(
      (search) => wanted && setIndex({ of: locale, search }),
      () => wanted && setIndex({ of: locale, search: 'failed' }),
    );
    return () => {
      wanted = false;
    };
  }, [locale, attempt]);
  const search = index?.of === locale ? index.search : undefined;
  const found = useMemo(() => (typeof search === 'function' ? search(query) : NOTHING), [search, query]);
  const status = search === undefined ? 'loading' : search === 'failed' ? 'failed' : 'ready';
  const retry = (): void => {
    setIndex(undefined);
    setAttempt(attempt + 1);
  };
  return { status, found, retry };
}
