'use client';
// A short explanation that appears on hover and on focus, can be hovered itself, and goes with Escape (WCAG 1.4.13).
import { useId, useState, type ReactNode } from 'react';

export interface TooltipProps {
  readonly text: string;
  /** Gets the id for aria-describedby. */
  readonly children: (describedBy: string) => ReactNode;
}

export function Tooltip({ text, children }: TooltipProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <span
      className="relative inline-flex"
      onPointerEnter={() => setOpen(true)}
      onPointerLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}
    >
      {children(id)}
      <span
        id={id}
        role="tooltip"
        hidden={!open}
        className="absolute top-full right-0 z-30 w-max max-w-64 pt-1 text-sm"
      >
        <span className="block rounded-md border border-line-strong bg-raise px-2.5 py-1.5 text-ink shadow-lg">
          {text}
        </span>
      </span>
    </span>
  );
}
