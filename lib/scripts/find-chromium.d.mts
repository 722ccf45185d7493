/** Path of the browser: CHROMIUM_PATH, else one on PATH or in the usual places; undefined if there is none. */
export function findChromium(): string | undefined;
/** Arguments for a browser in a test: no sandbox (containers), no GPU, no talk with the outside. */
export const CHROMIUM_ARGS: string[];
