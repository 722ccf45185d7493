// How text becomes words that can be looked up. Chinese has no spaces: every two neighbouring characters are a word, which finds
// any phrase of two characters or more and needs no dictionary (one of the browser's would differ from that of the build).
// Names of Kubernetes and Linux are kept whole and in parts: KUBE-SEP, sessionAffinity, nf_conntrack_max.

/** A run of Chinese characters, or a name with its joints. */
const RUN =
  /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+(?:[-_./:](?:(?!\p{Script=Han})[\p{L}\p{N}])+)*/gu;
const JOINT = /[-_./:]/;
const HUMP = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const HAN = /^\p{Script=Han}/u;

export const isHan = (token: string): boolean => HAN.test(token);

/** All words under which a text is found. */
export const indexTokens = (text: string): string[] =>
  runs(text).flatMap((run) =>
    isHan(run)
      ? [...bigrams(run), ...run]
      : [...new Set([run, ...run.split(JOINT), ...parts(run)].map(lower))],
  );

/** What is asked for: each word must be found; a name whole, or if that is nowhere, all of its parts. */
export interface Wanted {
  readonly whole: string;
  readonly parts: readonly string[];
}

export const queryWords = (query: string): readonly Wanted[] =>
  runs(query).flatMap((run): readonly Wanted[] =>
    isHan(run)
      ? (run.length === 1 ? [run] : bigrams(run)).map((pair) => ({ whole: pair, parts: [] }))
      : [{ whole: lower(run), parts: parts(run) }],
  );

const runs = (text: string): readonly string[] => text.normalize('NFKC').match(RUN) ?? [];
const lower = (text: string): string => text.toLowerCase();

function parts(name: string): readonly string[] {
  const all = name.split(JOINT).flatMap((part) => part.split(HUMP));
  return all.length > 1 ? all.map(lower) : [];
}

function bigrams(run: string): readonly string[] {
  const characters = [...run];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}
