// What the processes of the simulated cluster answer over HTTP: the images of lib/kube/kubelet/images.ts, kube-proxy's and the
// kubelet's own ports, the API server.
import { behaviourOf, imageName } from '@/lib/kube/kubelet/images';
import type { Container, Pod } from '@/lib/kube/types';
import { addressOf } from '@/lib/net/routing/address';
import type { Cluster } from '@/lib/sim';
import { strftime } from '../text/dates';
import { hostPort, type Dialled } from './caller';
import { apiServerAnswer } from './http-api-server';
import type { HttpRequest, HttpResponse } from './http-message';
import { NGINX_PAGE, NOT_FOUND_PAGE } from './http-pages';

/** 'silent': the port takes the request and closes. */
export type HttpAnswer = HttpResponse | 'silent';

/** Whoever answers behind a connection that was delivered. `tls`: the client speaks TLS. */
export interface HttpPeer {
  readonly tls: boolean;
  answer(request: HttpRequest): HttpAnswer;
}

/** The server at the end of a connection. */
export function httpPeer(trace: Dialled, cluster: Cluster): HttpPeer {
  if (trace.closes) return { tls: false, answer: () => 'silent' };
  const { host, port } = hostPort(trace.endpoint ?? trace.destination);
  const client = hostPort(trace.sourceIPSeen ?? trace.source).host;
  const [namespace = '', name = ''] = trace.endpointPod?.split('/') ?? [];
  const pod = trace.endpointPod === undefined ? undefined : cluster.api.get<Pod>('Pod', namespace, name);
  const container = pod?.spec.containers.find((c) => behaviourOf(c).listeners.some((l) => l.port === port));
  const health = (request: HttpRequest): HttpResponse | undefined =>
    kubeProxyHealth(request, { host, port, cluster });
  if (!pod || !container) {
    if (port === 6443) return { tls: true, answer: (request) => apiServerAnswer(request, cluster) };
    return {
      tls: port === 10250,
      answer: (request) =>
        health(request) ?? {
          status: 404,
          headers: plain('404 page not found\n'),
          body: '404 page not found\n',
        },
    };
  }
  const sourcePort = hostPort(trace.source).port;
  const around: Around = { pod, container, host, port, client, sourcePort, cluster };
  return { tls: false, answer: (request) => health(request) ?? imageAnswer(request, around) };
}

/** What kube-proxy's health servers answer, with what Go's HTTP server puts to it; undefined: it is not their port or path. */
function kubeProxyHealth(
  { path }: HttpRequest,
  { host, port, cluster }: Pick<Around, 'host' | 'port' | 'cluster'>,
): HttpResponse | undefined {
  const address = addressOf(host);
  const holder = address && cluster.network.world.holder(address);
  if (!address || holder?.kind !== 'node') return undefined;
  const found = cluster.network.healthPort({
    node: holder.node.name,
    port,
    path: path.split('?')[0] ?? '/',
    family: address.family,
  });
  if (!found) return undefined;
  const { status, headers, body } = found;
  return {
    status,
    headers: [
      ...headers,
      ['Date', strftime('%a, %d %b %Y %T GMT', cluster.now)],
      ['Content-Length', String(body.length)],
    ],
    body,
  };
}

interface Around {
  readonly pod: Pod;
  readonly container: Container;
  readonly host: string;
  readonly port: number;
  /** The client's address as the server sees it. */
  readonly client: string;
  readonly sourcePort: number;
  readonly cluster: Cluster;
}

const plain = (body: string): HttpResponse['headers'] => [
  ['Content-Type', 'text/plain; charset=utf-8'],
  ['Content-Length', String(new TextEncoder().encode(body).length)],
];

