// The words of a heading, for its anchor.
import { isValidElement, type ReactNode } from 'react';

export { slugOf } from '@/lib/course/slug';

/** The plain text of what a heading holds. */
export function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  if (isValidElement<{ children?: ReactNode }>(node)) return textOf(node.props.children);
  return '';
}
