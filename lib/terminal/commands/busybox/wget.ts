// BusyBox's wget (networking/wget.c, libbb/progress.c).
import { dial, waitInVain } from '../../net/caller';
import type { HttpRequest } from '../../net/http-message';
import { connectFailure } from '../../net/connect-failure';
import { requestText, responseText } from '../../net/http-text';
import { httpPeer } from '../../net/http-server';
import { resolve } from '../../net/resolver';
import type { CommandContext, Process } from '../../types';
import { parseUrl } from '../net/curl-options';
import { statusText } from '../net/curl-write-out';
import { readOptions } from '../text/options';
import { strerror } from './failure';

/** Seconds without -T. */
const PATIENCE = 900;

export function* wget(context: CommandContext): Process {
  const options = readOptions('wget', context.args, {
    flags: 'cqS',
    valued: 'OoPYUTt',
    long: {
      continue: 'c',
      quiet: 'q',
      'server-response': 'S',
      'output-document=': 'O',
      'timeout=': 'T',
      'tries=': 't',
      'user-agent=': 'U',
      'header=': 'h',
      'post-data=': 'd',
      spider: 'z',
      'no-check-certificate': 'k',
    },
  });
  if ('exit' in options) {
    yield { kind: 'stderr', text: options.stderr };
    return 1;
  }
  const { flags, values, rest } = options;
  const quiet = flags.has('q');
  const note = function* (text: string): Process {
    if (!quiet) yield { kind: 'stderr', text };
    return 0;
  };
  const die = function* (message: string): Process {
    yield { kind: 'stderr', text: `wget: ${message}\n` };
    return 1;
  };
  const [text] = rest;
  if (text === undefined) {
    yield {
      kind: 'stderr',
      text: 'Usage: wget [-cqS] [--spider] [-O FILE] [--header STR] [--post-data STR] [-T SEC] URL...\n',
    };
    return 1;
  }
  const url = parseUrl(text);
  if ('error' in url || (url.scheme !== 'http' && url.scheme !== 'https'))
    return yield* die(`not an http or ftp url: ${text}`);
  const host = url.portGiven ? `${url.host}:${url.port}` : url.host;
  const address = (yield* resolve(url.host, context))?.addresses[0];
  if (address === undefined) return yield* die(`bad address '${host}'`);
  const numeric = address.includes(':') ? `[${address}]` : address;
  yield* note(`Connecting to ${host} (${numeric}:${url.port})\n`);
  const limit = (Number(values.get('T')?.at(-1) ?? PATIENCE) || Infinity) * 1000;
  const trace = dial(context, address, url.port, 'tcp');
  if (trace?.verdict !== 'delivered') {
    const { afterMs } = connectFailure(trace);
    if (afterMs > 0) yield* waitInVain(context, trace, Math.min(limit, afterMs));
    if (limit < afterMs) return yield* die('download timed out');
    return yield* die(`can't connect to remote host (${address}): ${strerror(trace, context)}`);
  }
  const posted = values.get('d')?.at(-1);
  const request: HttpRequest = {
    method: posted === undefined ? 'GET' : 'POST',
    path: url.path,
    headers: [['Host', host], ...(values.get('h') ?? []).map(headerOf)],
    body: posted ?? '',
  };
  const answer = httpPeer(trace, context.cluster).answer(request);
  const response = answer === 'silent' ? '' : responseText(answer);
  context.cluster.network.tell(trace, { http: { request: requestText(request), response } });
  if (answer === 'silent') return yield* die('error getting response');
  const status = `HTTP/1.1 ${answer.status} ${statusText(answer.status)}`;
  const shows = flags.has('S');
  if (shows) yield { kind: 'stderr', text: `  ${status}\n` };
  if (answer.status > 204) return yield* die(`server returned error: ${status}`);
  if (shows)
    yield { kind: 'stderr', text: `${answer.headers.map(([n, v]) => `  ${n}: ${v}\n`).join('')}  \n` };
  if (flags.has('z')) {
    yield* note('remote file exists\n');
    return 0;
  }
  const named = values.get('O')?.at(-1);
  const file = named ?? (url.path.split('/').at(-1) || 'index.html');
  if (named === undefined && context.files.kind(file)) return yield* die(`can't open '${file}': File exists`);
  yield* note(file === '-' ? 'writing to stdout\n' : `saving to '${file}'\n`);
  if (file === '-') yield { kind: 'stdout', text: answer.body };
  else if (file !== '/dev/null' && !context.files.write(file, answer.body))
    return yield* die(`can't open '${file}': Permission denied`);
  yield* note(`${meter(file, new TextEncoder().encode(answer.body).length)}\n`);
  yield* note(file === '-' ? 'written to stdout\n' : `'${file}' saved\n`);
  return 0;
}

function headerOf(text: string): readonly [string, string] {
  const [name = '', ...value] = text.split(':');
  return [name, value.join(':').trim()];
}

/** The last picture of the progress meter. */
function meter(file: string, size: number): string {
  const name = (file.split('/').at(-1) ?? '').slice(0, 20).padEnd(20);
  const amount = size < 100_000 ? String(size).padStart(5) : `${Math.floor(size / 1024)}k`.padStart(5);
  return `${name} 100% |${'*'.repeat(32)}| ${amount}  0:00:00 ETA`;
}
