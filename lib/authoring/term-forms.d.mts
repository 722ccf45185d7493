/** A pattern that finds any of some words, the longest first. */
export function formPattern(forms: readonly string[]): RegExp;
