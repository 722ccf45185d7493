// `curl -w`: the variables of a transfer (src/tool_writeout.c), and the names of HTTP's status codes.

/** What is known of a transfer; filled in as it goes. */
export interface Transfer {
  url: string;
  status: number;
  /** "ADDRESS PORT" */
  remote: string;
  local: string;
  size: number;
  headerSize: number;
  type: string;
  readonly startedAt: number;
  method: string;
  redirects: number;
  redirectUrl: string;
}

/** The text that -w prints; unknown variables are named on stderr. */
export function writeOut(
  format: string,
  t: Transfer,
  tookMs: number,
  exit: number,
): { readonly stdout: string; readonly stderr: string } {
  const seconds = (tookMs / 1000).toFixed(6);
  const early = t.status === 0 && exit !== 0 ? '0.000000' : seconds;
  const [remoteIp = '', remotePort = '0'] = t.remote.split(' ');
  const [localIp = '', localPort = '0'] = t.local.split(' ');
  const variables: Readonly<Record<string, string>> = {
    http_code: String(t.status).padStart(3, '0'),
    response_code: String(t.status).padStart(3, '0'),
    http_version: t.status ? '1.1' : '0',
    remote_ip: remoteIp,
    remote_port: remotePort,
    local_ip: localIp,
    local_port: localPort,
    size_download: String(t.size),
    size_header: String(t.headerSize),
    content_type: t.type,
    url: t.url,
    url_effective: t.url,
    redirect_url: t.redirectUrl,
    num_redirects: String(t.redirects),
    num_connects: t.remote ? '1' : '0',
    method: t.method,
    scheme: t.url.startsWith('https') ? 'HTTPS' : 'HTTP',
    exitcode: String(exit),
    time_namelookup: early,
    time_connect: early,
    time_appconnect: '0.000000',
    time_pretransfer: early,
    time_starttransfer: early,
    time_redirect: '0.000000',
    time_total: seconds,
    speed_download: '0',
  };
  let stderr = '';
  const stdout = format.replace(
    /%\{(\w+)\}|%%|\\([nrt\\])/g,
    (all, name: string | undefined, escape: string | undefined) => {
      if (name !== undefined) {
        if (Object.hasOwn(variables, name)) return variables[name] ?? '';
        stderr += `curl: unknown --write-out variable: '${name}'\n`;
        return '';
      }
      if (escape !== undefined) return { n: '\n', r: '\r', t: '\t', '\\': '\\' }[escape] ?? '';
      return all === '%%' ? '%' : all;
    },
  );
  return { stdout, stderr };
}

const STATUS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
export const statusText = (status: number): string => STATUS[status] ?? '';
