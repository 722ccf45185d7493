// Continue tokens: where a list in pieces goes on, and in which state (k8s.io/apiserver pkg/storage/continue.go).

export interface ContinueAt {
  /** -1: the latest state. */
  readonly version: number;
  /** "namespace\0name" of the first object of the next piece. */
  readonly start: string;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** base64url without padding, of ASCII. */
function encoded(text: string): string {
  let bits = 0;
  let held = 0;
  let out = '';
  for (const char of text) {
    bits = (bits << 8) | (char.charCodeAt(0) & 255);
    held += 8;
    while (held >= 6) {
      held -= 6;
      out += ALPHABET[(bits >> held) & 63] ?? '';
    }
    bits &= (1 << held) - 1;
  }
  return held > 0 ? out + (ALPHABET[(bits << (6 - held)) & 63] ?? '') : out;
}

function decoded(text: string): string | undefined {
  let bits = 0;
  let held = 0;
  let out = '';
  for (const char of text.replace(/=+$/, '')) {
    const value = ALPHABET.indexOf(char);
    if (value < 0) return undefined;
    bits = (bits << 6) | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += String.fromCharCode((bits >> held) & 255);
    bits &= (1 << held) - 1;
  }
  return out;
}

export const continueToken = ({ version, start }: ContinueAt): string =>
  encoded(JSON.stringify({ v: 'meta.k8s.io/v1', rv: version, start }));

/** What a token says; undefined if it is none. */
export function parseContinue(token: string): ContinueAt | undefined {
  const text = decoded(token);
  if (text === undefined) return undefined;
  try {
    const { v, rv, start } = JSON.parse(text) as { v?: unknown; rv?: unknown; start?: unknown };
    if (v !== 'meta.k8s.io/v1' || typeof rv !== 'number' || typeof start !== 'string') return undefined;
    return { version: rv, start };
  } catch {
    return undefined;
  }
}
