// The problems of all files with their sentences, in the order in which they are listed, and what they mean for the text: those of the
// worker, and those that the cluster would have with texts that are not applied yet.
import { useMemo } from 'react';
import type { SourceFile } from '@/lib/workbench/protocol';
import type { EditorProps } from './editor-props';
import { problemText, sortProblems, type ListedProblem, type SyncState } from './problem-text';
import { useVerdicts } from './use-desk';
import { useEditorWords, useReasonWords } from './words';

type Input = Pick<EditorProps, 'problems' | 'files' | 'sync' | 'consult' | 'revision'>;

export function useListed(
  { problems, files, sync, consult, revision }: Input,
  unsent: readonly SourceFile[],
): { readonly listed: readonly ListedProblem[]; readonly sync: SyncState } {
  const words = useEditorWords();
  const reasonWords = useReasonWords();
  const verdicts = useVerdicts(consult, unsent, revision);
  const waiting = unsent.map(({ name }) => name).join('/');
  const listed = useMemo(() => {
    const held = new Set(waiting.split('/'));
    const ofHeld = [...verdicts].flatMap(([file, verdict]) => (held.has(file) ? verdict.problems : []));
    const all = [...problems.filter(({ file }) => !held.has(file)), ...ofHeld];
    const names = files.map((file) => file.name);
    return sortProblems(all, names).map((problem) => ({
      problem,
      text: problemText(problem, words, reasonWords),
    }));
  }, [problems, verdicts, waiting, files, words, reasonWords]);
  if (unsent.length === 0) return { listed, sync };
  const worst = listed.some(({ problem }) => problem.severity === 'error');
  return { listed, sync: worst ? 'invalid' : 'pending' };
}
