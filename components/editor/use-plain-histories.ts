// One history of undo for each file of the plain text.
import { useCallback, useState } from 'react';
import type { Drafts } from './drafts';
import { PlainHistory } from './plain-history';

export function usePlainHistories(drafts: Drafts): (file: string) => PlainHistory {
  const [histories] = useState(() => new Map<string, PlainHistory>());
  return useCallback(
    (file) => {
      const history = histories.get(file) ?? new PlainHistory(drafts.text(file));
      histories.set(file, history);
      return history;
    },
    [histories, drafts],
  );
}
