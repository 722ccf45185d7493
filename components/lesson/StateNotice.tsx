'use client';
// What the learner has to know about the state on show: that it came by a link, that a link or the browser's storage could not be
// used, or that the history is full. One sentence, and what can be done.
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { ArrivalNotice } from '@/lib/workbench/arrival';

const TEXT = {
  broken: 'noticeBroken',
  engine: 'noticeEngine',
  linkDamaged: 'noticeLinkDamaged',
  linkEngine: 'noticeLinkEngine',
  linkSize: 'noticeLinkSize',
  linkLab: 'noticeLinkLab',
  linkVersion: 'noticeLinkVersion',
  shared: 'noticeShared',
} as const satisfies Readonly<Record<ArrivalNotice, string>>;

export function StateNotice() {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const arrival = useLesson((view) => view.arrival);
  const visiting = useLesson((view) => view.visiting);
  const full = useLesson((view) => view.state?.log.full ?? false);
  return (
    <>
      {visiting ? (
        <Notice name="visiting" text={t('noticeVisiting')}>
          <Button onClick={() => store.keepShared()}>{t('keepShared')}</Button>
          <Button onClick={() => store.leaveShared()}>{t('leaveShared')}</Button>
        </Notice>
      ) : (
        arrival && (
          <Notice name={arrival} text={t(TEXT[arrival])}>
            <Button onClick={() => store.closeNotice()}>{t('closeNotice')}</Button>
          </Notice>
        )
      )}
      {full && <Notice name="full" text={t('logFull')} />}
    </>
  );
}

function Notice({ name, text, children }: { name: string; text: string; children?: ReactNode }) {
  return (
    <div
      role="status"
      data-notice={name}
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-warn-weak px-4 py-1.5 text-sm text-warn"
    >
      <p className="min-w-0 flex-1 basis-64">{text}</p>
      <span className="flex flex-wrap gap-1.5">{children}</span>
    </div>
  );
}
