'use client';
// The address of the state as it stands, made when it is asked for.
import { useState } from 'react';
import { useLessonStore } from '@/components/workbench/lesson-context';

export interface Share {
  readonly shown: boolean;
  /** '' until it has been made. */
  readonly address: string;
  /** The first digits of the state's fingerprint. */
  readonly digest: string;
  readonly open: () => void;
  readonly close: () => void;
}

const DIGITS = 16;
const NONE = { shown: false, address: '', digest: '' };

export function useShare(): Share {
  const store = useLessonStore();
  const [state, setState] = useState(NONE);
  const make = async (): Promise<void> => {
    // The fingerprint first: it ends the edit that is being typed.
    const digest = (await store.digest()).slice(0, DIGITS);
    setState({ shown: true, digest, address: await store.share() });
  };
  return {
    ...state,
    open: () => {
      setState({ ...NONE, shown: true });
      make().catch((error: unknown) => console.error(error));
    },
    close: () => setState(NONE),
  };
}
