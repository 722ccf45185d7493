// How a term is found in running text, for the hovers and for the linter alike. Plain JavaScript, because the bundler loads the
// hovers' plugin as it stands.

const LATIN = /[A-Za-z0-9]/;

/**
 * A pattern that finds any of some words, the longest first. Latin words end where no letter, digit, hyphen or underscore follows;
 * Chinese has no gaps between words, so a Chinese form ends where it ends.
 */
export function formPattern(forms) {
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(withEdges).join('|'), 'gu');
}

function withEdges(form) {
  const before = LATIN.test(form[0] ?? '') ? String.raw`(?<![A-Za-z0-9_\-/.])` : '';
  const after = LATIN.test(form.at(-1) ?? '') ? String.raw`(?![A-Za-z0-9_\-/]|\.[A-Za-z0-9])` : '';
  return before + form.replace(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`) + after;
}
