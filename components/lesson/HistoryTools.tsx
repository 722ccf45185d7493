'use client';
// Undo, redo and share: what can be done with the history of a lab. The keys work wherever no text is being written.
import { lazy, Suspense, useEffect } from 'react';
import { Button, IconButton } from '@/components/ui/Button';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import type { LessonStore } from '@/components/workbench/lesson-store';
import { useMessages } from '@/lib/i18n/client';
import { useShare } from './use-share';

const ShareDialog = lazy(async () => ({ default: (await import('./ShareDialog')).ShareDialog }));
type Words = ReturnType<typeof useMessages<'lesson'>>;

export function HistoryTools() {
  const t = useMessages('lesson');
  const store = useLessonStore();
  const ready = useLesson((view) => view.status === 'ready');
  const canUndo = useLesson((view) => view.state?.canUndo ?? false);
  const canRedo = useLesson((view) => view.state?.canRedo ?? false);
  const share = useShare();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const wanted = historyKey(event);
      if (!wanted) return;
      event.preventDefault();
      turn(store, wanted, t);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store, t]);
  return (
    <span className="flex shrink-0 items-center gap-1.5">
      <IconButton
        label={t('undo')}
        title={t('undo')}
        disabled={!ready || !canUndo}
        onClick={() => turn(store, 'undo', t)}
      >
        <span aria-hidden>↶</span>
      </IconButton>
      <IconButton
        label={t('redo')}
        title={t('redo')}
        disabled={!ready || !canRedo}
        onClick={() => turn(store, 'redo', t)}
        className="max-sm:hidden"
      >
        <span aria-hidden>↷</span>
      </IconButton>
      <Button disabled={!ready} onClick={share.open}>
        {t('share')}
      </Button>
      {share.shown && (
        <Suspense fallback={null}>
          <ShareDialog share={share} />
        </Suspense>
      )}
    </span>
  );
}

function turn(store: LessonStore, way: 'undo' | 'redo', t: Words): void {
  const { state } = store.getView();
  if (!(way === 'undo' ? state?.canUndo : state?.canRedo)) return;
  if (way === 'undo') store.undo();
  else store.redo();
  store.announce(t(way === 'undo' ? 'undone' : 'redone'));
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y (⌘ on a Mac), unless they belong to a text that is being written. */
function historyKey(event: KeyboardEvent): 'undo' | 'redo' | undefined {
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return undefined;
  const { target } = event;
  if (
    target instanceof Element &&
    target.closest('input, textarea, select, [contenteditable], .monaco-editor, .xterm')
  )
    return undefined;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : undefined;
}
