// Lines that are no text: Ctrl-C, and Ctrl-D while a program reads (lib/terminal/terminals).
export const INTERRUPT = '\x03';
export const END_OF_INPUT = '\x04';
