'use client';
// Shows the address of the state. It can always be copied by hand: on plain http a page has no clipboard.
import { useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useLesson } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import type { Share } from './use-share';

/** Chat programs and mail readers cut longer ones. */
const LONG = 8000;

export function ShareDialog({ share }: { share: Share }) {
  const t = useMessages('lesson');
  const common = useMessages('common');
  const full = useLesson((view) => view.state?.log.full ?? false);
  const field = useRef<HTMLTextAreaElement>(null);
  const [said, setSaid] = useState<'shareCopied' | 'shareByHand' | null>(null);
  const { shown, address, digest } = share;
  const close = (): void => {
    setSaid(null);
    share.close();
  };
  const copy = async (): Promise<void> => {
    field.current?.select();
    setSaid((await copied(address)) ? 'shareCopied' : 'shareByHand');
  };
  return (
    <Dialog
      open={shown}
      title={t('shareTitle')}
      onClose={close}
      actions={
        <>
          <Button onClick={close}>{common('close')}</Button>
          {!full && (
            <Button kind="primary" disabled={address === ''} onClick={() => void copy()}>
              {t('shareCopy')}
            </Button>
          )}
        </>
      }
    >
      {full ? (
        <p>{t('logFull')}</p>
      ) : (
        <>
          <p className="mb-2">{t('shareText')}</p>
          <textarea
            ref={field}
            readOnly
            rows={3}
            aria-label={t('shareAddress')}
            value={address}
            onFocus={(event) => event.currentTarget.select()}
            className="w-full resize-y rounded-md border border-line-control bg-panel px-2 py-1 font-mono text-[12px] break-all text-ink"
          />
          {address.length > LONG && <p className="mt-1 text-sm">{t('shareLong', { n: address.length })}</p>}
          {digest && <p className="mt-1 text-sm text-ink-3">{t('shareDigest', { digest })}</p>}
          <p role="status" className="mt-1 min-h-5 text-sm">
            {said && t(said)}
          </p>
        </>
      )}
    </Dialog>
  );
}

/** The clipboard where there is one, else the browser's old command on what is selected. */
async function copied(text: string): Promise<boolean> {
  try {
    if (window.isSecureContext) {
      await navigator.clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused: the old command may still do.
  }
  return document.execCommand('copy');
}
