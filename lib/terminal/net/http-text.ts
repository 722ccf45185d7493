// HTTP/1.1 messages as they go over the wire.
import { statusText } from '../commands/net/curl-write-out';
import type { HttpRequest, HttpResponse } from './http-message';

const message = (first: string, headers: HttpRequest['headers'], body: string): string =>
  [first, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n');

export const requestText = ({ method, path, headers, body }: HttpRequest): string =>
  message(`${method} ${path} HTTP/1.1`, headers, body);

export const responseText = ({ status, headers, body }: HttpResponse): string =>
  message(`HTTP/1.1 ${status} ${statusText(status)}`, headers, body);
