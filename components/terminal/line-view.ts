// Draws the line that is being typed: prompt, text and cursor over as many rows as they need, as VT sequences.
import { placeAfter } from './cells';
import type { Line } from './line-editor';
import { searchPrompt } from './line-search';

const up = (rows: number): string => (rows > 0 ? `\x1b[${rows}A` : '');
const right = (columns: number): string => (columns > 0 ? `\x1b[${columns}C` : '');

/** A text that has to be drawn before the line, with its colour: "$ " in the accent's. */
const coloured = (prompt: string): string => `\x1b[34m${prompt}\x1b[39m`;

export class LineView {
  /** Rows between the prompt's first row and the cursor, as they are on the screen. */
  #row = 0;
  #rows = 0;

  /** Takes the place of what was drawn before. */
  draw(prompt: string, line: Line, columns: number): string {
    const head = line.search ? searchPrompt(line.search) : prompt;
    const end = placeAfter(head + line.text, columns);
    const cursor = placeAfter(head + line.text.slice(0, line.cursor), columns);
    // A row that is full to its end: the cursor hangs behind it until something begins the next.
    const begun = end.column === 0 && end.row > 0 && !line.text.endsWith('\n') ? ' \b' : '';
    const out =
      `\r${up(this.#row)}\x1b[J${coloured(head)}${line.text}${begun}` +
      `\r${up(end.row - cursor.row)}${right(cursor.column)}`;
    this.#row = cursor.row;
    this.#rows = end.row;
    return out;
  }

  /** Takes the line off the screen: what follows begins in its place. */
  lift(): string {
    const out = `\r${up(this.#row)}\x1b[J`;
    this.#row = 0;
    this.#rows = 0;
    return out;
  }

  /** Leaves the line: what follows begins below it. */
  leave(): string {
    const down = this.#rows - this.#row;
    this.#row = 0;
    this.#rows = 0;
    return `${down > 0 ? `\x1b[${down}B` : ''}\r\n`;
  }

  /** The terminal has another width: rows are counted anew, as the terminal has wrapped them. */
  rewrapped(prompt: string, line: Line, columns: number): void {
    const head = line.search ? searchPrompt(line.search) : prompt;
    this.#row = placeAfter(head + line.text.slice(0, line.cursor), columns).row;
    this.#rows = placeAfter(head + line.text, columns).row;
  }
}
