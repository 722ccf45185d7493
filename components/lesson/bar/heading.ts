// The heading that a reader is at.

/** A heading this far below the top of the pane (px) counts as read. */
const NEAR = 120;

/** The last heading above what is read; the lesson's own if there is none. */
export function headingInSight(): string {
  const pane = document.getElementById('pane-lesson');
  const top = (pane?.getBoundingClientRect().top ?? 0) + NEAR;
  // Titles of dialogs that are closed take no room.
  const all = [...(pane?.querySelectorAll('article :is(h1, h2, h3)') ?? [])];
  const heads = all.filter((head) => head.getClientRects().length > 0);
  const last = heads.findLast((head) => head.getBoundingClientRect().top <= top) ?? heads[0];
  return (last?.textContent ?? '').replace(/\s*#$/, '').trim();
}
