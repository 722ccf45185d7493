// HTTP/1.1 requests out of the bytes of a connection, and answers into bytes: the one protocol over TCP that the containers of the
// simulated cluster speak.
import type { HttpRequest, HttpResponse } from '@/lib/terminal/net/http-message';
import { textOf, bytesOf } from '@/lib/terminal/text/bytes';

export interface ReadRequest extends HttpRequest {
  /** The client wants no further answer on this connection. */
  readonly last: boolean;
}

const LONGEST_HEAD = 64 * 1024;
const LONGEST_BODY = 4 * 1024 * 1024;
const REQUEST_LINE = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/;

/** What a Go server says to what is no HTTP (net/http server.go). */
export const BAD_REQUEST: Uint8Array = Buffer.from(
  'HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n400 Bad Request',
);

export class RequestReader {
  #rest: Buffer = Buffer.alloc(0);

  /** The requests that are whole now; 'bad': this is no HTTP. */
  push(bytes: Uint8Array): readonly ReadRequest[] | 'bad' {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    const requests: ReadRequest[] = [];
    for (;;) {
      const request = this.#next();
      if (request === 'bad') return 'bad';
      if (!request) return requests;
      requests.push(request);
    }
  }

  #next(): ReadRequest | 'bad' | undefined {
    const end = this.#rest.indexOf('\r\n\r\n');
    if (end < 0) return this.#hopeless() ? 'bad' : undefined;
    const [first = '', ...lines] = this.#rest.toString('latin1', 0, end).split('\r\n');
    const line = REQUEST_LINE.exec(first);
    const headers = lines.map((text): [string, string] => {
      const at = text.indexOf(':');
      return [text.slice(0, at), text.slice(at + 1).trim()];
    });
    if (!line || lines.some((text) => text.indexOf(':') < 1)) return 'bad';
    const [, method = '', path = '/', minor] = line;
    const header = (name: string): string | undefined =>
      headers.find(([own]) => own.toLowerCase() === name)?.[1];
    const connection = header('connection')?.toLowerCase() ?? '';
    const body = /chunked/i.test(header('transfer-encoding') ?? '')
      ? this.#chunked(end + 4)
      : this.#sized(end + 4, header('content-length') ?? '0');
    if (body === 'bad' || body === undefined) return body;
    this.#rest = this.#rest.subarray(body.end);
    const last = connection.includes('close') || (minor === '0' && !connection.includes('keep-alive'));
    return { method, path, headers, body: textOf(body.bytes), last };
  }

  /** What has come so far cannot begin a request. */
  #hopeless(): boolean {
    const begin = this.#rest.toString('latin1', 0, 16);
    return this.#rest.length > LONGEST_HEAD || !/^[A-Z]*( |$)/.test(begin);
  }

  #sized(from: number, text: string): Body {
    if (!/^\d{1,9}$/.test(text) || Number(text) > LONGEST_BODY) return 'bad';
    const end = from + Number(text);
    return this.#rest.length < end ? undefined : { bytes: this.#rest.subarray(from, end), end };
  }

  #chunked(from: number): Body {
    const parts: Buffer[] = [];
    for (let at = from; ;) {
      const line = this.#rest.indexOf('\r\n', at);
      if (line < 0) return this.#rest.length - from > LONGEST_BODY ? 'bad' : undefined;
      const size = Number.parseInt(this.#rest.toString('latin1', at, line), 16);
      if (!(size >= 0 && size <= LONGEST_BODY)) return 'bad';
      const end = line + 2 + size;
      if (this.#rest.length < end + 2) return undefined;
      if (size === 0) return { bytes: Buffer.concat(parts), end: end + 2 };
      parts.push(this.#rest.subarray(line + 2, end));
      at = end + 2;
    }
  }
}

type Body = { readonly bytes: Buffer; readonly end: number } | 'bad' | undefined;

/** An answer as it goes over the wire. */
export function responseBytes(
  { status, headers, body }: HttpResponse,
  text: string,
  head: boolean,
): Uint8Array {
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return bytesOf(`HTTP/1.1 ${status} ${text}\r\n${lines}\r\n${head ? '' : body}`);
}