function imageAnswer(request: HttpRequest, around: Around): HttpAnswer {
  const { container, cluster } = around;
  const [path = '/', search = ''] = request.path.split('?');
  const date = strftime('%a, %d %b %Y %T GMT', cluster.now);
  const answer = (status: number, body: string, type = 'text/plain; charset=utf-8'): HttpResponse => ({
    status,
    headers: [
      ['Date', date],
      ['Content-Length', String(new TextEncoder().encode(body).length)],
      ['Content-Type', type],
    ],
    body,
  });
  const status = behaviourOf(container).httpStatus(path);
  switch (imageName(container.image ?? '')) {
    case 'nginx':
      return nginxAnswer(status, date);
    case 'echo':
      return answer(200, echoed(request, around));
    case 'echoserver':
      return answer(200, `Hostname: ${hostnameOf(around)}\n\n${echoed(request, around)}`);
    case 'agnhost':
      return agnhostAnswer(path, new URLSearchParams(search), around, answer);
    case 'coredns':
      return around.port === 53 ? 'silent' : corednsHttp(path, around.port, answer);
    case 'kube-proxy':
      return kubeProxyHttp(path, around, answer);
    case 'my-web-app':
      if (path === '/hostname') return answer(200, `${hostnameOf(around)}\n`);
      if (status === 200 && path !== '/') return answer(200, 'ok\n');
      return status === 200
        ? answer(200, `Hello from ${hostnameOf(around)} (${around.host}), client ${around.client}\n`)
        : answer(status, '404 page not found\n');
    default:
      return answer(status, status === 200 ? `${hostnameOf(around)}\n` : '404 page not found\n');
  }
}

const hostnameOf = ({ pod }: Around): string => pod.spec.hostname ?? pod.metadata.name ?? '';

function nginxAnswer(status: number, date: string): HttpResponse {
  const body = status === 200 ? NGINX_PAGE : NOT_FOUND_PAGE;
  return {
    status,
    headers: [
      ['Server', 'nginx/1.27.3'],
      ['Date', date],
      ['Content-Type', 'text/html'],
      ['Content-Length', String(body.length)],
      ...(status === 200
        ? ([
            ['Last-Modified', 'Tue, 26 Nov 2024 15:55:00 GMT'],
            ['ETag', '"6745ef54-267"'],
            ['Accept-Ranges', 'bytes'],
          ] as const)
        : []),
      ['Connection', 'keep-alive'],
    ],
    body,
  };
}

function echoed({ method, path, headers, body }: HttpRequest, { client, sourcePort }: Around): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return `${method} ${path} HTTP/1.1\n${lines.join('\n')}\nRemote-Address: ${client}:${sourcePort}\n${body === '' ? '' : `\n${body}\n`}`;
}

type Reply = (status: number, body: string, type?: string) => HttpResponse;

/** test/images/agnhost/netexec and serve-hostname. */
function agnhostAnswer(path: string, query: URLSearchParams, around: Around, answer: Reply): HttpResponse {
  const { container, client, sourcePort, cluster } = around;
  if ([...(container.command ?? []), ...(container.args ?? [])].includes('serve-hostname'))
    return answer(200, `${hostnameOf(around)}\n`);
  switch (path) {
    case '/hostname':
    case '/hostName':
      return answer(200, hostnameOf(around));
    case '/clientip':
      return answer(200, client.includes(':') ? `[${client}]:${sourcePort}` : `${client}:${sourcePort}`);
    case '/echo':
      return answer(Number(query.get('code')) || 200, query.get('msg') ?? '');
    case '/healthz':
    case '/shutdown':
      return answer(200, '');
    default:
      return answer(200, `NOW: ${strftime('%F %T', cluster.now)}.000000000 +0000 UTC m=+1.000000000`);
  }
}

function corednsHttp(path: string, port: number, answer: Reply): HttpResponse {
  if (port === 8080 && path === '/health') return answer(200, 'OK');
  if (port === 8181 && path === '/ready') return answer(200, 'OK');
  if (port === 9153 && path === '/metrics')
    return answer(
      200,
      '# HELP coredns_build_info A metric with a constant \'1\' value labeled by version, revision, and goversion from which CoreDNS was built.\n# TYPE coredns_build_info gauge\ncoredns_build_info{goversion="go1.21.11",revision="ae2bbc2",version="1.11.3"} 1\n',
    );
  return answer(404, '404 page not found\n');
}

/** kube-proxy's metrics port: cmd/kube-proxy/app/server.go. The health ports are answered before. */
function kubeProxyHttp(path: string, { port, pod, cluster }: Around, answer: Reply): HttpResponse {
  if (port === 10249 && path === '/proxyMode')
    return answer(200, cluster.proxy(pod.spec.nodeName ?? '')?.mode ?? 'iptables');
  if (port === 10249 && path === '/healthz') return answer(200, 'ok');
  return answer(404, '404 page not found\n');
}
