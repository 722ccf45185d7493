// Types a text into a file of the editor where it differs from what stands there: what goes is taken out, what comes is written piece by
// piece, from the top down. Each text on the way is an edit like those of a learner who types.
import { minimalEdits } from '@/components/editor/minimal-edits';
import type { Pace } from './pace';

export interface Page {
  text(file: string): string;
  edit(file: string, text: string): void;
  /** Brings a line into view, counted from 1. */
  reveal(file: string, line: number): void;
}

export async function typeInto(page: Page, file: string, wanted: string, pace: Pace): Promise<void> {
  let text = page.text(file);
  let shift = 0;
  for (const { start, end, text: comes } of minimalEdits(text, wanted)) {
    const at = start + shift;
    page.reveal(file, lineOf(text, at));
    await pace.look(400);
    if (pace.stopped) return;
    const [head, tail] = [text.slice(0, at), text.slice(end + shift)];
    let written = '';
    if (comes === '') page.edit(file, head + tail);
    for await (const piece of pace.pieces(comes)) {
      written += piece;
      page.edit(file, head + written + tail);
      page.reveal(file, lineOf(head + written, at + written.length));
    }
    text = head + written + tail;
    if (pace.stopped) return;
    shift += comes.length - (end - start);
  }
}

const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;
