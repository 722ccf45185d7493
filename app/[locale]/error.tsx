'use client';
// A page that threw: one clear sentence, one thing to do. What was typed is in the browser's storage.
import { useEffect } from 'react';
import { Message } from '@/components/shell/Message';
import { Button } from '@/components/ui/Button';
import { useMessages } from '@/lib/i18n/client';

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useMessages('common');
  useEffect(() => console.error(error), [error]);
  return (
    <Message
      title={t('errorTitle')}
      text={t('errorText')}
      action={
        <Button kind="primary" size="large" onClick={() => retry()}>
          {t('retry')}
        </Button>
      }
    />
  );
}
