'use client';
// Asks before all that was done in a lab is given up.
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';

export function ResetDialog({ onClose }: { onClose: () => void }) {
  const t = useMessages('lesson');
  const common = useMessages('common');
  const store = useLessonStore();
  const reset = (): void => {
    store.resetLab();
    onClose();
  };
  return (
    <Dialog
      open
      title={t('resetTitle')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button kind="danger" onClick={reset}>
            {t('resetConfirm')}
          </Button>
        </>
      }
    >
      <p>{t('resetText')}</p>
    </Dialog>
  );
}
