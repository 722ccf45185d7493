// curl's command line, as far as it is known here (curl 7.88; src/tool_getparam.c).

export interface CurlOptions {
  readonly urls: readonly string[];
  readonly silent: boolean;
  readonly showError: boolean;
  readonly verbose: boolean;
  readonly include: boolean;
  readonly head: boolean;
  readonly fail: boolean;
  readonly insecure: boolean;
  readonly location: boolean;
  readonly family: 'A' | 'AAAA' | undefined;
  readonly output: string | undefined;
  readonly remoteName: boolean;
  readonly writeOut: string | undefined;
  readonly maxTimeMs: number | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly method: string | undefined;
  readonly data: string | undefined;
  readonly headers: readonly string[];
  readonly userAgent: string;
  readonly retries: number;
  readonly retryDelayMs: number | undefined;
  readonly retryRefused: boolean;
  /** host:port:address */
  readonly resolve: readonly string[];
}

const HINT = "curl: try 'curl --help' or 'curl --manual' for more information";
/** Options that take a value, by their long names; short ones beside them. */
const VALUED: Readonly<Record<string, string>> = {
  o: 'output',
  w: 'write-out',
  m: 'max-time',
  X: 'request',
  d: 'data',
  H: 'header',
  A: 'user-agent',
  u: 'user',
  x: 'proxy',
  e: 'referer',
  T: 'upload-file',
  b: 'cookie',
};
const LONG_VALUED = [
  ...Object.values(VALUED),
  'connect-timeout',
  'retry',
  'retry-delay',
  'retry-max-time',
  'resolve',
  'interface',
  'local-port',
  'data-raw',
  'cacert',
  'cert',
  'key',
  'url',
  'connect-to',
];
const FLAGS: Readonly<Record<string, string>> = {
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  i: 'include',
  I: 'head',
  f: 'fail',
  k: 'insecure',
  L: 'location',
  4: 'ipv4',
  6: 'ipv6',
  O: 'remote-name',
  g: 'globoff',
  G: 'get',
  N: 'no-buffer',
  V: 'version',
  h: 'help',
};
const LONG_FLAGS = [
  ...Object.values(FLAGS),
  'retry-connrefused',
  'http1.1',
  'http1.0',
  'http2',
  'compressed',
  'no-progress-meter',
  'progress-bar',
  'no-keepalive',
  'fail-with-body',
  'retry-all-errors',
];

/** The options, or what curl says of them (exit 2), or a request for help. */
export function parseCurl(
  args: readonly string[],
): CurlOptions | { readonly error: string } | 'version' | 'help' {
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const urls: string[] = [];
  const error = (text: string) => ({ error: `curl: ${text}\n${HINT}` });
  for (let i = 0; i < args.length; i++) {
    const word = args[i] ?? '';
    if (word.startsWith('--') && word.length > 2) {
      const name = word.slice(2);
      if (LONG_FLAGS.includes(name)) flags.add(name);
      else if (LONG_VALUED.includes(name)) {
        const value = args[++i];
        if (value === undefined) return error(`option ${word}: requires parameter`);
        values.set(name, [...(values.get(name) ?? []), value]);
      } else return error(`option ${word}: is unknown`);
    } else if (word.startsWith('-') && word.length > 1 && word !== '--') {
      for (let at = 1; at < word.length; at++) {
        const letter = word[at] ?? '';
        const valued = VALUED[letter];
        const flag = FLAGS[letter];
        if (flag !== undefined) flags.add(flag);
        else if (valued !== undefined) {
          const value = at + 1 < word.length ? word.slice(at + 1) : args[++i];
          if (value === undefined) return error(`option -${letter}: requires parameter`);
          values.set(valued, [...(values.get(valued) ?? []), value]);
          break;
        } else return error(`option -${letter}: is unknown`);
      }
    } else urls.push(word);
  }
  if (flags.has('version')) return 'version';
  if (flags.has('help')) return 'help';
  return built(flags, values, [...urls, ...(values.get('url') ?? [])]);
}

