// How a fragment with a state begins: known to every lesson page, while what reads it is loaded only when there is one.
export const MARK = '#s=';

/** Whether an address' fragment holds a state. */
export const isPermalink = (fragment: string): boolean => fragment.startsWith(MARK);
