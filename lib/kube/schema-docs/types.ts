// The sentences that explain the API's fields, in both languages side by side. Types, enums and the versions that have a field are
// not said here: they come from lib/kube/api/schema.

/** The same sentence in both languages. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

export interface FieldDoc extends Text {
  /** What the API server fills in, as YAML writes it. */
  readonly default?: string;
  /** When that default holds, if not always. */
  readonly defaultWhen?: Text;
  /** What the field changes in the rules that kube-proxy writes (iptables mode). */
  readonly rules?: Text;
  /** The feature gate without which the server drops the field. */
  readonly gate?: string;
  /** Values that matter, where the type is plain text. */
  readonly values?: readonly string[];
  /** Numbers that are allowed. */
  readonly range?: readonly [min: number, max: number];
}

export interface TypeDoc {
  /** What an object of the type is. */
  readonly about: Text;
  readonly fields: Readonly<Record<string, FieldDoc>>;
}

/** By Go's name of the type: v1.ServiceSpec. */
export type TypeDocs = Readonly<Record<string, TypeDoc>>;

/** A text in both languages. */
export const text = (en: string, zh: string): Text => ({ en, zh });

type More = Omit<FieldDoc, 'en' | 'zh'>;

/** A field's sentence, and what else is known of it. */
export const field = (en: string, zh: string, more: More = {}): FieldDoc => ({ en, zh, ...more });
