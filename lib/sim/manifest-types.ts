// What parsing a manifest gives: objects, the places of their fields, and problems.
import type { KubeObject } from '@/lib/kube/types';
import type { Place } from './manifest-place';
import type { Problem } from './types';

/** Where a field stands; `exact` is false if it is not written and the nearest field around it is meant. */
export interface FieldPlace extends Place {
  readonly exact: boolean;
}

/** One object of a file. */
export interface ManifestDocument {
  readonly file: string;
  /** Position among the file's objects. */
  readonly index: number;
  /** Absent if something about it is wrong; the problems say what. */
  readonly object: KubeObject | undefined;
  /**
   * Where a field stands, from its key to the end of its value, or its key or value alone. A field that is not written is placed
   * at the key of the nearest one around it. `suits` chooses among list items if the path has no index.
   */
  locate(path: string, what?: 'key' | 'value', suits?: (value: unknown) => boolean): FieldPlace | undefined;
  /** Path of the innermost field at a place (1-based). */
  fieldAt(line: number, column: number): string | undefined;
}

export interface ManifestParse {
  readonly documents: readonly ManifestDocument[];
  readonly problems: readonly Problem[];
}
