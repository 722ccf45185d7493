// Who a request to the API server comes from.
import type { ApiRequest } from '@/lib/kube/api/rest/types';

/** Text of the editor that was applied. */
export const EDITOR = 'editor';
/** A client that does not say who it is. */
export const UNNAMED = 'request';

/** The field manager that a request names, or else its program, as in managedFields: kubectl-client-side-apply, kubectl … */
export function requesterOf({ query = '', headers = {} }: ApiRequest): string {
  const manager = /(?:^|&)fieldManager=([^&]+)/.exec(query)?.[1];
  if (manager !== undefined) return decoded(manager);
  return headers['user-agent']?.split('/')[0] || UNNAMED;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
