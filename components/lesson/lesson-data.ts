// What the server hands a lesson page: the lab's words and start, as plain data.
import type { JourneyQuestion } from '@/lib/course/journey';
import type { LabWords } from '@/lib/course/types';
import type { Locale } from '@/lib/i18n/locales';
import type { K8sVersion } from '@/lib/kube/versions';
import type { SourceFile } from '@/lib/workbench/protocol';

/** A rule of the lab's start, for readers without a running cluster. */
export interface StartRule {
  readonly chain: string;
  readonly text: string;
}

export interface LessonData {
  /** "2.3" */
  readonly id: string;
  /** Where it stands, from the project's root. */
  readonly folder: string;
  readonly lang: Locale;
  readonly words: LabWords;
  readonly versions: readonly K8sVersion[];
  readonly k8s: K8sVersion;
  /** The editor's files at the start. */
  readonly files: readonly SourceFile[];
  /** Ids of the tasks, in order. */
  readonly tasks: readonly string[];
  /** Index of the right option of each prediction. */
  readonly answers: Readonly<Record<string, number>>;
  /** The right order of each ordering question. */
  readonly orders: Readonly<Record<string, readonly number[]>>;
  /** The tables of addresses. */
  readonly journeys: Readonly<Record<string, JourneyQuestion>>;
  readonly startRules: readonly StartRule[];
}

/** What the frontmatter of lesson.*.mdx holds. */
export interface LessonMeta {
  readonly title: string;
  readonly minutes: number;
  readonly audience: readonly string[];
  readonly prerequisites: readonly string[];
  readonly summary: string;
}
