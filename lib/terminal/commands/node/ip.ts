// ip (iproute2 6.1): addresses, routes, links and neighbours of a node or of a Pod. Pods of a node hang on its bridge cni0; the nodes share
// one network.
import type { Node, Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { done, failed, type Command, type CommandContext, type Result } from '../../types';

export interface Link {
  readonly index: number;
  readonly name: string;
  /** Behind the @. */
  readonly peer?: string;
  readonly flags: string;
  readonly mtu: number;
  readonly qdisc: string;
  readonly state: string;
  readonly mac: string;
  readonly addresses: readonly string[];
  readonly note?: string;
}

interface Place {
  readonly links: readonly Link[];
  readonly routes: readonly string[];
  readonly neighbours: readonly string[];
}

/** A hardware address that belongs to a text. */
export function macOf(text: string): string {
  let value = 0x811c9dc5;
  for (const c of text) value = Math.imul(value ^ c.charCodeAt(0), 0x01000193) >>> 0;
  const bytes = [0x52, 0x54, 0x00, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
  return bytes.map((b) => b.toString(16).padStart(2, '0')).join(':');
}

const LO: Link = {
  index: 1,
  name: 'lo',
  flags: 'LOOPBACK,UP,LOWER_UP',
  mtu: 65_536,
  qdisc: 'noqueue',
  state: 'UNKNOWN',
  mac: '00:00:00:00:00:00',
  addresses: ['127.0.0.1/8', '::1/128'],
};

const ipsOf = (pod: Pod): readonly string[] =>
  pod.status?.podIPs?.map((p) => p.ip) ?? (pod.status?.podIP ? [pod.status.podIP] : []);

const podsOn = (cluster: Cluster, node: string): readonly Pod[] =>
  cluster.api
    .list<Pod>('Pod')
    .filter((p) => p.spec.nodeName === node && !p.spec.hostNetwork && ipsOf(p).length > 0);

/** The first address of a podCIDR: the bridge's. */
function gateway(cidr: string): string {
  const [base = '', prefix = ''] = cidr.split('/');
  const host = base.includes(':')
    ? base.replace(/::$/, '::1')
    : base.replace(/\d+$/, (n) => String(Number(n) + 1));
  return `${host}/${prefix}`;
}

function nodePlace(cluster: Cluster, name: string): Place {
  const node = cluster.api.get<Node>('Node', '', name);
  if (!node) return { links: [LO], routes: [], neighbours: [] };
  const facts = nodeFacts(node, cluster.k8s);
  const cidrs = node.spec?.podCIDRs ?? [];
  const pods = podsOn(cluster, name);
  const internal = node.status?.addresses?.find((a) => a.type === 'InternalIP')?.address ?? '';
  const eth: Link = {
    index: 2,
    name: 'eth0',
    flags: 'BROADCAST,MULTICAST,UP,LOWER_UP',
    mtu: 1500,
    qdisc: 'fq_codel',
    state: 'UP',
    mac: macOf(name),
    addresses: internal ? [`${internal}/24`] : [],
  };
  const bridge: Link = {
    index: 3,
    name: 'cni0',
    flags: 'BROADCAST,MULTICAST,UP,LOWER_UP',
    mtu: 1500,
    qdisc: 'noqueue',
    state: 'UP',
    mac: macOf(`${name}/cni0`),
    addresses: cidrs.map(gateway),
  };
  const own = facts.interfaces
    .filter((i) => !['lo', 'eth0', 'cni0'].includes(i.name))
    .map((i, at): Link => ({
      ...eth,
      index: 100 + at,
      name: i.name,
      mac: macOf(`${name}/${i.name}`),
      addresses: i.addresses,
    }));
  const veths = pods.map((pod, i): Link => ({
    index: 5 + i,
    name: vethOf(pod),
    peer: 'if2',
    flags: 'BROADCAST,MULTICAST,UP,LOWER_UP',
    mtu: 1500,
    qdisc: 'noqueue',
    state: 'UP',
    mac: macOf(vethOf(pod)),
    addresses: [],
    note: 'master cni0',
  }));
  const others = cluster.api.list<Node>('Node').filter((n) => n.metadata.name !== name);
  const address = (n: Node): string =>
    n.status?.addresses?.find((a) => a.type === 'InternalIP')?.address ?? '';
  const network = internal.includes('.') ? internal.replace(/\.\d+$/, '.0/24') : '';
  const router = internal.replace(/\.\d+$/, '.1');
  const routes = inTrieOrder([
    ...(network ? [`default via ${router} dev eth0 proto static`] : []),
    ...others.flatMap((n) =>
      (n.spec?.podCIDRs ?? []).filter((c) => !c.includes(':')).map((c) => `${c} via ${address(n)} dev eth0`),
    ),
    ...cidrs
      .filter((c) => !c.includes(':'))
      .map((c) => `${c} dev cni0 proto kernel scope link src ${gateway(c).split('/')[0] ?? ''}`),
    ...(network ? [`${network} dev eth0 proto kernel scope link src ${internal}`] : []),
  ]);
  const neighbours = [
    ...others.map((n) => `${address(n)} dev eth0 lladdr ${macOf(n.metadata.name ?? '')} REACHABLE`),
    ...pods.flatMap((pod) =>
      ipsOf(pod)
        .filter((ip) => !ip.includes(':'))
        .map((ip) => `${ip} dev cni0 lladdr ${macOf(`${ip}/eth0`)} REACHABLE`),
    ),
  ];
  return { links: [LO, eth, bridge, ...own, ...veths], routes, neighbours };
}

/** The kernel's table is a trie of prefixes, and is told in its order: by address, the default route first (net/ipv4/fib_trie.c). */
function inTrieOrder(routes: readonly string[]): readonly string[] {
  const key = (route: string): string =>
    (/^[\d.]+/.exec(route)?.[0] ?? '')
      .split('.')
      .map((part) => part.padStart(3, '0'))
      .join('.');
  return [...routes].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The node’s end of a Pod’s link. */
export const vethOf = (pod: Pod): string =>
  `veth${macOf(pod.metadata.uid ?? pod.metadata.name ?? '')
    .replaceAll(':', '')
    .slice(4)}`;

function podPlace(cluster: Cluster, namespace: string, name: string): Place {
  const pod = cluster.api.get<Pod>('Pod', namespace, name);
  if (!pod) return { links: [LO], routes: [], neighbours: [] };
  if (pod.spec.hostNetwork) return nodePlace(cluster, pod.spec.nodeName ?? '');
  const node = cluster.api.get<Node>('Node', '', pod.spec.nodeName ?? '');
  const cidr = node?.spec?.podCIDRs?.find((c) => !c.includes(':')) ?? '';
  const ips = ipsOf(pod);
  const ip = ips.find((i) => !i.includes(':')) ?? '';
  const via = cidr === '' ? '' : (gateway(cidr).split('/')[0] ?? '');
  const at = podsOn(cluster, pod.spec.nodeName ?? '').findIndex((p) => p.metadata.uid === pod.metadata.uid);
  const eth: Link = {
    index: 2,
    name: 'eth0',
    peer: `if${5 + Math.max(0, at)}`,
    flags: 'BROADCAST,MULTICAST,UP,LOWER_UP',
    mtu: 1500,
    qdisc: 'noqueue',
    state: 'UP',
    mac: macOf(`${ip}/eth0`),
    addresses: ips.map((i) => (i.includes(':') ? `${i}/64` : `${i}/${cidr.split('/')[1] ?? '24'}`)),
  };
  return {
    links: [LO, eth],
    routes:
      ip === '' ? [] : [`default via ${via} dev eth0`, `${cidr} dev eth0 proto kernel scope link src ${ip}`],
    neighbours:
      via === '' ? [] : [`${via} dev eth0 lladdr ${macOf(`${pod.spec.nodeName ?? ''}/cni0`)} REACHABLE`],
  };
}

type Where = Pick<CommandContext, 'console' | 'cluster'>;

/** Interfaces of a console. */
export const linksOf = (context: Where): readonly Link[] => placeOf(context).links;

function placeOf({ console, cluster }: Where): Place {
  if (console.kind === 'pod') return podPlace(cluster, console.namespace, console.name);
  return nodePlace(cluster, console.kind === 'node' ? console.name : '');
}

const OBJECTS = ['address', 'route', 'link', 'neighbour', 'neighbor'];

export const ip: Command = {
  name: 'ip',
  summary: 'addresses, routes, links and neighbours',
  on: ['node', 'pod'],
  reads: 'none',
  run(context) {
    const flags = context.args.filter((a) => a.startsWith('-'));
    const [object = '', action = 'show', ...rest] = context.args.filter((a) => !a.startsWith('-'));
    if (object === '')
      return failed(
        'Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\nwhere  OBJECT := { address | link | neigh | route }',
        255,
      );
    const name = OBJECTS.find((o) => o.startsWith(object)) ?? (object === 'a' ? 'address' : undefined);
    if (name === undefined) return failed(`Object "${object}" is unknown, try "ip help".`, 1);
    const place = placeOf(context);
    if (name === 'route' && action === 'get') return routeGet(rest[0] ?? '', place);
    if (
      !['show', 'list', 'ls', 'lst', 's', 'l', 'sh'].includes(action) &&
      action !== 'dev' &&
      !place.links.some((l) => l.name === action)
    )
      return failed(
        `ip ${object} ${action}: what the simulated nodes have is set by the cluster; only show works here`,
        1,
      );
    const words = [action, ...rest];
    const at = words.indexOf('dev');
    const device = at >= 0 ? words[at + 1] : place.links.find((l) => words.includes(l.name))?.name;
    const asked = rest.find((r) => r !== 'dev' && r !== device);
    if (
      (device === undefined && asked !== undefined && name !== 'route') ||
      (device !== undefined && !place.links.some((l) => l.name === device))
    )
      return failed(`Device "${device ?? asked ?? ''}" does not exist.`, 1);
    const brief = flags.some((f) => f.startsWith('-br'));
    const family = flags.includes('-4') ? '4' : flags.includes('-6') ? '6' : '';
    const links = place.links.filter((l) => device === undefined || l.name === device);
    if (name === 'route')
      return done(
        lines(
          family === '6'
            ? []
            : place.routes.filter((r) => device === undefined || r.includes(`dev ${device}`)),
        ),
      );
    if (name.startsWith('neigh'))
      return done(
        lines(place.neighbours.filter((n) => device === undefined || n.includes(`dev ${device} `))),
      );
    return done(links.map((l) => (brief ? briefText(l, name, family) : linkText(l, name, family))).join(''));
  },
};

const lines = (texts: readonly string[]): string => texts.map((t) => `${t} \n`).join('');

/** The route that a packet to an address takes. */
function routeGet(address: string, { routes, links }: Place): Result {
  if (!/^[\d.]+$/.test(address))
    return failed(`Error: any valid prefix is expected rather than "${address}".`, 1);
  if (links.some((l) => l.addresses.some((a) => a.split('/')[0] === address)))
    return done(`local ${address} dev lo src ${address} uid 0 \n    cache <local> \n`);
  const number = (text: string): number => text.split('.').reduce((sum, p) => sum * 256 + Number(p), 0);
  const best = routes
    .map((route) => ({
      route,
      prefix: route.startsWith('default') ? 0 : Number(/^[\d.]+\/(\d+)/.exec(route)?.[1] ?? 32),
    }))
    .filter(
      ({ route, prefix }) =>
        prefix === 0 ||
        Math.floor(number(address) / 2 ** (32 - prefix)) ===
          Math.floor(number(route.split('/')[0] ?? '') / 2 ** (32 - prefix)),
    )
    .toSorted((a, b) => b.prefix - a.prefix)[0];
  if (!best) return failed('RTNETLINK answers: Network is unreachable', 2);
  const [, via] = / via (\S+)/.exec(best.route) ?? [];
  const [, device = ''] = / dev (\S+)/.exec(best.route) ?? [];
  const source =
    links
      .find((l) => l.name === device)
      ?.addresses.find((a) => !a.includes(':'))
      ?.split('/')[0] ?? '';
  return done(`${address}${via ? ` via ${via}` : ''} dev ${device} src ${source} uid 0 \n    cache \n`);
}

function linkText(l: Link, object: string, family: string): string {
  const name = l.peer ? `${l.name}@${l.peer}` : l.name;
  const kind = l.name === 'lo' ? 'loopback' : 'ether';
  const broadcast = l.name === 'lo' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const mode = object === 'link' ? ' mode DEFAULT' : '';
  const head =
    `${l.index}: ${name}: <${l.flags}> mtu ${l.mtu} qdisc ${l.qdisc}${l.note ? ` ${l.note}` : ''} state ${l.state}${mode} group default ${l.name === 'lo' || l.name === 'eth0' ? 'qlen 1000' : ''}`.trimEnd();
  const out = [
    family === '' || object === 'link' ? `${head}${l.name === 'lo' || l.name === 'eth0' ? '' : ' '}` : head,
  ];
  if (family === '' || object === 'link')
    out.push(
      `    link/${kind} ${l.mac} brd ${broadcast}${l.peer ? ' link-netnsid 0' : ''}`.replace(
        / brd 00:00:00:00:00:00$/,
        ' brd 00:00:00:00:00:00',
      ),
    );
  if (object === 'address')
    for (const a of l.addresses) {
      const six = a.includes(':');
      if ((family === '4' && six) || (family === '6' && !six)) continue;
      const scope = l.name === 'lo' ? (six ? 'host ' : 'host lo') : six ? 'global ' : `global ${l.name}`;
      const brd = !six && l.name !== 'lo' ? ` brd ${a.replace(/\.\d+\/\d+$/, '.255')}` : '';
      out.push(
        `    inet${six ? '6' : ''} ${a}${brd} scope ${scope}`,
        '       valid_lft forever preferred_lft forever',
      );
    }
  return out.join('\n') + '\n';
}

function briefText(l: Link, object: string, family: string): string {
  const name = (l.peer ? `${l.name}@${l.peer}` : l.name).padEnd(16);
  if (object === 'link') return `${name} ${l.state.padEnd(14)} ${l.mac} <${l.flags}> \n`;
  const addresses = l.addresses.filter((a) => family === '' || a.includes(':') === (family === '6'));
  return `${name} ${l.state.padEnd(14)} ${addresses.map((a) => `${a} `).join('')}\n`;
}
