// A word of the glossary in a lesson, with its definition. Put there by lib/authoring/remark-glossary.mjs, never by an author.
import type { ReactNode } from 'react';
import { t } from '@/lib/i18n/catalogue';
import type { Locale } from '@/lib/i18n/locales';
import { glossary } from './load-glossary';
import { TermHover } from './TermHover';

export function Term({ id, lang, children }: { id: string; lang: Locale; children: ReactNode }) {
  const term = glossary().find((one) => one.id === id)?.[lang];
  if (!term) return children;
  return (
    <TermHover
      term={term.term}
      text={term.definition}
      href={`/${lang}/glossary#${id}`}
      more={t(lang, 'glossary.more')}
    >
      {children}
    </TermHover>
  );
}
