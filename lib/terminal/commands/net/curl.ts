// curl 7.88: HTTP requests over the simulated network, with the real one's words and exit codes (6 no such host, 7 refused, 28 timed out,
// 52 no answer, 35 and 60 TLS).
import { parseIp } from '@/lib/core/ip';
import { dial, hostPort, waitInVain } from '../../net/caller';
import { connectFailure, GLIBC } from '../../net/connect-failure';
import { requestText, responseText } from '../../net/http-text';
import type { HttpRequest, HttpResponse } from '../../net/http-message';
import { httpPeer } from '../../net/http-server';
import { resolve } from '../../net/resolver';
import {
  done,
  EVERYWHERE,
  failed,
  type Command,
  type CommandContext,
  type Process,
  type Steps,
} from '../../types';
import { parseCurl, parseUrl, type CurlOptions, type CurlUrl } from './curl-options';
import { statusText, writeOut, type Transfer } from './curl-write-out';

const REDIRECTS = 50;

export const curl: Command = {
  name: 'curl',
  summary: 'asks a server over HTTP',
  on: EVERYWHERE,
  reads: 'none',
  run(context) {
    const options = parseCurl(context.args);
    if (options === 'version') return done(VERSION);
    if (options === 'help') return done(HELP);
    if ('error' in options) return failed(options.error, 2);
    return transfers(options, context);
  },
};

const VERSION = `curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1 OpenSSL/3.0.15 zlib/1.2.13
Release-Date: 2023-02-20
Protocols: http https telnet
Features: alt-svc AsynchDNS HTTPS-proxy IPv6 Largefile SSL UnixSockets
`;
const HELP = `Usage: curl [options...] <url>
 -d, --data <data>          HTTP POST data
 -f, --fail                 Fail fast with no output on HTTP errors
 -h, --help <category>      Get help for commands
 -i, --include              Include protocol response headers in the output
 -o, --output <file>        Write to file instead of stdout
 -s, --silent               Silent mode
 -v, --verbose              Make the operation more talkative
 -m, --max-time <seconds>   Maximum time allowed for transfer
     --connect-timeout <s>  Maximum time allowed for connection
`;

/** How one transfer ended. */
interface Failure {
  readonly exit: number;
  readonly text: string;
}

function* transfers(options: CurlOptions, context: CommandContext): Process {
  let exit = 0;
  for (const text of options.urls) {
    for (let tries = 0; ; tries++) {
      const result = yield* oneTransfer(text, options, context);
      exit = result;
      const again = result === 28 || (result === 7 && options.retryRefused) || result === 52;
      if (!again || tries >= options.retries) break;
      const delay = options.retryDelayMs ?? Math.min(1000 * 2 ** tries, 600_000);
      if (!options.silent) {
        const problem = result === 28 ? 'timeout' : 'connection refused';
        const left = options.retries - tries;
        yield {
          kind: 'stderr',
          text: `Warning: Problem: ${problem}. Will retry in ${delay / 1000} seconds. ${left} ${left === 1 ? 'retry' : 'retries'} left.\n`,
        };
      }
      yield { kind: 'wait', ms: delay };
    }
  }
  return exit;
}

function* oneTransfer(text: string, options: CurlOptions, context: CommandContext): Process {
  const started = context.cluster.now;
  const transfer: Transfer = {
    url: text,
    status: 0,
    remote: '',
    local: '',
    size: 0,
    headerSize: 0,
    type: '',
    startedAt: started,
    method: 'GET',
    redirects: 0,
    redirectUrl: '',
  };
  const failure = yield* fetched(text, options, context, transfer);
  if (failure) {
    if (options.verbose && failure.exit !== 3 && failure.exit !== 1)
      yield { kind: 'stderr', text: '* Closing connection 0\n' };
    if (!options.silent || options.showError) yield { kind: 'stderr', text: `curl: ${failure.text}\n` };
  }
  if (options.writeOut !== undefined) {
    const written = writeOut(options.writeOut, transfer, context.cluster.now - started, failure?.exit ?? 0);
    if (written.stdout !== '') yield { kind: 'stdout', text: written.stdout };
    if (written.stderr !== '') yield { kind: 'stderr', text: written.stderr };
  }
  return failure?.exit ?? 0;
}

function* fetched(
  text: string,
  options: CurlOptions,
  context: CommandContext,
  transfer: Transfer,
): Steps<Failure | undefined> {
  let target = text;
  for (let hop = 0; ; hop++) {
    const url = parseUrl(target);
    if ('error' in url) return { exit: url.exit, text: url.error };
    transfer.url = normalized(url);
    const response = yield* exchange(url, options, context, transfer);
    if ('text' in response) return response;
    const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    transfer.redirectUrl = location ?? '';
    if (!options.location || location === undefined || hop >= REDIRECTS)
      return yield* shown(response, options, context, transfer);
    transfer.redirects++;
    target = location.startsWith('/') ? `${url.scheme}://${url.host}:${url.port}${location}` : location;
  }
}

