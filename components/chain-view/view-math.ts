// Pan and zoom as numbers: what the canvas shows of the drawing.
import type { Rect } from './spot';

export interface View {
  readonly x: number;
  readonly y: number;
  /** Zoom factor. */
  readonly k: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface Point {
  readonly x: number;
  readonly y: number;
}

export const MIN_ZOOM = 0.3;
export const MAX_ZOOM = 2.5;
/** Text below this is too small to read, so a large drawing is not fitted whole. */
const MIN_FIT = 0.7;
const MAX_FIT = 1.15;
const clamp = (n: number, low: number, high: number): number => Math.min(high, Math.max(low, n));

/** The whole drawing, in the middle and at the top; one too large to be read whole from its beginning. */
export function fitView(pane: Size, drawing: Size): View {
  const k = clamp(Math.min(pane.width / drawing.width, pane.height / drawing.height), MIN_FIT, MAX_FIT);
  const wide = Math.min(pane.width / drawing.width, MAX_FIT);
  // Height is no reason to be small: one scrolls down more easily than one reads small text.
  const zoom = wide < k ? k : clamp(Math.max(k, Math.min(wide, 1)), MIN_FIT, wide);
  return { x: Math.max(0, (pane.width - drawing.width * zoom) / 2), y: 0, k: zoom };
}

/** Zooms with a point of the pane staying where it is. */
export function zoomAt(view: View, factor: number, at: Point): View {
  const k = clamp(view.k * factor, MIN_ZOOM, MAX_ZOOM);
  const scale = k / view.k;
  return { k, x: at.x - (at.x - view.x) * scale, y: at.y - (at.y - view.y) * scale };
}

/** How far to move so that a part of the drawing stands inside the pane, clear of its edges. */
export function reveal(view: View, pane: Size, part: Rect, margin = 12): Point {
  const left = view.x + part.x * view.k;
  const top = view.y + part.y * view.k;
  return {
    x: shift(left, left + part.width * view.k, margin, pane.width - margin),
    y: shift(top, top + part.height * view.k, margin + 24, pane.height - margin),
  };
}

function shift(from: number, to: number, low: number, high: number): number {
  if (from < low) return low - from;
  return to > high ? Math.max(high - to, low - from) : 0;
}

/** How far to move so that a part of the drawing is not under the drawer in the bottom right corner. */
export function clearOf(view: View, pane: Size, part: Rect, drawer: Size): Point {
  const right = view.x + (part.x + part.width) * view.k;
  const bottom = view.y + (part.y + part.height) * view.k;
  const top = view.y + part.y * view.k;
  const edge = pane.height - drawer.height - 28;
  if (!drawer.height || bottom <= edge || right <= pane.width - drawer.width - 24) return { x: 0, y: 0 };
  const up = edge - bottom;
  if (top + up >= 36 || drawer.width + 200 > pane.width) return { x: 0, y: up };
  return { x: pane.width - drawer.width - 32 - right, y: 0 };
}
