'use client';
// Copies a text; in a room on plain http, where the browser has no clipboard API, through a selection.
import { useEffect, useState } from 'react';
import controls from './controls.module.css';
import type { Words } from './words';

type State = 'idle' | 'done' | 'failed';

export function CopyButton({ text, words }: { text: string; words: Words }) {
  const [state, setState] = useState<State>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const label = { idle: 'copy', done: 'copied', failed: 'copyFailed' } as const;
  return (
    <button
      type="button"
      className={controls['button']}
      onClick={() => void copy(text).then((done) => setState(done ? 'done' : 'failed'))}
    >
      <span aria-live="polite">{words.t(label[state])}</span>
    </button>
  );
}

async function copy(text: string): Promise<boolean> {
  try {
    // Absent without a secure context, whatever the types say.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    if (clipboard) {
      await clipboard.writeText(text);
      return true;
    }
  } catch {
    // Refused by the browser: the older way may still work.
  }
  const area = document.createElement('textarea');
  area.value = text;
  area.style.cssText = 'position:fixed;opacity:0';
  const before = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