const normalized = ({ scheme, host, port, portGiven, path }: CurlUrl): string =>
  `${scheme}://${host.includes(':') ? `[${host}]` : host}${portGiven ? `:${port}` : ''}${path}`;

/** Looks the host up, connects, asks. */
function* exchange(
  url: CurlUrl,
  options: CurlOptions,
  context: CommandContext,
  transfer: Transfer,
): Steps<HttpResponse | Failure> {
  const { cluster } = context;
  const say = (line: string): Steps<void> => note(options.verbose, line);
  const left = (): number => (options.maxTimeMs ?? Infinity) - (cluster.now - transfer.startedAt);
  const pinned = options.resolve
    .map((r) => r.split(':'))
    .find(([h, p]) => h === url.host && Number(p) === url.port);
  const known = pinned
    ? {
        addresses: [
          pinned
            .slice(2)
            .join(':')
            .replace(/^\[|\]$/g, ''),
        ],
      }
    : yield* within(resolve(url.host, context, options.family ? [options.family] : ['A', 'AAAA']), options);
  if (known === 'late') {
    const ms = Math.min(options.maxTimeMs ?? Infinity, options.connectTimeoutMs ?? Infinity);
    yield* say(`* Resolving timed out after ${ms} milliseconds`);
    return { exit: 28, text: `(28) Resolving timed out after ${ms} milliseconds` };
  }
  if (!known) {
    yield* say(`* Could not resolve host: ${url.host}`);
    return { exit: 6, text: `(6) Could not resolve host: ${url.host}` };
  }
  const connected = yield* connect(url, known.addresses, options, context, transfer, left);
  if ('text' in connected) return connected;
  const peer = httpPeer(connected, cluster);
  if (url.scheme === 'https') {
    if (!peer.tls)
      return { exit: 35, text: '(35) OpenSSL/3.0.15: error:0A00010B:SSL routines::wrong version number' };
    if (!options.insecure) return { exit: 60, text: CERTIFICATE };
  }
  const request = requestOf(url, options);
  transfer.method = request.method;
  if (options.verbose) {
    yield* say(`> ${request.method} ${request.path} HTTP/1.1\r`);
    for (const [name, value] of request.headers) yield* say(`> ${name}: ${value}\r`);
    yield* say('> \r');
  }
  if (peer.tls && url.scheme !== 'https')
    return {
      status: 400,
      headers: [['Content-Length', '48']],
      body: 'Client sent an HTTP request to an HTTPS server.\n',
    };
  const answer = peer.answer(request);
  // What goes over TLS cannot be read on the wire.
  if (!peer.tls)
    cluster.network.tell(connected, {
      http: { request: requestText(request), response: answer === 'silent' ? '' : responseText(answer) },
    });
  if (answer !== 'silent') return answer;
  yield* say('* Empty reply from server');
  return { exit: 52, text: '(52) Empty reply from server' };
}

const CERTIFICATE = `(60) SSL certificate problem: unable to get local issuer certificate
More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the web page mentioned above.`;

/** A computation that is broken off when curl's own time is over. */
function* within<T>(steps: Steps<T>, options: CurlOptions): Steps<T | 'late'> {
  const limit = Math.min(options.maxTimeMs ?? Infinity, options.connectTimeoutMs ?? Infinity);
  let passed = 0;
  let next = steps.next();
  while (!next.done) {
    if (next.value.kind !== 'wait') {
      next = steps.next(yield next.value);
      continue;
    }
    if (passed + next.value.ms >= limit) {
      yield { kind: 'wait', ms: limit - passed };
      return 'late';
    }
    passed += next.value.ms;
    next = steps.next(yield next.value);
  }
  return next.value;
}

