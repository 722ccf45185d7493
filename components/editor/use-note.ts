// A short word on what an action did; it goes by itself.
import { useCallback, useEffect, useState } from 'react';

const SHOWN_MS = 6_000;

export function useNote(): [note: string, say: (note: string) => void] {
  const [note, setNote] = useState({ text: '' });
  useEffect(() => {
    if (note.text === '') return;
    const timer = setTimeout(() => setNote({ text: '' }), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [note]);
  return [note.text, useCallback((text: string) => setNote({ text }), [])];
}
