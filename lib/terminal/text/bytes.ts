// Bytes as the texts that programs of the terminal pass on, without loss: UTF-8, and each byte that is none of it as a lone surrogate
// U+DC80 … U+DCFF (Python's surrogateescape, PEP 383). So an archive of any files goes through a pipe.

const ESCAPE = 0xdc00;
const LONE = /[\udc80-\udcff]/;

/** The bytes of a text. */
export function bytesOf(text: string): Uint8Array {
  const encoder = new TextEncoder();
  if (!LONE.test(text)) return encoder.encode(text);
  const parts: Uint8Array[] = [];
  // In Unicode mode a low surrogate matches only where it stands alone.
  for (const part of text.split(/([\udc80-\udcff]+)/u))
    parts.push(
      /^[\udc80-\udcff]/u.test(part)
        ? Uint8Array.from(part, (c) => c.charCodeAt(0) - ESCAPE)
        : encoder.encode(part),
    );
  return joined(parts);
}

/** The text of whole bytes. */
export function textOf(bytes: Uint8Array): string {
  const decoder = new ByteDecoder();
  return decoder.push(bytes) + decoder.end();
}

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Bytes that come in pieces: a character may be cut between two of them. */
export class ByteDecoder {
  #rest: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): string {
    const all = this.#rest.length === 0 ? bytes : joined([this.#rest, bytes]);
    const cut = all.length - unfinished(all);
    this.#rest = all.slice(cut);
    return decoded(all.subarray(0, cut));
  }

  /** What is left of a character that never came whole. */
  end(): string {
    const rest = this.#rest;
    this.#rest = new Uint8Array();
    return escaped(rest);
  }
}

const escaped = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => String.fromCharCode(ESCAPE + byte)).join('');

/** How many bytes at the end begin a character whose other bytes may still come. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}

/** Bytes of the character that a byte begins; 0: it begins none. */
const lengthOf = (byte: number): number =>
  byte < 0x80
    ? 1
    : byte >= 0xc2 && byte < 0xe0
      ? 2
      : byte >= 0xe0 && byte < 0xf0
        ? 3
        : byte >= 0xf0 && byte < 0xf5
          ? 4
          : 0;

function decoded(bytes: Uint8Array): string {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    return strict.decode(bytes);
  } catch {
    return mixed(bytes, strict);
  }
}

/** Character by character, since not all of it is UTF-8. */
function mixed(bytes: Uint8Array, strict: TextDecoder): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = lengthOf(bytes[at] ?? 0);
    const one = bytes.subarray(at, at + Math.max(1, length));
    const text = length === 0 || one.length < length ? undefined : characterOf(one, strict);
    parts.push(text ?? escaped(one.subarray(0, 1)));
    at += text === undefined ? 1 : length;
  }
  return parts.join('');
}

function characterOf(bytes: Uint8Array, strict: TextDecoder): string | undefined {
  if (bytes.length === 1) return String.fromCharCode(bytes[0] ?? 0);
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}
