'use client';
// Copies a text, and says so.
import { useEffect, useState } from 'react';
import { copyText } from '@/components/ui/copy-text';
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
      onClick={() => void copyText(text).then((done) => setState(done ? 'done' : 'failed'))}
    >
      <span aria-live="polite">{words.t(label[state])}</span>
    </button>
  );
}
