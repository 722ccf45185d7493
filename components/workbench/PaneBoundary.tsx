'use client';
// A pane that failed: what happened, that nothing is lost, and what to do. Scripts that did not arrive need the page anew.
import { ErrorBoundary } from '@/components/ui/ErrorBoundary';
import { Button } from '@/components/ui/Button';
import { EmptyState } from '@/components/ui/States';
import { useMessages } from '@/lib/i18n/client';
import type { ReactNode } from 'react';

function PaneFailed({ retry }: { retry: () => void }) {
  const t = useMessages('common');
  return (
    <div role="alert" className="h-full overflow-auto">
      <EmptyState
        title={t('paneErrorTitle')}
        text={t('paneErrorText')}
        action={
          <div className="flex gap-2">
            <Button onClick={retry}>{t('retry')}</Button>
            <Button onClick={() => location.reload()}>{t('reload')}</Button>
          </div>
        }
      />
    </div>
  );
}

const failed = (retry: () => void): ReactNode => <PaneFailed retry={retry} />;

/** Keeps the error of a pane inside the pane. */
export function PaneBoundary({ children }: { children: ReactNode }) {
  return <ErrorBoundary fallback={failed}>{children}</ErrorBoundary>;
}
