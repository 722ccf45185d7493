// The little markup that a lab's words may hold: `code` and **strong**.
import { Fragment } from 'react';

export const codeClass =
  'rounded border border-line bg-bg px-1 text-[0.9em] text-ink [overflow-wrap:anywhere] box-decoration-clone';

export function Inline({ text }: { text: string }) {
  const parts = text.split(/(`[^`]+`|\*\*[^*]+\*\*)/);
  return parts.map((part, i) => {
    if (part.startsWith('`') && part.length > 2)
      return (
        <code key={i} className={codeClass}>
          {part.slice(1, -1)}
        </code>
      );
    if (part.startsWith('**') && part.length > 4)
      return (
        <b key={i} className="font-semibold text-ink">
          {part.slice(2, -2)}
        </b>
      );
    return <Fragment key={i}>{part}</Fragment>;
  });
}
