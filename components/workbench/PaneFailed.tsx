'use client';
// A part of the page whose scripts did not arrive.
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/States';
import { useMessages } from '@/lib/i18n/client';

export function PaneFailed() {
  const t = useMessages('common');
  return (
    <EmptyState
      title={t('errorTitle')}
      text={t('paneErrorText')}
      action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}
    />
  );
}
