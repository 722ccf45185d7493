// What `kubectl explain` says of types and fields: whoever makes the cluster gives the sentences, so that the engine goes without
// them; else a name says what it can.

/** Sentences about the API's types, by Go's name of the type: v1.ServiceSpec. */
export interface Descriptions {
  type(go: string): string | undefined;
  field(go: string, name: string): string | undefined;
}

export const NO_DESCRIPTIONS: Descriptions = { type: () => undefined, field: () => undefined };

const COMMON: Readonly<Record<string, string>> = {
  apiVersion: 'The version of the API in which this object is written.',
  kind: 'The type of this object.',
  metadata: 'Names, labels and what the server keeps of the object.',
  spec: 'What is wanted.',
  status: 'What is so, as the cluster last saw it. Only the system writes it.',
};

/** The sentence about a type. */
export const describeType = (go: string, { type }: Descriptions): string =>
  type(go) ?? `${plain(go)} of the Kubernetes API.`;

/** The sentence about a field of a type. */
export const describeField = (go: string, name: string, { field }: Descriptions): string =>
  field(go, name) ?? COMMON[name] ?? `The ${words(name)} of the ${words(plain(go))}.`;

const plain = (go: string): string => go.slice(go.lastIndexOf('.') + 1);

/** nodeSelectorTerms → node selector terms. */
const words = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
