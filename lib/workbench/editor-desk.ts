// What the editor asks of the worker that changes nothing: names for completion, the text against the cluster, and what the cluster
// would say to a text that is not applied yet.
import type { ApiReader } from '@/lib/kube/api/types';
import type { Cluster } from '@/lib/sim';
import type { Problem } from '@/lib/sim/types';
import { compareFile, type Comparison } from './editor-compare';
import { vocabularyOf, type Vocabulary } from './editor-vocabulary';

/** A file that the cluster has moved away from since it was applied. */
export type Drift = Pick<Comparison, 'file' | 'objects'>;

/** What the cluster says to a text. */
export interface Verdict {
  readonly outcome: 'applied' | 'invalid' | 'incomplete';
  readonly problems: readonly Problem[];
}

/** Each question with its answer. */
export interface EditorAnswers {
  readonly vocabulary: Vocabulary;
  readonly compare: Comparison;
  readonly drift: readonly Drift[];
  readonly check: Verdict;
}

export type EditorQuestion =
  | { readonly ask: 'vocabulary' | 'drift' }
  | { readonly ask: 'compare' | 'check'; readonly file: string; readonly text: string };

export type EditorAnswer = EditorAnswers[EditorQuestion['ask']];
export type AnswerTo<Q extends EditorQuestion> = EditorAnswers[Q['ask']];

type DeskCluster = Pick<Cluster, 'k8s' | 'snapshot' | 'restore' | 'applyText'> & { readonly api: ApiReader };

/** Answers a question; the cluster is afterwards as before. `files`: the texts that were applied last, without errors. */
export function answerEditor(
  cluster: DeskCluster,
  files: readonly { readonly name: string; readonly text: string }[],
  question: EditorQuestion,
): EditorAnswer {
  switch (question.ask) {
    case 'vocabulary':
      return vocabularyOf(cluster.api);
    case 'drift':
      return files.flatMap(({ name, text }) => {
        const { objects } = compareFile(cluster, name, text);
        const moved = objects.filter(({ state }) => state !== 'same');
        return moved.length > 0 ? [{ file: name, objects: moved }] : [];
      });
    case 'compare':
      return compareFile(cluster, question.file, question.text);
    case 'check':
      return verdict(cluster, question.file, question.text);
  }
}

function verdict(cluster: DeskCluster, file: string, text: string): Verdict {
  const before = cluster.snapshot();
  const { outcome, problems } = cluster.applyText(file, text);
  cluster.restore(before);
  return { outcome, problems };
}
