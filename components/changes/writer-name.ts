import type { useMessages } from '@/lib/i18n/client';

/** Who wrote: components and clients by their own names, the learner's own in his language. */
export const writerName = (by: string, t: ReturnType<typeof useMessages<'changes'>>): string =>
  by === 'editor' || by === 'request' ? t(by) : by;
