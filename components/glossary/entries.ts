// The glossary's entries in one language, sorted as its readers look for them, each with the lesson that explains it.
import { openLessons } from '@/components/home/open-lessons';
import { plannedLesson } from '@/lib/course/curriculum';
import { t } from '@/lib/i18n/catalogue';
import { HTML_LANG, type Locale } from '@/lib/i18n/locales';
import type { GlossaryEntry } from './GlossaryList';
import { glossary } from './load-glossary';

export function glossaryEntries(locale: Locale): readonly GlossaryEntry[] {
  const open = openLessons();
  const byTerm = new Intl.Collator(HTML_LANG[locale], { sensitivity: 'base' });
  return glossary()
    .map(({ id, lesson, ...words }): GlossaryEntry => {
      const { term, also, avoid, definition } = words[locale];
      const other = words[locale === 'zh' ? 'en' : 'zh'].term;
      const written = open[lesson] !== undefined;
      const title = plannedLesson(lesson)?.lesson.title[locale] ?? '';
      return {
        id,
        term,
        other: other === term ? undefined : other,
        also,
        avoid,
        definition,
        lesson: {
          words: t(locale, written ? 'glossary.lesson' : 'glossary.toCome', { id: lesson, title }),
          href: written ? `/${locale}/learn/${lesson}` : undefined,
        },
      };
    })
    .toSorted((a, b) => byTerm.compare(a.term, b.term));
}
