// The editor's words: the page sends the areas "editor" and "problems" in the reader's language.
import { useMemo } from 'react';
import type { Key } from '@/lib/i18n/catalogue';
import { useMessages } from '@/lib/i18n/client';
import type { Params } from '@/lib/i18n/format';
import type { Reason } from '@/lib/net/ruleset/types';

export type EditorWords = (key: Key<'editor'>, params?: Params) => string;
/** Words a code of ours; undefined for a code that has no words. */
export type ReasonWords = (reason: Reason) => string | undefined;

export const useEditorWords = (): EditorWords => useMessages('editor');

/** Problems are keyed by their code; a code without words comes back as it is. */
export function useReasonWords(): ReasonWords {
  const words: (key: never, params?: Params) => string = useMessages('problems');
  return useMemo(
    () =>
      ({ code, params }) => {
        const text = words(code as never, params);
        return text === code ? undefined : text;
      },
    [words],
  );
}
