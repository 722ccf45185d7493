'use client';
// The file that a program in a terminal waits for (kubectl edit, vi): over the editor until it is closed.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { PlainHistory } from '@/components/editor/plain-history';
import { PlainText } from '@/components/editor/PlainText';
import { Button } from '@/components/ui/Button';
import { useMessages } from '@/lib/i18n/client';

export interface ObjectEditorProps {
  /** The path of the file. */
  readonly name: string;
  readonly text: string;
  /** Closed with this text; without saving, it is the text that it was opened with. */
  readonly onClose: (text: string) => void;
}

export function ObjectEditor({ name, text, onClose }: ObjectEditorProps) {
  const t = useMessages('editor');
  const hint = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const [draft, setDraft] = useState(text);
  const [history] = useState(() => new PlainHistory(text));
  const [closed, setClosed] = useState(false);
  const file = name.slice(name.lastIndexOf('/') + 1);
  useEffect(() => {
    area.current?.focus();
    area.current?.setSelectionRange(0, 0);
  }, []);
  const close = (final: string): void => {
    if (closed) return;
    setClosed(true);
    onClose(final);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    if (event.key !== 'Enter' && event.key.toLowerCase() !== 's') return;
    event.preventDefault();
    close(draft);
  };
  return (
    <section
      aria-label={t('objectTitle', { file })}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-10 flex flex-col bg-panel"
    >
      <div className="flex h-9 shrink-0 items-stretch border-b border-line px-3 pr-16">
        <span
          className="flex min-w-0 items-center border-b-2 border-accent text-[12.5px] font-medium"
          title={name}
        >
          <span className="truncate">{file}</span>
        </span>
      </div>
      <div className="relative min-h-0 flex-1">
        <PlainText
          ref={area}
          text={draft}
          label={t('objectText', { file })}
          invalid={false}
          describedBy={hint}
          history={history}
          onType={setDraft}
          onCursor={() => undefined}
        />
      </div>
      <div className="flex shrink-0 flex-wrap items-center justify-end gap-2 border-t border-line px-3 py-1.5">
        <p id={hint} className="min-w-40 flex-1 text-xs text-ink-3">
          {t('objectHint')}
        </p>
        <Button disabled={closed} onClick={() => close(text)}>
          {t('objectCancel')}
        </Button>
        <Button kind="primary" disabled={closed} onClick={() => close(draft)}>
          {t('objectSave')}
        </Button>
      </div>
    </section>
  );
}
