'use client';
// A part of the text that holds from a version on, or before one. It says so, and whether it holds in the version that the learner has
// picked; what does not hold stays readable.
import type { ReactNode } from 'react';
import { classes } from '@/components/ui/classes';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { minorOf, parseVersion } from '@/lib/kube/version';

/** <Since v="1.31">…</Since>: from v1.31 on. */
export const Since = (props: { v: string; children: ReactNode }) => <VersionNote way="since" {...props} />;
/** <Until v="1.31">…</Until>: before v1.31. */
export const Until = (props: { v: string; children: ReactNode }) => <VersionNote way="until" {...props} />;

function VersionNote({ way, v, children }: { way: 'since' | 'until'; v: string; children: ReactNode }) {
  const t = useMessages('lesson');
  const picked = useLesson((view) => view.k8s);
  const version = parseVersion(v);
  const reached = version !== undefined && minorOf(picked) >= minorOf(version);
  const holds = reached === (way === 'since');
  // A span, because it may stand inside a sentence; around whole paragraphs it is a block.
  return (
    <span
      data-version={v}
      data-holds={holds}
      className={classes(
        'has-[>p]:my-3 has-[>p]:block has-[>p]:border-l-4 has-[>p]:border-line-strong has-[>p]:pl-4',
        !holds && 'text-ink-3 [&_*]:text-ink-3',
      )}
    >
      <span className="mr-1 rounded border border-line-strong px-1 text-xs whitespace-nowrap text-ink-2">
        {t(way, { version: `v${v}` })}
      </span>
      {!holds && <span className="text-sm">{t('notInYours', { version: `v${picked}` })} </span>}
      {children}
    </span>
  );
}
