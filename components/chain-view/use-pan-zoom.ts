'use client';
// Pan by dragging, zoom by wheel and pinch. Until one does either, the drawing is fitted into the pane as both change.
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type MouseEvent as ReactMouseEvent,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
} from 'react';
import { fitView, zoomAt, type Point, type Size, type View } from './view-math';

export interface PanZoom {
  readonly view: View;
  readonly pane: Size;
  /** Moves by button or key are eased, those by hand follow it. */
  readonly eased: boolean;
  readonly dragging: boolean;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  readonly move: (by: Point) => void;
  readonly handlers: {
    readonly onPointerDown: (e: ReactPointerEvent) => void;
    readonly onPointerMove: (e: ReactPointerEvent) => void;
    readonly onPointerUp: (e: ReactPointerEvent) => void;
    readonly onPointerCancel: (e: ReactPointerEvent) => void;
    readonly onClickCapture: (e: ReactMouseEvent) => void;
  };
}

interface Own {
  /** null: fitted. */
  readonly view: View | null;
  readonly eased: boolean;
}

const SLOP = 4;

export function usePanZoom(ref: RefObject<HTMLElement | null>, drawing: Size): PanZoom {
  const pane = useSize(ref);
  const [own, setOwn] = useState<Own>({ view: null, eased: true });
  const fitted = fitView(pane, drawing);
  const view = own.view ?? fitted;
  const latest = useRef({ view, pane });
  useEffect(() => {
    latest.current = { view, pane };
  });
  const set = useCallback((next: (view: View, pane: Size) => View, eased: boolean) => {
    const { view: current, pane: size } = latest.current;
    const changed = next(current, size);
    latest.current = { view: changed, pane: size };
    setOwn({ view: changed, eased });
  }, []);
  useWheel(ref, set);
  const hand = useHand(set);
  return {
    view,
    pane,
    eased: own.eased && !hand.dragging,
    dragging: hand.dragging,
    fit: useCallback(() => setOwn({ view: null, eased: true }), []),
    zoom: useCallback(
      (factor) => set((v, size) => zoomAt(v, factor, { x: size.width / 2, y: size.height / 2 }), true),
      [set],
    ),
    move: useCallback((by) => set((v) => ({ ...v, x: v.x + by.x, y: v.y + by.y }), true), [set]),
    handlers: hand.handlers,
  };
}

type SetView = (next: (view: View, pane: Size) => View, eased: boolean) => void;

function useSize(ref: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ width: 700, height: 520 });
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0)
        setSize({ width: entry.contentRect.width, height: entry.contentRect.height });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** React's wheel handlers are passive and cannot keep the page from scrolling. */
function useWheel(ref: RefObject<HTMLElement | null>, set: SetView): void {
  useEffect(() => {
    const element = ref.current;
    if (!element) return undefined;
    const onWheel = (e: WheelEvent): void => {
      e.preventDefault();
      const box = element.getBoundingClientRect();
      const at = { x: e.clientX - box.left, y: e.clientY - box.top };
      if (e.shiftKey || Math.abs(e.deltaX) > Math.abs(e.deltaY))
        set((v) => ({ ...v, x: v.x - (e.deltaX || e.deltaY), y: v.y }), false);
      else set((v) => zoomAt(v, Math.exp(-e.deltaY * (e.ctrlKey ? 0.01 : 0.0015)), at), false);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, set]);
}

function useHand(set: SetView): { dragging: boolean; handlers: PanZoom['handlers'] } {
  const [dragging, setDragging] = useState(false);
  const pointers = useRef(new Map<number, Point>());
  const moved = useRef(false);
  const lift = useCallback((e: ReactPointerEvent) => {
    pointers.current.delete(e.pointerId);
    if (!pointers.current.size) setDragging(false);
  }, []);
  const onPointerMove = useCallback(
    (e: ReactPointerEvent) => {
      const before = pointers.current.get(e.pointerId);
      if (!before) return;
      const now = { x: e.clientX, y: e.clientY };
      if (!moved.current && Math.hypot(now.x - before.x, now.y - before.y) < SLOP) return;
      if (!moved.current) {
        moved.current = true;
        e.currentTarget.setPointerCapture(e.pointerId);
        setDragging(true);
      }
      const other = [...pointers.current].find(([id]) => id !== e.pointerId)?.[1];
      pointers.current.set(e.pointerId, now);
      if (other) pinch(set, e.currentTarget, other, before, now);
      else set((v) => ({ ...v, x: v.x + now.x - before.x, y: v.y + now.y - before.y }), false);
    },
    [set],
  );
  const onPointerDown = useCallback((e: ReactPointerEvent) => {
    if (e.button !== 0) return;
    if (!pointers.current.size) moved.current = false;
    pointers.current.set(e.pointerId, { x: e.clientX, y: e.clientY });
  }, []);
  // The click that ends a drag is no choice.
  const onClickCapture = useCallback((e: ReactMouseEvent) => {
    if (moved.current) e.stopPropagation();
    moved.current = false;
  }, []);
  return {
    dragging,
    handlers: { onPointerDown, onPointerMove, onPointerUp: lift, onPointerCancel: lift, onClickCapture },
  };
}

/** One finger moved while the other stayed. */
function pinch(set: SetView, element: Element, other: Point, before: Point, now: Point): void {
  const box = element.getBoundingClientRect();
  const was = Math.hypot(before.x - other.x, before.y - other.y);
  const is = Math.hypot(now.x - other.x, now.y - other.y);
  if (was < 1) return;
  set((v) => zoomAt(v, is / was, { x: other.x - box.left, y: other.y - box.top }), false);
}
