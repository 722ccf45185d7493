'use client';
// The cluster stopped, hung or never came: what happened, what is safe, what to do.
import { Button } from '@/components/ui/Button';
import { ErrorState } from '@/components/ui/States';
import { useMessages } from '@/lib/i18n/client';
import { useLesson, useLessonStore } from './lesson-context';

const TEXT = { crashed: 'crashedText', stuck: 'stuckText', load: 'loadText' } as const;

export function Failure() {
  const t = useMessages('workbench');
  const lesson = useMessages('lesson');
  const store = useLessonStore();
  const failure = useLesson((view) => (view.status === 'failed' ? view.failure : null));
  if (!failure) return null;
  return (
    <ErrorState
      title={t(failure)}
      text={t(TEXT[failure])}
      action={
        <>
          <Button kind="primary" onClick={() => store.restart()}>
            {t('restart')}
          </Button>
          {failure !== 'load' && <Button onClick={() => store.resetLab()}>{lesson('resetLab')}</Button>}
        </>
      }
    />
  );
}
