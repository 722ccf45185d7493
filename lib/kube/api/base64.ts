// Base64 of bytes, as JSON carries them.
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

export function base64(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b, c] = bytes.subarray(i, i + 3);
    const bits = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    text += ALPHABET[bits >> 18] ?? '';
    text += ALPHABET[(bits >> 12) & 63] ?? '';
    text += b === undefined ? '=' : (ALPHABET[(bits >> 6) & 63] ?? '');
    text += c === undefined ? '=' : (ALPHABET[bits & 63] ?? '');
  }
  return text;
}

/** Base64 of a text's UTF-8. */
export const base64OfText = (text: string): string => base64(new TextEncoder().encode(text));
