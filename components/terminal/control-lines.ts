// Lines that are no text: Ctrl-C, and Ctrl-D while a program reads (lib/terminal/terminals).
export const INTERRUPT = '\x03';
export const END_OF_INPUT = '\x04';
/** What the text of a file begins with that was edited for a program. */
export const SAVED_FILE = '\x02';
