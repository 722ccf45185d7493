// The placement test: questions as data without a language. Words are looked up by code; names, addresses and outputs stand as they are.

export type Option =
  /** A name, a number or an address. */
  | { readonly raw: string }
  /** A code of the placement words. */
  | { readonly word: string };

export interface Question {
  readonly id: string;
  /** The lesson that teaches it. */
  readonly lesson: string;
  /** Code of the question's sentence; the explanation's is `why`. */
  readonly code: string;
  readonly why: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** YAML or what a command printed: shown as it is. */
  readonly shown?: string;
  readonly options: readonly Option[];
  /** Index of the right one. */
  readonly correct: number;
  /** Its answer was worked out by the simulated cluster of this draw. */
  readonly computed: boolean;
}

/** So many right answers of all: stage 1 is known. */
export const PASS_MARK = 6;
