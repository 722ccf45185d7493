// Frames of SPDY/3.1 as bytes (draft-mbelshe-httpbis-spdy-00, section 2): what a Kubernetes client and server use of it.
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { SPDY_DICTIONARY } from './spdy-dictionary';

export type Headers = ReadonlyMap<string, string>;

export type Frame =
  | { readonly type: 'syn-stream'; readonly stream: number; readonly fin: boolean; readonly headers: Headers }
  | { readonly type: 'syn-reply'; readonly stream: number; readonly fin: boolean; readonly headers: Headers }
  | { readonly type: 'data'; readonly stream: number; readonly fin: boolean; readonly bytes: Uint8Array }
  | { readonly type: 'reset'; readonly stream: number; readonly code: number }
  | { readonly type: 'ping'; readonly id: number }
  | { readonly type: 'goaway' }
  /** SETTINGS, HEADERS, WINDOW_UPDATE: read over. Kubernetes' implementation has no flow control either. */
  | { readonly type: 'other' };

/** Bytes that are no SPDY: the connection cannot go on. */
export class SpdyError extends Error {}

const VERSION = 3;
const TYPES = { synStream: 1, synReply: 2, reset: 3, ping: 6, goaway: 7, headers: 8 } as const;
const FIN = 1;
const HEADER = 8;
/** No client sends longer frames. */
const LONGEST = 4 * 1024 * 1024;
const LONGEST_HEADERS = 64 * 1024;
const WINDOW = 32 * 1024;
/** CMF and FLG with FDICT, then the Adler-32 of the dictionary (RFC 1950). */
const ZLIB_HEAD = Buffer.from('78bbe3c6a7c2', 'hex');

/** What both ends of the compression remember: the last 32 KB of text, the dictionary before all. */
class Window {
  bytes: Buffer = SPDY_DICTIONARY;
  begun = false;

  add(text: Uint8Array): void {
    this.bytes = Buffer.concat([this.bytes, text]).subarray(-WINDOW);
  }
}

/** Reads frames out of a stream of bytes. One zlib stream goes through all header blocks, flushed after each. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);
  readonly #window = new Window();

  /** The frames that are whole now. Throws SpdyError. */
  push(bytes: Uint8Array): readonly Frame[] {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const frames: Frame[] = [];
    while (this.#rest.length >= HEADER) {
      const length = this.#rest.readUIntBE(5, 3);
      if (length > LONGEST) throw new SpdyError(`a frame of ${length} bytes`);
      if (this.#rest.length < HEADER + length) break;
      const frame = this.#rest.subarray(0, HEADER + length);
      this.#rest = this.#rest.subarray(HEADER + length);
      frames.push(this.#frame(frame));
    }
    return frames;
  }

  #frame(frame: Buffer): Frame {
    const word = frame.readUInt32BE(0);
    const fin = ((frame[4] ?? 0) & FIN) !== 0;
    const payload = frame.subarray(HEADER);
    if (word < 0x80000000) return { type: 'data', stream: word, fin, bytes: payload };
    if (((word >>> 16) & 0x7fff) !== VERSION) throw new SpdyError('not version 3 of SPDY');
    const type = word & 0xffff;
    const number = (at: number): number => {
      if (payload.length < at + 4) throw new SpdyError('a frame is too short');
      return payload.readUInt32BE(at) & 0x7fffffff;
    };
    switch (type) {
      case TYPES.synStream:
        return { type: 'syn-stream', stream: number(0), fin, headers: this.#headers(payload.subarray(10)) };
      case TYPES.synReply:
        return { type: 'syn-reply', stream: number(0), fin, headers: this.#headers(payload.subarray(4)) };
      case TYPES.headers:
        this.#headers(payload.subarray(4));
        return { type: 'other' };
      case TYPES.reset:
        return { type: 'reset', stream: number(0), code: number(4) };
      case TYPES.ping:
        return { type: 'ping', id: number(0) };
      case TYPES.goaway:
        return { type: 'goaway' };
      default:
        return { type: 'other' };
    }
  }

  #headers(block: Buffer): Headers {
    const head = this.#window.begun ? 0 : (block[1] ?? 0) & 0x20 ? ZLIB_HEAD.length : 2;
    this.#window.begun = true;
    let text: Buffer;
    try {
      text = inflateRawSync(block.subarray(head), {
        dictionary: this.#window.bytes,
        finishFlush: constants.Z_SYNC_FLUSH,
        maxOutputLength: LONGEST_HEADERS,
      });
    } catch {
      throw new SpdyError('headers that cannot be decompressed');
    }
    this.#window.add(text);
    return headersOf(text);
  }
}

/** Pairs of texts, each behind its length, and their number before them. */
function headersOf(text: Buffer): Headers {
  let at = 0;
  const number = (): number => {
    if (at + 4 > text.length) throw new SpdyError('headers end too early');
    at += 4;
    return text.readUInt32BE(at - 4);
  };
  const string = (): string => {
    const length = number();
    if (at + length > text.length) throw new SpdyError('headers end too early');
    at += length;
    return text.toString('latin1', at - length, at);
  };
  const headers = new Map<string, string>();
  for (let left = number(); left > 0; left--) {
    const name = string().toLowerCase();
    headers.set(name, string());
  }
  return headers;
}

/** Writes frames. */
export class FrameWriter {
  readonly #window = new Window();

  synStream(stream: number, headers: Headers, fin = false): Buffer {
    const ids = Buffer.alloc(10);
    ids.writeUInt32BE(stream, 0);
    return control(TYPES.synStream, fin, Buffer.concat([ids, this.#headers(headers)]));
  }

  synReply(stream: number, headers: Headers = new Map()): Buffer {
    return control(TYPES.synReply, false, Buffer.concat([numbers(stream), this.#headers(headers)]));
  }

  data(stream: number, bytes: Uint8Array, fin = false): Buffer {
    const head = Buffer.alloc(HEADER);
    head.writeUInt32BE(stream, 0);
    head.writeUInt8(fin ? FIN : 0, 4);
    head.writeUIntBE(bytes.length, 5, 3);
    return Buffer.concat([head, bytes]);
  }

  reset(stream: number, code: number): Buffer {
    return control(TYPES.reset, false, numbers(stream, code));
  }

  ping(id: number): Buffer {
    return control(TYPES.ping, false, numbers(id));
  }

  goaway(lastStream: number, code: number): Buffer {
    return control(TYPES.goaway, false, numbers(lastStream, code));
  }

  #headers(headers: Headers): Buffer {
    const parts: Buffer[] = [numbers(headers.size)];
    for (const [name, value] of headers)
      for (const text of [name, value]) parts.push(numbers(text.length), Buffer.from(text, 'latin1'));
    const text = Buffer.concat(parts);
    const block = deflateRawSync(text, {
      dictionary: this.#window.bytes,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
    this.#window.add(text);
    if (this.#window.begun) return block;
    this.#window.begun = true;
    return Buffer.concat([ZLIB_HEAD, block]);
  }
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}

function control(type: number, fin: boolean, payload: Buffer): Buffer {
  const head = Buffer.alloc(HEADER);
  head.writeUInt16BE(0x8000 | VERSION, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt8(fin ? FIN : 0, 4);
  head.writeUIntBE(payload.length, 5, 3);
  return Buffer.concat([head, payload]);
}
