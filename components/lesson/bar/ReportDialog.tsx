'use client';
// "Report an error here": a text with all that is needed to find the place again, to copy, or to send where the site's owner wants it.
import { useEffect, useState } from 'react';
import { Button, buttonClass } from '@/components/ui/Button';
import { copyText } from '@/components/ui/copy-text';
import { Dialog } from '@/components/ui/Dialog';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { headingInSight } from './heading';
import { reportText, sendTo } from './report';

const FIELD = 'w-full resize-y rounded-md border border-line-control bg-panel px-2 py-1 text-ink';

export function ReportDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages('lesson');
  const common = useMessages('common');
  const store = useLessonStore();
  const language = useLocale();
  const k8s = useLesson((view) => view.k8s);
  const mode = useLesson((view) => view.proxyMode);
  const [heading] = useState(headingInSight);
  const [address, setAddress] = useState('');
  const [said, say] = useState('');
  const [done, setDone] = useState<'reportCopied' | 'reportByHand' | null>(null);
  useEffect(() => {
    store.share().then(setAddress, () => setAddress(window.location.href));
  }, [store]);
  const { id: lesson, words } = store.lesson;
  const text = reportText(said, { lesson, title: words.title, language, k8s, mode, heading, address });
  const link = sendTo(process.env['NEXT_PUBLIC_REPORT_TO'], `${lesson}: ${heading}`, text);
  const copy = async (): Promise<void> => setDone((await copyText(text)) ? 'reportCopied' : 'reportByHand');
  return (
    <Dialog
      open
      wide
      title={t('reportTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common('close')}</Button>
          <Button kind={link ? 'plain' : 'primary'} disabled={address === ''} onClick={() => void copy()}>
            {t('reportCopy')}
          </Button>
          {link !== undefined && (
            <a href={link} target="_blank" rel="noreferrer" className={buttonClass('primary')}>
              {t('reportSend')}
            </a>
          )}
        </>
      }
    >
      <label className="mb-2 block">
        <span className="mb-1 block">{t('reportWhat')}</span>
        <textarea rows={4} value={said} onChange={(event) => say(event.target.value)} className={FIELD} />
      </label>
      <label className="block">
        <span className="mb-1 block">{t('reportText')}</span>
        <textarea readOnly rows={8} value={text} className={`${FIELD} font-mono text-[12px]`} />
      </label>
      <p role="status" className="mt-1 min-h-5 text-sm">
        {done && t(done)}
      </p>
    </Dialog>
  );
}
