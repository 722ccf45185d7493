'use client';
// The one button of the home page: begin, or go on where this browser left off.
import Link from 'next/link';
import { buttonClass } from '@/components/ui/Button';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { useDoneByLesson } from './use-progress';

export interface OpenLesson {
  readonly id: string;
  readonly title: string;
  readonly tasks: number;
}

export function StartLink({ lessons }: { lessons: readonly OpenLesson[] }) {
  const t = useMessages('home');
  const locale = useLocale();
  const done = useDoneByLesson(lessons.map(({ id }) => id));
  const begun = lessons.some(({ id }) => done[id] !== undefined);
  const [first] = lessons;
  // One that was begun and is not finished, else the first that is not finished.
  const next =
    lessons.find(({ id, tasks }) => (done[id] ?? tasks) < tasks) ??
    lessons.find(({ id }) => done[id] === undefined) ??
    first;
  if (!next) return null;
  return (
    <>
      <Link href={`/${locale}/learn/${next.id}`} className={buttonClass('primary', 'large')}>
        {begun ? t('continue') : t('start')}
      </Link>
      <p className="mt-2.5 text-sm text-ink-3">{t('startHint', { id: next.id, title: next.title })}</p>
    </>
  );
}
