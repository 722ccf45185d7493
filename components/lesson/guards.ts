// Predictions that guard what follows them (<Predict id="…" guards />): until one is answered or skipped, links that act between it and
// the end of the next section wait, and so does "show me" of the task that asks for it.

const HELD = '[data-guards="held"]';

/** The guard that holds a link; undefined: none does. */
export function guardOf(element: Element): HTMLElement | undefined {
  const sections = [...document.querySelectorAll('article > h2')];
  return [...document.querySelectorAll<HTMLElement>(HELD)].find(
    (guard) =>
      isBefore(guard, element) &&
      sections.filter((head) => isBefore(guard, head) && isBefore(head, element)).length < 2,
  );
}

/** The guard that a question is; undefined if it holds nothing (any more). */
export const guardFor = (question: string): HTMLElement | undefined =>
  document.querySelector<HTMLElement>(`${HELD}[data-prediction="${CSS.escape(question)}"]`) ?? undefined;

/** Leads to the guard: in sight, and the keyboard on its first answer. */
export function leadTo(guard: HTMLElement): void {
  guard.scrollIntoView({ block: 'center' });
  guard.querySelector<HTMLElement>('button')?.focus({ preventScroll: true });
}

const isBefore = (a: Node, b: Node): boolean =>
  (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
