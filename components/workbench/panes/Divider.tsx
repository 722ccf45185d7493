'use client';
// The line between two panes: drag it, or move it with the keys (ARIA window splitter). Double-click restores the size.
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { clampSize, LIMITS, withSize, type SizeName } from './layout-state';
import styles from './panes.module.css';
import { usePanes, usePaneStore } from './use-panes';

export interface DividerProps {
  readonly label: string;
  readonly hint: string;
  /** The size that it sets. */
  readonly name: SizeName;
  /** upright: between left and right; level: between above and below. */
  readonly way: 'upright' | 'level';
  /** Whether the pane whose size it sets comes after the divider. */
  readonly after?: boolean;
}

const STEP = 16;

export function Divider({ label, hint, name, way, after = false }: DividerProps) {
  const store = usePaneStore();
  const line = useRef<HTMLDivElement>(null);
  const moved = useRef(false);
  const kept = usePanes((view) => view.sizes[name]);
  const [now, setNow] = useState<number | undefined>(undefined);
  const { min, max } = LIMITS[name];
  const measure = (): number => {
    const box = sized(line.current, after)?.getBoundingClientRect();
    return Math.round((way === 'upright' ? box?.width : box?.height) ?? min);
  };
  const remeasure = (): void => setNow(measure());
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- a size that changed is measured again
  useEffect(remeasure, [kept]);

  const keep = (px: number | undefined): void => {
    store.change((layout) => withSize(layout, name, px));
    remeasure();
  };
  const press = (event: KeyboardEvent): void => {
    const wanted = target(event.key, way, after, measure(), LIMITS[name]);
    if (wanted === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    keep(wanted);
  };
  const drag = (event: PointerEvent<HTMLDivElement>): void => {
    const box = sized(line.current, after)?.getBoundingClientRect();
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const from = way === 'upright' ? event.clientX - box.left : event.clientY - box.top;
    const px = after ? (way === 'upright' ? box.right - event.clientX : box.bottom - event.clientY) : from;
    moved.current = true;
    event.currentTarget
      .closest<HTMLElement>('[data-bench]')
      ?.style.setProperty(name, `${clampSize(name, Math.floor(px))}px`);
  };
  return (
    <div
      ref={line}
      role="separator"
      aria-orientation={way === 'upright' ? 'vertical' : 'horizontal'}
      aria-label={label}
      aria-valuenow={Math.min(max, Math.max(min, now ?? min))}
      aria-valuemin={min}
      aria-valuemax={max}
      title={hint}
      tabIndex={0}
      data-way={way}
      onFocus={remeasure}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onPointerUp={() => {
        if (moved.current) keep(measure());
        moved.current = false;
      }}
      onDoubleClick={() => keep(undefined)}
      className={styles['divider']}
    />
  );
}

const sized = (line: Element | null, after: boolean): Element | null | undefined =>
  after ? line?.nextElementSibling : line?.previousElementSibling;

/** The size that a key asks for: arrows move the line the way they point. */
function target(
  key: string,
  way: DividerProps['way'],
  after: boolean,
  at: number,
  { min, max }: { readonly min: number; readonly max: number },
): number | undefined {
  if (key === 'Home') return min;
  if (key === 'End') return max;
  const [less, more] = way === 'upright' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
  if (key !== less && key !== more) return undefined;
  return at + ((key === more) === after ? -STEP : STEP);
}