function* connect(
  url: CurlUrl,
  addresses: readonly string[],
  options: CurlOptions,
  context: CommandContext,
  transfer: Transfer,
  left: () => number,
): Steps<NonNullable<ReturnType<typeof dial>> | Failure> {
  const { cluster } = context;
  const began = cluster.now;
  const say = (line: string): Steps<void> => note(options.verbose, line);
  const connectLeft = (): number => (options.connectTimeoutMs ?? 300_000) - (cluster.now - began);
  let exit = 7;
  for (const address of addresses) {
    yield* say(`*   Trying ${address.includes(':') ? `[${address}]` : address}:${url.port}...`);
    const trace = dial(context, address, url.port, 'tcp');
    if (trace?.verdict === 'delivered') {
      transfer.remote = `${address} ${url.port}`;
      const local = hostPort(trace.source);
      transfer.local = `${local.host} ${local.port}`;
      yield* say(`* Connected to ${url.host} (${address}) port ${url.port} (#0)`);
      return trace;
    }
    const { errno, afterMs: wait } = connectFailure(trace);
    const limit = Math.min(left(), connectLeft());
    if (wait > 0 && limit < wait) {
      yield* waitInVain(context, trace, Math.max(0, limit));
      const ms = cluster.now - began;
      const late =
        left() <= 0
          ? `Connection timed out after ${ms} milliseconds`
          : `Failed to connect to ${url.host} port ${url.port} after ${ms} ms: Timeout was reached`;
      yield* say(`* ${late}`);
      return { exit: 28, text: `(28) ${late}` };
    }
    if (wait > 0) yield* waitInVain(context, trace, wait);
    // ETIMEDOUT of the last address is told by the exit code alone (lib/connect.c is_connected).
    exit = errno === 'ETIMEDOUT' ? 28 : 7;
    yield* say(`* connect to ${address} port ${url.port} failed: ${GLIBC[errno]}`);
  }
  const text = `Failed to connect to ${url.host} port ${url.port} after ${cluster.now - began} ms: Couldn't connect to server`;
  yield* say(`* ${text}`);
  return { exit, text: `(${exit}) ${text}` };
}

function* note(verbose: boolean, line: string): Steps<void> {
  if (verbose) yield { kind: 'stderr', text: `${line}\n` };
}

function requestOf(url: CurlUrl, options: CurlOptions): HttpRequest {
  const own = options.headers.map((h): [string, string] => {
    const at = h.indexOf(':');
    return [h.slice(0, at < 0 ? h.length : at), at < 0 ? '' : h.slice(at + 1).trim()];
  });
  const given = (name: string): boolean => own.some(([n]) => n.toLowerCase() === name.toLowerCase());
  const host = parseIp(url.host)?.family === 'IPv6' ? `[${url.host}]` : url.host;
  const usual: [string, string][] = [
    ['Host', url.portGiven ? `${host}:${url.port}` : host],
    ['User-Agent', options.userAgent],
    ['Accept', '*/*'],
  ];
  const body = options.data ?? '';
  const about: [string, string][] =
    options.data === undefined
      ? []
      : [
          ['Content-Length', String(new TextEncoder().encode(body).length)],
          ['Content-Type', 'application/x-www-form-urlencoded'],
        ];
  return {
    method: options.method ?? (options.head ? 'HEAD' : options.data === undefined ? 'GET' : 'POST'),
    path: url.path,
    headers: [
      ...usual.filter(([n]) => !given(n)),
      ...own.filter(([, v]) => v !== ''),
      ...about.filter(([n]) => !given(n)),
    ],
    body,
  };
}

/** Prints the answer, or writes it into a file. */
function* shown(
  { status, headers, body }: HttpResponse,
  options: CurlOptions,
  context: CommandContext,
  transfer: Transfer,
): Steps<Failure | undefined> {
  const lines = [
    `HTTP/1.1 ${status} ${statusText(status)}\r`,
    ...headers.map(([n, v]) => `${n}: ${v}\r`),
    '\r',
  ];
  transfer.status = status;
  transfer.type = headers.find(([n]) => n.toLowerCase() === 'content-type')?.[1] ?? '';
  transfer.headerSize = lines.join('\n').length + 1;
  for (const line of lines) yield* note(options.verbose, `< ${line}`);
  if (options.fail && status >= 400)
    return { exit: 22, text: `(22) The requested URL returned error: ${status}` };
  const shownBody = options.head || transfer.method === 'HEAD' ? '' : body;
  transfer.size = new TextEncoder().encode(shownBody).length;
  const text = (options.include || options.head ? `${lines.join('\n')}\n` : '') + shownBody;
  const file =
    options.output ?? (options.remoteName ? (transfer.url.split('?')[0] ?? '').split('/').at(-1) : undefined);
  if (file === undefined || file === '-') {
    if (text !== '') yield { kind: 'stdout', text };
  } else if (file !== '/dev/null') {
    if (file === '') return { exit: 23, text: '(23) Remote file name has no length!' };
    if (!context.files.write(file, text))
      return { exit: 23, text: '(23) Failure writing output to destination' };
  }
  yield* note(options.verbose, `* Connection #0 to host ${parseUrlHost(transfer.url)} left intact`);
  return undefined;
}

const parseUrlHost = (url: string): string => {
  const parsed = parseUrl(url);
  return 'host' in parsed ? parsed.host : '';
};
