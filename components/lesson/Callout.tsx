'use client';
// Something beside the way: a note, a warning, what holds in some versions only.
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { useMessages } from '@/lib/i18n/client';

export interface CalloutProps {
  readonly kind?: 'note' | 'warning' | 'version';
  readonly children: ReactNode;
}

export function Callout({ kind = 'note', children }: CalloutProps) {
  const t = useMessages('lesson');
  return (
    <aside
      className={classes(
        'my-4 border-l-4 px-4 py-2.5 [&>p:last-child]:mb-0',
        kind === 'warning' ? 'border-warn bg-warn-weak' : 'border-line-strong bg-bg',
      )}
    >
      <p className={classes('mb-1 text-sm font-semibold', kind === 'warning' ? 'text-warn' : 'text-ink-2')}>
        {t(kind)}
      </p>
      {children}
    </aside>
  );
}
