// How large an action log may become.
export const BYTE_LIMIT = 256 * 1024;
export const ACTION_LIMIT = 10_000;
