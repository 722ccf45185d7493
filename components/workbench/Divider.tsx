'use client';
// The line between two panes: drag it, or move it with the arrow keys (ARIA window splitter). Double-click restores the width.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { loadWidths, saveWidth, type PaneVariable } from './pane-widths';

export interface DividerProps {
  readonly label: string;
  readonly hint: string;
  /** The variable of the grid that holds the width of the pane before the divider. */
  readonly variable: PaneVariable;
  readonly min: number;
  readonly max: number;
}

const STEP = 16;

export function Divider({ label, hint, variable, min, max }: DividerProps) {
  const line = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number | undefined>(undefined);
  const grid = (): HTMLElement | null => line.current?.parentElement ?? null;
  const measure = (): number => line.current?.previousElementSibling?.getBoundingClientRect().width ?? min;

  const set = (wanted: number | undefined): void => {
    if (wanted === undefined) grid()?.style.removeProperty(variable);
    else grid()?.style.setProperty(variable, `${Math.round(Math.min(max, Math.max(min, wanted)))}px`);
    setWidth(Math.round(measure()));
  };
  const keep = (wanted: number | undefined): void => {
    set(wanted);
    saveWidth(variable, wanted === undefined ? undefined : Math.round(measure()));
  };
  useEffect(() => {
    const saved = loadWidths()[variable];
    if (saved !== undefined) line.current?.parentElement?.style.setProperty(variable, `${saved}px`);
    setWidth(Math.round(line.current?.previousElementSibling?.getBoundingClientRect().width ?? 0));
  }, [variable]);

  const press = (event: KeyboardEvent): void => {
    const at = measure();
    const to: Readonly<Record<string, number>> = {
      ArrowLeft: at - STEP,
      ArrowRight: at + STEP,
      Home: min,
      End: max,
    };
    const wanted = to[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    keep(wanted);
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const left = line.current?.previousElementSibling?.getBoundingClientRect().left ?? 0;
    set(event.clientX - left);
  };
  return (
    <div
      ref={line}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width ?? min}
      aria-valuemin={min}
      aria-valuemax={max}
      title={hint}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onPointerUp={() => saveWidth(variable, Math.round(measure()))}
      onDoubleClick={() => keep(undefined)}
      className="relative z-10 w-px cursor-col-resize touch-none bg-line outline-none before:absolute before:inset-y-0 before:-left-1 before:w-[9px] hover:bg-accent focus-visible:bg-accent focus-visible:shadow-[0_0_0_1px_var(--accent)] max-lg:hidden"
    />
  );
}
