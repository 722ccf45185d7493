'use client';
// Back to the lab's start, after one question.
import { useState } from 'react';
import { useLessonStore } from '@/components/workbench/lesson-context';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useMessages } from '@/lib/i18n/client';

export function ResetLab() {
  const t = useMessages('lesson');
  const common = useMessages('common');
  const store = useLessonStore();
  const [asking, setAsking] = useState(false);
  const close = (): void => setAsking(false);
  const reset = (): void => {
    store.resetLab();
    close();
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('resetLab')}</Button>
      <Dialog
        open={asking}
        title={t('resetTitle')}
        onClose={close}
        actions={
          <>
            <Button onClick={close}>{common('cancel')}</Button>
            <Button kind="danger" onClick={reset}>
              {t('resetConfirm')}
            </Button>
          </>
        }
      >
        <p>{t('resetText')}</p>
      </Dialog>
    </>
  );
}
