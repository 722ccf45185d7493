'use client';
// The one button of the home page: begin, or go on where this browser left off.
import Link from 'next/link';
import { buttonClass } from '@/components/ui/Button';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { useDoneTasks } from './use-progress';

export function StartLink({ lesson }: { lesson: string }) {
  const t = useMessages('home');
  const locale = useLocale();
  const done = useDoneTasks(lesson);
  return (
    <Link href={`/${locale}/learn/${lesson}`} className={buttonClass('primary', 'large')}>
      {done === undefined ? t('start') : t('continue')}
    </Link>
  );
}
