// One sentence for a problem. What the API server says stays English, as in reality; our own codes are worded by lib/i18n.
import type { Problem } from '@/lib/sim/types';
import type { EditorWords, ReasonWords } from './words';

/** A problem with its sentence. */
export interface ListedProblem {
  readonly problem: Problem;
  readonly text: string;
}

/** The sentence that the learner reads. */
export function problemText(problem: Problem, words: EditorWords, reasonWords: ReasonWords): string {
  if (problem.message !== undefined) return problem.message;
  if (problem.reason === undefined) return words('invalid', { n: 0 });
  return reasonWords(problem.reason) ?? words('refused', { code: problem.reason.code });
}

/** Errors first, then by place; the order of files is the editor's. */
export function sortProblems(problems: readonly Problem[], files: readonly string[]): readonly Problem[] {
  const rank = { error: 0, warning: 1, info: 2 } as const;
  return problems.toSorted(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      files.indexOf(a.file) - files.indexOf(b.file) ||
      a.line - b.line ||
      a.column - b.column,
  );
}

/** How the text relates to the cluster; pending: it waits for the learner to apply it. */
export type SyncState = 'applied' | 'invalid' | 'incomplete' | 'pending';

/** What the state chip says. The sign comes with the words, so that colour is never alone. */
export function syncText(
  sync: SyncState,
  problems: readonly Problem[],
  words: EditorWords,
): { readonly sign: string; readonly text: string } {
  const count = (severity: Problem['severity']): number =>
    problems.filter((problem) => problem.severity === severity).length;
  if (sync === 'incomplete') return { sign: '…', text: words('incomplete') };
  if (sync === 'pending') return { sign: '○', text: words('pending') };
  if (sync === 'invalid') return { sign: '✕', text: words('invalid', { n: count('error') }) };
  const warnings = count('warning');
  return { sign: '●', text: warnings > 0 ? words('appliedWarnings', { n: warnings }) : words('applied') };
}
