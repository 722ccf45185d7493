'use client';
// A dotted word and its explanation: on hover, on focus, on a tap. It can be hovered itself, and goes with Escape (WCAG 1.4.13).
import { useId, useRef, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';

export interface TermHoverProps {
  readonly term: string;
  readonly text: string;
  /** The term's place in the glossary. */
  readonly href: string;
  readonly more: string;
  readonly children: ReactNode;
}

/** Time to cross the gap between the word and its explanation, ms. */
const GRACE = 200;
const GAP = 6;

/** Below the word, or above it where there is no room, and never over the edge. */
function place(mark: Element, box: HTMLElement): void {
  const word = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const below = word.bottom + GAP;
  const top = below + height <= innerHeight ? below : Math.max(GAP, word.top - GAP - height);
  box.style.top = `${top}px`;
  box.style.left = `${Math.max(GAP, Math.min(word.left, innerWidth - width - GAP))}px`;
}

export function TermHover({ term, text, href, more, children }: TermHoverProps) {
  const id = useId();
  const mark = useRef<HTMLSpanElement>(null);
  const box = useRef<HTMLSpanElement>(null);
  const leaving = useRef<ReturnType<typeof setTimeout>>(undefined);

  const show = (): void => {
    clearTimeout(leaving.current);
    if (!box.current || !mark.current || box.current.matches(':popover-open')) return;
    box.current.showPopover();
    place(mark.current, box.current);
  };
  const hide = (): void => {
    if (box.current?.matches(':popover-open')) box.current.hidePopover();
  };
  const inside = (node: EventTarget | null): boolean =>
    node instanceof Node && (mark.current?.contains(node) === true || box.current?.contains(node) === true);
  const leave = (): void => {
    clearTimeout(leaving.current);
    leaving.current = setTimeout(() => !inside(document.activeElement) && hide(), GRACE);
  };
  const blur = (event: FocusEvent): void => {
    if (!inside(event.relatedTarget)) hide();
  };
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    show();
  };

  // Spans, because they stand in a sentence: a button is not broken over lines, and Chinese must not begin one with a full stop.
  return (
    <>
      <span
        ref={mark}
        role="button"
        tabIndex={0}
        data-term
        aria-describedby={id}
        onPointerEnter={(event) => event.pointerType === 'mouse' && show()}
        onPointerLeave={(event) => event.pointerType === 'mouse' && leave()}
        onFocus={show}
        onBlur={blur}
        onClick={show}
        onKeyDown={press}
        className="cursor-help underline decoration-ink-3 decoration-dotted underline-offset-[3px] hover:decoration-solid"
      >
        {children}
      </span>
      <span
        ref={box}
        popover="auto"
        onPointerEnter={show}
        onPointerLeave={(event) => event.pointerType === 'mouse' && leave()}
        onBlur={blur}
        className="fixed inset-auto m-0 max-w-[min(340px,calc(100vw-12px))] rounded-md border border-line-strong bg-raise px-3 py-2 text-sm leading-relaxed font-normal text-ink shadow-lg"
      >
        <span id={id}>
          <b className="font-semibold">{term}</b> {text}
        </span>{' '}
        <a href={href} className="whitespace-nowrap text-accent underline underline-offset-2">
          {more}
        </a>
      </span>
    </>
  );
}
