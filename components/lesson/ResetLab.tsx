'use client';
// Back to the lab's start, after one question, which is loaded when it is asked.
import { lazy, Suspense, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useMessages } from '@/lib/i18n/client';

const ResetDialog = lazy(async () => ({ default: (await import('./ResetDialog')).ResetDialog }));

export function ResetLab() {
  const t = useMessages('lesson');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('resetLab')}</Button>
      {asking && (
        <Suspense fallback={null}>
          <ResetDialog onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
