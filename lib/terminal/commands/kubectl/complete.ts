// Completion of kubectl lines: verbs, types, names, namespaces, flags (k8s.io/kubectl pkg/util/completion).
import type { CompletionContext } from '../../types';

/** Words that may stand at the cursor. */
export function complete(words: readonly string[], context: CompletionContext): readonly string[] {
  void words;
  void context;
  return [];
}
