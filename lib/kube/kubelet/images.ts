// What the containers of the simulated cluster do: a small table of images. An image is known by the last segment of its name,
// whatever registry or tag; one that is not in the table starts all the same and listens on the ports that its container declares.
import type { Container, Protocol } from '@/lib/kube/types';

export interface Listener {
  readonly port: number;
  readonly protocol: Protocol;
  /** Bound to 127.0.0.1: nobody reaches it from another host. */
  readonly loopback?: true;
}

/** How one container behaves. */
export interface ContainerBehaviour {
  readonly listeners: readonly Listener[];
  /** From the kubelet's start to a running container: pull, sandbox, create, start. */
  readonly startMs: number;
  /** From a running container to one that listens. */
  readonly listenMs: number;
  /** From SIGTERM to the end of the process; the grace period may cut it short. */
  readonly shutdownMs: number;
  /** HTTP status for a GET of this path. */
  httpStatus(path: string): number;
}

interface Image {
  readonly startMs: number;
  readonly shutdownMs: number;
  /** Paths that answer 200, or all of them. */
  readonly paths: readonly string[] | 'all';
  listeners(container: Container): readonly Listener[];
}

const tcp = (port: number): Listener => ({ port, protocol: 'TCP' });
const udp = (port: number): Listener => ({ port, protocol: 'UDP' });

const HEALTH = ['/health', '/healthz', '/livez', '/ready', '/readyz'];
const CLIENT: Image = { startMs: 400, shutdownMs: 200, paths: [], listeners: () => [] };

const IMAGES: Readonly<Record<string, Image>> = {
  /** The course's own web application: HTTP on 8080, or on $PORT. */
  'my-web-app': {
    startMs: 800,
    shutdownMs: 1000,
    paths: ['/', '/hostname', ...HEALTH],
    listeners: (c) => [tcp(numberFrom(c, 'PORT') ?? 8080)],
  },
  nginx: { startMs: 600, shutdownMs: 100, paths: ['/', '/index.html'], listeners: () => [tcp(80)] },
  /** Sends back what it is sent: HTTP and UDP on 8080, or on $PORT and $UDP_PORT. */
  echo: {
    startMs: 500,
    shutdownMs: 200,
    paths: 'all',
    listeners: (c) => [
      tcp(numberFrom(c, 'PORT') ?? 8080),
      udp(numberFrom(c, 'UDP_PORT') ?? numberFrom(c, 'PORT') ?? 8080),
    ],
  },
  echoserver: { startMs: 500, shutdownMs: 200, paths: 'all', listeners: () => [tcp(8080)] },
  /** test/images/agnhost: `netexec` listens on --http-port (8080) and --udp-port (8081); without a subcommand it pauses. */
  agnhost: {
    startMs: 500,
    shutdownMs: 200,
    paths: ['/', '/clientip', '/echo', '/healthz', '/hostname', '/hostName', '/shell', '/shutdown'],
    listeners: agnhostListeners,
  },
  client: CLIENT,
  busybox: CLIENT,
  curl: CLIENT,
  netshoot: CLIENT,
  pause: CLIENT,
  coredns: {
    startMs: 300,
    shutdownMs: 5000,
    paths: ['/health', '/ready', '/metrics'],
    listeners: () => [udp(53), tcp(53), tcp(9153), tcp(8080), tcp(8181)],
  },
  'kube-proxy': {
    startMs: 200,
    shutdownMs: 100,
    paths: ['/healthz', '/livez', '/metrics', '/proxyMode'],
    // metricsBindAddress is 127.0.0.1:10249 unless the configuration says otherwise (pkg/proxy/apis/config/v1alpha1/defaults.go).
    listeners: () => [{ ...tcp(10249), loopback: true }, tcp(10256)],
  },
};

const UNKNOWN: Image = {
  startMs: 700,
  shutdownMs: 500,
  paths: 'all',
  listeners: (c) =>
    (c.ports ?? []).map(({ containerPort, protocol = 'TCP' }) => ({ port: containerPort, protocol })),
};

/** "registry.example:5000/team/my-web-app:1.2@sha256:…" → "my-web-app". */
export function imageName(image: string): string {
  const path = image.split('@')[0] ?? '';
  const last = path.slice(path.lastIndexOf('/') + 1);
  return last.split(':')[0] ?? '';
}

/** Whether the table has an image. */
export const isKnownImage = (image: string): boolean => Object.hasOwn(IMAGES, imageName(image));

/** The behaviour of a container. STARTUP_SECONDS and SHUTDOWN_SECONDS in its environment make it slow to listen and to end. */
export function behaviourOf(container: Container): ContainerBehaviour {
  const name = imageName(container.image ?? '');
  const image = Object.hasOwn(IMAGES, name) ? (IMAGES[name] ?? UNKNOWN) : UNKNOWN;
  const startup = numberFrom(container, 'STARTUP_SECONDS');
  const shutdown = numberFrom(container, 'SHUTDOWN_SECONDS');
  return {
    listeners: image.listeners(container),
    startMs: image.startMs,
    listenMs: startup === undefined ? 0 : startup * 1000,
    shutdownMs: shutdown === undefined ? image.shutdownMs : shutdown * 1000,
    httpStatus: (path) =>
      image.paths === 'all' || image.paths.includes(path.split('?')[0] ?? '') ? 200 : 404,
  };
}

/** The image's full name as the container runtime reports it. */
export function normalizedImage(image: string): string {
  const tagged = /[:@][^/]*$/.test(image) ? image : `${image}:latest`;
  const first = tagged.split('/')[0] ?? '';
  const hasRegistry = tagged.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  if (hasRegistry) return tagged;
  return `docker.io/${tagged.includes('/') ? '' : 'library/'}${tagged}`;
}

function numberFrom({ env }: Container, name: string): number | undefined {
  const value = env?.find((e) => e.name === name)?.value;
  const number = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}

function agnhostListeners({ command = [], args = [] }: Container): readonly Listener[] {
  const words = [...command, ...args];
  const flag = (name: string, otherwise: number): number => {
    const at = words.findIndex((w) => w === `--${name}` || w.startsWith(`--${name}=`));
    const value = words[at]?.split('=')[1] ?? words[at + 1];
    return at < 0 ? otherwise : Number(value) || otherwise;
  };
  if (words.includes('serve-hostname')) return [tcp(flag('port', 9376))];
  if (!words.includes('netexec')) return [];
  const udpPort = flag('udp-port', 8081);
  return [tcp(flag('http-port', 8080)), ...(udpPort > 0 ? [udp(udpPort)] : [])];
}
