// What the page tells the editor, and what it hears from it.
import type { Locale } from '@/lib/i18n/locales';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Problem } from '@/lib/sim/types';
import type { RuleLocation, SourceFile } from '@/lib/workbench/protocol';
import type { SyncState } from './problem-text';
import type { Consult } from './use-desk';
import type { Reveal } from './use-sync';

export interface EditorProps {
  readonly files: readonly SourceFile[];
  /** Files that cannot be renamed or deleted. */
  readonly fixed: readonly string[];
  /** Under which name texts that are not applied yet are kept in the browser. */
  readonly lesson: string;
  readonly k8s: K8sVersion;
  readonly problems: readonly Problem[];
  /** Lines that the selected rule follows from. */
  readonly highlights: readonly RuleLocation[];
  readonly sync: Exclude<SyncState, 'pending'>;
  readonly locale: Locale;
  /** Counts the states of the cluster. */
  readonly revision: number;
  /** Counts resets: texts that wait to be applied are dropped then. */
  readonly resets: number;
  readonly consult: Consult;
  /** A line to bring into view; a new object brings it again. */
  readonly reveal?: Reveal;
  readonly onChange: (file: string, text: string) => void;
  readonly onCursor: (file: string, line: number, column: number) => void;
}