function built(
  flags: ReadonlySet<string>,
  values: ReadonlyMap<string, readonly string[]>,
  urls: readonly string[],
): CurlOptions | { readonly error: string } {
  const last = (name: string): string | undefined => values.get(name)?.at(-1);
  for (const [name, short] of [
    ['max-time', '-m'],
    ['connect-timeout', '--connect-timeout'],
    ['retry', '--retry'],
    ['retry-delay', '--retry-delay'],
  ] as const) {
    const text = last(name);
    if (text !== undefined && !/^\d+(?:\.\d+)?$/.test(text))
      return { error: `curl: option ${short}: expected a proper numerical parameter\n${HINT}` };
  }
  const ms = (name: string): number | undefined => {
    const text = last(name);
    return text === undefined || Number(text) === 0 ? undefined : Math.min(Number(text) * 1000, 86_400_000);
  };
  if (urls.length === 0) return { error: HINT };
  const data = [...(values.get('data') ?? []), ...(values.get('data-raw') ?? [])];
  return {
    urls,
    silent: flags.has('silent'),
    showError: flags.has('show-error'),
    verbose: flags.has('verbose'),
    include: flags.has('include'),
    head: flags.has('head'),
    fail: flags.has('fail') || flags.has('fail-with-body'),
    insecure: flags.has('insecure'),
    location: flags.has('location'),
    family: flags.has('ipv4') ? 'A' : flags.has('ipv6') ? 'AAAA' : undefined,
    output: last('output'),
    remoteName: flags.has('remote-name'),
    writeOut: last('write-out'),
    maxTimeMs: ms('max-time'),
    connectTimeoutMs: ms('connect-timeout'),
    method: last('request'),
    data: data.length ? data.join('&') : undefined,
    headers: values.get('header') ?? [],
    userAgent: last('user-agent') ?? 'curl/7.88.1',
    retries: Math.min(Number(last('retry') ?? 0), 100),
    retryDelayMs: ms('retry-delay'),
    retryRefused: flags.has('retry-connrefused') || flags.has('retry-all-errors'),
    resolve: values.get('resolve') ?? [],
  };
}

export interface CurlUrl {
  readonly scheme: 'http' | 'https' | 'telnet';
  readonly host: string;
  readonly port: number;
  /** The port was written. */
  readonly portGiven: boolean;
  readonly path: string;
}

/** A URL, or curl's error number and text. */
export function parseUrl(text: string): CurlUrl | { readonly exit: number; readonly error: string } {
  const scheme = /^([a-zA-Z][\w+.-]*):\/\//.exec(text);
  const name = scheme?.[1]?.toLowerCase() ?? 'http';
  if (name !== 'http' && name !== 'https' && name !== 'telnet')
    return { exit: 1, error: `(1) Protocol "${name}" not supported or disabled in libcurl` };
  const bad = { exit: 3, error: '(3) URL using bad/illegal format or missing URL' };
  const rest = scheme ? text.slice(scheme[0].length) : text;
  const [, authority = '', path = ''] = /^([^/?#]*)([^#]*)/.exec(rest) ?? [];
  const host = authority.replace(/^[^@]*@/, '');
  const found = /^(\[[0-9a-fA-F:.]+\]|[^:[\]\s]*)(?::(\d*))?$/.exec(host);
  const port = found?.[2] ? Number(found[2]) : name === 'https' ? 443 : name === 'telnet' ? 23 : 80;
  if (!found || !found[1] || port > 65_535 || /[\s<>"{}|\\^`]/.test(path)) return bad;
  return {
    scheme: name,
    host: found[1].replace(/^\[|\]$/g, ''),
    port,
    portGiven: Boolean(found[2]),
    path: path.startsWith('/') ? path : `/${path}`,
  };
}
