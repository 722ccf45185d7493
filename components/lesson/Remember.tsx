'use client';
// How a lesson ends: three things to remember, and where it can be read up.
import { useId } from 'react';
import { useMessages } from '@/lib/i18n/client';
import { Inline } from './Inline';

export function Remember({ items }: { items: readonly string[] }) {
  const t = useMessages('lesson');
  const id = useId();
  return (
    <section aria-labelledby={id} className="my-6 border-l-4 border-accent bg-accent-weak px-4 py-3">
      <h2 id={id} className="mb-1.5 text-[16px] font-semibold">
        {t('remember')}
      </h2>
      <ul className="list-disc space-y-1 pl-5">
        {items.map((item) => (
          <li key={item}>
            <Inline text={item} />
          </li>
        ))}
      </ul>
    </section>
  );
}

export function Sources({ items }: { items: readonly { readonly title: string; readonly href: string }[] }) {
  const t = useMessages('lesson');
  const id = useId();
  return (
    <section aria-labelledby={id} className="my-6">
      <h2 id={id} className="mb-1.5 text-[16px] font-semibold">
        {t('sources')}
      </h2>
      <ul className="space-y-1 text-sm">
        {items.map(({ title, href }) => (
          <li key={href}>
            <a href={href} rel="noreferrer" className="text-accent underline underline-offset-2">
              {title}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
