// "I know stage 1": /zh/placement, /en/placement.
import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { CourseList } from '@/components/home/CourseList';
import { openPlanned } from '@/components/home/open-lessons';
import { PlacementTest } from '@/components/placement/PlacementTest';
import { alternates } from '@/components/shell/alternates';
import { Header } from '@/components/shell/Header';
import { PASS_MARK } from '@/lib/course/placement/types';
import { areasOf } from '@/lib/i18n/areas';
import { t } from '@/lib/i18n/catalogue';
import { MessagesProvider } from '@/lib/i18n/client';
import { isLocale } from '@/lib/i18n/locales';

type Params = Promise<{ locale: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { locale } = await params;
  if (!isLocale(locale)) return {};
  return { title: t(locale, 'placement.title'), alternates: alternates(locale, '/placement') };
}

export default async function PlacementPage({ params }: { params: Params }) {
  const { locale } = await params;
  if (!isLocale(locale)) notFound();
  // The first written lesson after stage 1.
  const goOn = openPlanned().find(({ id }) => !id.startsWith('1.'))?.id ?? '1.1';
  return (
    <MessagesProvider locale={locale} areas={areasOf(locale, ['home', 'placement'])}>
      <Header
        locale={locale}
        path="/placement"
        crumbs={[t(locale, 'placement.title')]}
        course={<CourseList locale={locale} level={3} />}
      />
      <main id="main" tabIndex={-1} className="mx-auto max-w-[820px] px-6 py-10 outline-none max-sm:px-4">
        <h1 className="mb-2 text-[26px] font-semibold tracking-tight">{t(locale, 'placement.title')}</h1>
        <p className="mb-6 max-w-[64ch] text-ink-2">{t(locale, 'placement.intro', { pass: PASS_MARK })}</p>
        <PlacementTest goOn={goOn} />
      </main>
    </MessagesProvider>
  );
}
