// What is inside well-known images: the shells, the programs and the flavour of each, so that `dig` is missing in a Pod where it is
// missing in reality. An image that is not in the table, the course's own (my-web-app, echo, client) among them, has all programs of
// the simulated terminal. The users of images are not modelled: everything runs as root, also in curlimages/curl. The Dockerfiles of
// nginx (Debian), agnhost, curl, network-multitool and distroless-iptables were read; the other rows are from memory and name where to look.
import { imageName } from '@/lib/kube/kubelet/images';
import type { Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import type { Command, Console } from './types';

/** Which shell `sh` is; bash is a program of its own. */
export type ShellKind = 'ash' | 'dash' | 'bash';

export interface ImageTools {
  /** undefined: there is no shell, so `kubectl exec POD -- sh` fails. */
  readonly sh: Exclude<ShellKind, 'bash'> | undefined;
  readonly bash: boolean;
  readonly programs: ReadonlySet<string>;
  /** Those of `programs` that change the node's own kernel, for containers that may. */
  readonly host?: ReadonlySet<string>;
  /** Those of `programs` that are BusyBox's. */
  readonly applets: ReadonlySet<string>;
  /** Whose words strerror(3) has. */
  readonly libc: 'glibc' | 'musl';
  /** /etc/os-release; undefined: there is no such file. */
  readonly release: string | undefined;
}

const words = (text: string): readonly string[] => text.split(' ');

/** Both in coreutils, grep, sed, tar, awk, findutils, hostname, ncurses and in BusyBox. */
const COMMON = words(
  'awk basename cat clear cp cut date dirname egrep env fgrep find grep head help hostname id ls mkdir mv printenv rm rmdir sed seq sh sleep sort tac tail tar tee timeout touch tr uname uniq wc which whoami xargs',
);
/** BusyBox's applets beyond them, of those that the terminal has. */
const APPLETS = words('ash ip less more nc nslookup ping rev traceroute watch wget');
/** debian:bookworm-slim beyond them: libc-bin, util-linux, bash; no procps, no iputils, no iproute2. */
const SLIM = words('bash getent mawk more rev');

/** Of netfilter's tools, those in kube-proxy's image. */
const NETFILTER = words(
  'conntrack ip6tables ip6tables-restore ip6tables-save iptables iptables-restore iptables-save nft',
);

const DEBIAN_RELEASE = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;
const ALPINE_RELEASE = `NAME="Alpine Linux"
ID=alpine
VERSION_ID=3.21.3
PRETTY_NAME="Alpine Linux v3.21"
HOME_URL="https://alpinelinux.org/"
BUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"
`;

const debian = (...packages: readonly string[]): ImageTools => ({
  sh: 'dash',
  bash: true,
  programs: new Set([...COMMON, ...SLIM, ...packages]),
  applets: new Set(),
  libc: 'glibc',
  release: DEBIAN_RELEASE,
});

/** Alpine: BusyBox and musl's getent; programs of packages stand before the applets of the same name. */
const alpine = (...packages: readonly string[]): ImageTools => ({
  sh: 'ash',
  bash: packages.includes('bash'),
  programs: new Set([...COMMON, ...APPLETS, 'getent', ...packages]),
  applets: new Set(APPLETS.filter((name) => !packages.includes(name))),
  libc: 'musl',
  release: ALPINE_RELEASE,
});

const BUSYBOX: ImageTools = {
  sh: 'ash',
  bash: false,
  programs: new Set([...COMMON, ...APPLETS]),
  applets: new Set(APPLETS),
  libc: 'glibc',
  release: undefined,
};

/** Nothing but the program itself and its libraries. */
const BARE: ImageTools = {
  sh: undefined,
  bash: false,
  programs: new Set(),
  applets: new Set(),
  libc: 'glibc',
  release: DEBIAN_RELEASE,
};

interface Family {
  readonly plain: ImageTools;
  /** The same image with an -alpine or -slim tag. */
  readonly alpine?: ImageTools;
  readonly slim?: ImageTools;
}

const only = (plain: ImageTools): Family => ({ plain });
/** docker-library images on debian:bookworm-slim, or on alpine. */
const SERVER: Family = { plain: debian(), alpine: alpine() };
/** On buildpack-deps (curl, wget; procps by its scm layer), with slim and alpine tags. */
const LANGUAGE: Family = {
  plain: debian('curl', 'wget', 'watch'),
  slim: debian(),
  alpine: alpine(),
};

const IMAGES: Readonly<Record<string, Family>> = {
  /** docker-library/busybox, the glibc build; it has no /etc/os-release. */
  busybox: { plain: BUSYBOX },
  alpine: only(alpine()),
  debian: only(debian()),
  /** nginxinc/docker-nginx stable/debian/Dockerfile, stable/alpine/Dockerfile: both add curl; alpine-slim does not. */
  nginx: { plain: debian('curl'), alpine: alpine('curl'), slim: alpine() },
  /** docker-library/httpd 2.4/Dockerfile, redis, postgres …: what fetches the sources is removed again. */
  httpd: SERVER,
  redis: SERVER,
  postgres: SERVER,
  python: LANGUAGE,
  node: LANGUAGE,
  golang: { plain: debian('curl', 'wget', 'watch'), alpine: alpine() },
  /** kubernetes test/images/agnhost/Dockerfile: apk add bind-tools curl netcat-openbsd iproute2 iperf bash. */
  agnhost: only(alpine('bash', 'curl', 'dig', 'host', 'ip', 'nc', 'nslookup', 'ss')),
  /** nicolaka/netshoot Dockerfile: bind-tools, iputils, iproute2, netcat-openbsd, procps, util-linux; wget and traceroute are BusyBox's. */
  netshoot: only(
    alpine(
      'bash',
      'curl',
      'dig',
      'host',
      'ip',
      'less',
      'more',
      'nc',
      'nslookup',
      'ping',
      'rev',
      'ss',
      'watch',
    ),
  ),
  /** curl/curl-container: alpine and curl. */
  curl: only(alpine('curl')),
  /** wbitt/Network-MultiTool Dockerfile (praqma's before): bash bind-tools curl iproute2 iputils procps wget. */
  'network-multitool': only(
    alpine('bash', 'curl', 'dig', 'host', 'ip', 'nslookup', 'ping', 'ss', 'watch', 'wget'),
  ),
  /** coredns/coredns Dockerfile and hashicorp/http-echo: distroless/static; kubernetes build/pause: scratch. */
  coredns: only(BARE),
  'http-echo': only(BARE),
  pause: only(BARE),
  /** kubernetes build/server-image: go-runner on distroless/static. */
  'kube-apiserver': only(BARE),
  'kube-controller-manager': only(BARE),
  'kube-scheduler': only(BARE),
  /**
   * kubernetes/release images/build/distroless-iptables: dash and the few programs that its iptables wrapper needs, and what
   * kube-proxy runs. The container is privileged and in the node's network, so they act on the node's rules.
   */
  'kube-proxy': only({
    ...BARE,
    sh: 'dash',
    programs: new Set(['sh', 'cat', 'grep', 'rm', 'sleep', 'wc', ...NETFILTER]),
    host: new Set(NETFILTER),
  }),
};

/** What an image has inside, by the last segment of its name and its tag; undefined: not known. */
export function toolsOfImage(image: string): ImageTools | undefined {
  if (/(?:^|\/)distroless\//.test(image)) return BARE;
  const name = imageName(image);
  const family = Object.hasOwn(IMAGES, name) ? IMAGES[name] : undefined;
  const tag = /:([^/@]+)(?:@.*)?$/.exec(image)?.[1] ?? '';
  if (/slim/.test(tag) && family?.slim) return family.slim;
  if (/alpine/.test(tag) && family?.alpine) return family.alpine;
  // busybox:musl is the one build of BusyBox that is not glibc's or uClibc's.
  if (family?.plain === BUSYBOX && /musl/.test(tag)) return { ...BUSYBOX, libc: 'musl' };
  return family?.plain;
}

/** The shell of a console; undefined where the image is not known, or has none. On Debian, people take bash; elsewhere, sh. */
export function shellOf(console: Console, tools: ImageTools | undefined): ShellKind | undefined {
  if (console.kind !== 'pod' || !tools) return undefined;
  const asked = console.shell ?? (tools.sh === 'dash' && tools.bash ? 'bash' : 'sh');
  return asked === 'bash' && tools.bash ? 'bash' : tools.sh;
}

/** The programs of a console: those of its image where that is known, with BusyBox's where they are BusyBox's. */
export function programsOn(
  console: Console,
  commands: readonly Command[],
  tools: ImageTools | undefined,
): readonly Command[] {
  const variants = new Set(commands.filter((c) => c.flavour === 'busybox').map((c) => c.name));
  return commands
    .filter((c) => {
      const here = c.on.includes(console.kind) || (tools?.host?.has(c.name) && c.on.includes('node'));
      if (!here || (tools && !tools.programs.has(c.name))) return false;
      const isApplet = tools !== undefined && tools.applets.has(c.name) && variants.has(c.name);
      return isApplet === (c.flavour === 'busybox');
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What the container of a console has inside; undefined: everything that the terminal has. */
export function toolsOn(console: Console, cluster: Cluster): ImageTools | undefined {
  if (console.kind !== 'pod') return undefined;
  const containers = cluster.api.get<Pod>('Pod', console.namespace, console.name)?.spec.containers;
  const own = containers?.find((c) => c.name === console.container) ?? containers?.[0];
  return own && toolsOfImage(own.image ?? '');
}
