// What the search of one language looks things up in: a static file, made when the site is built.
import { notFound } from 'next/navigation';
import { glossary } from '@/components/glossary/load-glossary';
import { lessonSources } from '@/components/search/lesson-sources';
import { searchDocuments } from '@/lib/course/search/documents';
import { buildIndex } from '@/lib/course/search/search-index';
import { isLocale, LOCALES } from '@/lib/i18n/locales';

export const dynamic = 'force-static';
export const dynamicParams = false;
export const generateStaticParams = () => LOCALES.map((locale) => ({ locale }));

export async function GET(_request: Request, { params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  const index = buildIndex(searchDocuments(locale, lessonSources(locale), glossary()));
  return new Response(index, { headers: { 'Content-Type': 'application/json; charset=utf-8' } });
}
