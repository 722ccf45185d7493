'use client';
// The learner's own note on the lesson, kept as it is written.
import { useEffect, useId, useRef, useState } from 'react';
import { useLessonStore } from '@/components/workbench/lesson-context';
import { useMessages } from '@/lib/i18n/client';
import { NOTE_LIMIT, readNote, writeNote } from '@/lib/workbench/notes';
import { browserStorage } from '@/lib/workbench/progress';

const KEEP_AFTER_MS = 300;

export function Note() {
  const t = useMessages('lesson');
  const { lesson } = useLessonStore();
  const id = useId();
  const [text, setText] = useState(() => readNote(lesson.id, browserStorage()));
  const [kept, setKept] = useState(true);
  const field = useRef<HTMLTextAreaElement>(null);
  const latest = useRef<string>(undefined);
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (latest.current === undefined) return undefined;
    const timer = setTimeout(() => setKept(writeNote(lesson.id, text, browserStorage())), KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [lesson, text]);
  useEffect(() => {
    const flush = (): void => {
      if (latest.current !== undefined) writeNote(lesson.id, latest.current, browserStorage());
    };
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [lesson]);
  return (
    <div className="shrink-0 border-b border-line px-3 py-2 print:hidden" data-testid="note">
      <label htmlFor={id} className="mb-1 block text-sm text-ink-3">
        {t('noteLabel')}
      </label>
      <textarea
        ref={field}
        id={id}
        rows={5}
        maxLength={NOTE_LIMIT}
        value={text}
        onChange={(event) => {
          latest.current = event.target.value;
          setText(event.target.value);
        }}
        className="block max-h-[40vh] w-full resize-y rounded-md border border-line-control bg-panel px-2 py-1 text-ink"
      />
      {!kept && (
        <p role="alert" className="mt-1 text-sm text-warn">
          {t('noteUnkept')}
        </p>
      )}
    </div>
  );
}
