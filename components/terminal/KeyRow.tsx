'use client';
// Keys that a phone's keyboard lacks.
import { useMessages } from '@/lib/i18n/client';
import styles from './terminal.module.css';

const KEYS = [
  ['Tab', '\t'],
  ['Ctrl-C', '\x03'],
  ['↑', '\x1b[A'],
  ['↓', '\x1b[B'],
  ['←', '\x1b[D'],
  ['→', '\x1b[C'],
  ['|', '|'],
  ['-', '-'],
  ['/', '/'],
] as const;

export function KeyRow({ onKey }: { onKey: (data: string) => void }) {
  const t = useMessages('terminal');
  return (
    <div role="toolbar" aria-label={t('keys')} className={styles['keys']}>
      {KEYS.map(([name, data]) => (
        <button key={name} type="button" onClick={() => onKey(data)}>
          {name}
        </button>
      ))}
    </div>
  );
}
