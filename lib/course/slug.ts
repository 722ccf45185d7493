// Anchors of headings, from their words; Chinese stays as it is. Pages draw them, and the search index links to them.
export const slugOf = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
