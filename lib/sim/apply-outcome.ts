// What became of a text that was applied.
import type { ManifestDocument } from './manifest';
import type { Problem } from './types';

export interface ApplyOutcome {
  readonly outcome: 'applied' | 'invalid' | 'incomplete';
  readonly problems: readonly Problem[];
  readonly documents: readonly ManifestDocument[];
}
