'use client';
// A question that must be answered first: the browser's own <dialog>, which holds the focus and closes with Escape.
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { classes } from './classes';

export interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly children: ReactNode;
  /** Buttons, the safe one first. */
  readonly actions: ReactNode;
  /** More room, for a table. */
  readonly wide?: boolean;
  readonly onClose: () => void;
}

export function Dialog({ open, title, children, actions, wide = false, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const before = useRef<HTMLElement>(null);
  const titleId = useId();
  const textId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (!open) return element.close();
    before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    element.showModal();
  }, [open]);
  // One that is taken off the page while it is open gives the focus back, as one that is closed.
  useEffect(
    () => () => {
      if (document.activeElement === document.body) before.current?.focus();
    },
    [],
  );
  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      aria-describedby={textId}
      onClose={onClose}
      className={classes(
        wide ? 'w-[min(720px,calc(100vw-32px))]' : 'w-[min(440px,calc(100vw-32px))]',
        'm-auto max-h-[calc(100dvh-32px)] rounded-panel border border-line-strong bg-raise p-5 text-ink shadow-xl backdrop:bg-black/40',
      )}
    >
      <h2 id={titleId} className="mb-2 text-[16px] font-semibold">
        {title}
      </h2>
      <div id={textId} className="text-ink-2">
        {children}
      </div>
      <div className="mt-4 flex flex-wrap justify-end gap-2">{actions}</div>
    </dialog>
  );
}
