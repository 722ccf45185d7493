// UTF-8 bytes as text.
const decoder = new TextDecoder();

export const utf8Text = (bytes: Uint8Array): string => decoder.decode(bytes);
