// Programs of a node's system: ssh, sysctl, ss, uname, whoami, systemctl, journalctl, crictl, dmesg.
import { behaviourOf } from '@/lib/kube/kubelet/images';
import type { Node, Pod } from '@/lib/kube/types';
import { conntrackSetting } from '@/lib/net/conntrack/timeouts';
import { conntrackMax } from '@/lib/net/datapath/kernel';
import { NODE_FACTS_ANNOTATION, nodeFacts } from '@/lib/proxy/node-facts';
import { done, EVERYWHERE, type Command, type CommandContext, type Process, type Result } from '../../types';
import { readOptions } from '../text/options';
import { nodeName, nodeOf } from './node-console';

/** ssh NODE [COMMAND]: another console, or a command there. */
function* ssh(context: CommandContext): Process {
  let at = 0;
  for (; context.args[at]?.startsWith('-'); at++)
    if (/^-[bcDeFIiJLlmOopQRSWw]$/.test(context.args[at] ?? '')) at++;
  const [target, ...line] = context.args.slice(at);
  if (target === undefined) {
    yield { kind: 'stderr', text: 'usage: ssh [-46] [user@]hostname [command]\n' };
    return 255;
  }
  const name = target.replace(/^[^@]*@/, '');
  const { cluster } = context;
  const node = cluster.api
    .list<Node>('Node')
    .find((n) => n.metadata.name === name || n.status?.addresses?.some((a) => a.address === name));
  if (!node?.metadata.name) {
    const numeric = /^[\d.]+$/.test(name);
    yield {
      kind: 'stderr',
      text: numeric
        ? `ssh: connect to host ${name} port 22: Connection timed out\n`
        : `ssh: Could not resolve hostname ${name}: Name or service not known\n`,
    };
    return 255;
  }
  const console = { kind: 'node', name: node.metadata.name } as const;
  if (line.length > 0)
    return yield* context.script(line.join(' '), {
      console,
      stdin: context.input.isTerminal ? '' : yield* context.input.all(),
    });
  yield { kind: 'request', request: { kind: 'console', console } };
  return 0;
}

/** Values that a node of the simulated cluster has without being told. */
function sysctls(context: CommandContext): ReadonlyMap<string, string> {
  const node = nodeOf(context);
  const given = node ? nodeFacts(node, context.cluster.k8s).sysctls : {};
  const { network, now } = context.cluster;
  const timeout = (name: string): [string, string] => [
    `net.netfilter.nf_conntrack_${name}`,
    String(conntrackSetting(given, name)),
  ];
  return new Map([
    ['net.bridge.bridge-nf-call-ip6tables', '1'],
    ['net.bridge.bridge-nf-call-iptables', '1'],
    ['net.core.somaxconn', '4096'],
    ['net.ipv4.conf.all.route_localnet', '1'],
    ['net.ipv4.conf.all.rp_filter', '0'],
    ['net.ipv4.ip_forward', '1'],
    ['net.ipv4.ip_local_port_range', '32768\t60999'],
    ['net.ipv4.tcp_syn_retries', '6'],
    ['net.ipv6.conf.all.forwarding', '1'],
    ['net.ipv4.vs.conntrack', '1'],
    ['net.netfilter.nf_conntrack_tcp_be_liberal', '0'],
    timeout('tcp_timeout_established'),
    timeout('tcp_timeout_close_wait'),
    timeout('tcp_timeout_time_wait'),
    timeout('tcp_timeout_syn_sent'),
    timeout('udp_timeout'),
    timeout('udp_timeout_stream'),
    timeout('icmp_timeout'),
    ...Object.entries(given),
    ['net.netfilter.nf_conntrack_max', String(conntrackMax(given))],
    ['net.netfilter.nf_conntrack_count', String(network.kernel(nodeName(context)).conntrack.count(now))],
  ]);
}

function sysctl(context: CommandContext): Result {
  const options = readOptions('sysctl', context.args, { flags: 'anweqN' });
  if ('exit' in options) return options;
  const { flags, rest } = options;
  const known = sysctls(context);
  if (flags.has('a'))
    return done(
      [...known]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([n, v]) => `${n} = ${v}\n`)
        .join(''),
    );
  let stdout = '';
  let stderr = '';
  for (const word of rest) {
    const [dotted = '', value] = word.split('=');
    const name = dotted.trim().replaceAll('/', '.');
    const before = known.get(name);
    if (before === undefined)
      stderr += `sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`;
    else if (value === undefined) stdout += flags.has('n') ? `${before}\n` : `${name} = ${before}\n`;
    else if (name.endsWith('nf_conntrack_count')) stderr += `sysctl: permission denied on key "${name}"\n`;
    else if (!/^[\d\s]+$/.test(value)) stderr += `sysctl: setting key "${name}": Invalid argument\n`;
    else {
      setSysctl(context, name, value.trim());
      stdout += `${name} = ${value.trim()}\n`;
    }
  }
  return { stdout, stderr, exit: stderr === '' ? 0 : 255 };
}

/** A node's facts that no Kubernetes object has stand in an annotation. */
function setSysctl(context: CommandContext, name: string, value: string): void {
  const node = nodeOf(context);
  if (!node) return;
  const facts = annotationOf(node.metadata.annotations?.[NODE_FACTS_ANNOTATION]);
  const changed = JSON.stringify({ ...facts, sysctls: { ...facts.sysctls, [name]: value } });
  context.cluster.handle({
    method: 'PATCH',
    path: `/api/v1/nodes/${node.metadata.name ?? ''}`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { annotations: { [NODE_FACTS_ANNOTATION]: changed } } }),
  });
}

/** The annotation's object; one that cannot be read counts as empty. */
function annotationOf(text: string | undefined): { readonly sysctls?: Readonly<Record<string, string>> } {
  try {
    return JSON.parse(text ?? '{}') as { readonly sysctls?: Readonly<Record<string, string>> };
  } catch {
    return {};
  }
}

interface Socket {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly process: string;
}

function sockets({ cluster, console }: CommandContext): readonly Socket[] {
  const of = (pod: Pod): Socket[] =>
    pod.spec.containers.flatMap((c) =>
      behaviourOf(c).listeners.map((l) => ({
        protocol: l.protocol === 'UDP' ? ('udp' as const) : ('tcp' as const),
        address: '*',
        port: l.port,
        process: c.name,
      })),
    );
  if (console.kind === 'pod') {
    const pod = cluster.api.get<Pod>('Pod', console.namespace, console.name);
    return pod ? of(pod) : [];
  }
  if (console.kind === 'control') return [];
  const host = cluster.api
    .list<Pod>('Pod')
    .filter((p) => p.spec.hostNetwork && p.spec.nodeName === console.name);
  const own: Socket[] = [
    { protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd' },
    { protocol: 'tcp', address: '127.0.0.1', port: 10248, process: 'kubelet' },
    { protocol: 'tcp', address: '*', port: 10250, process: 'kubelet' },
  ];
  return [...own, ...host.flatMap(of)];
}

function ss(context: CommandContext): Result {
  const options = readOptions('ss', context.args, {
    flags: 'tulnpaHe46smxi',
    long: { tcp: 't', udp: 'u', listening: 'l', numeric: 'n', processes: 'p', all: 'a' },
    exit: 255,
  });
  if ('exit' in options) return options;
  const { flags } = options;
  const both = flags.has('t') === flags.has('u');
  const shown =
    flags.has('l') || flags.has('a')
      ? sockets(context).filter((s) => both || flags.has(s.protocol === 'tcp' ? 't' : 'u'))
      : [];
  const rows = shown.map((s) => [
    ...(both ? [s.protocol] : []),
    s.protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    '0',
    s.protocol === 'tcp' ? '4096' : '0',
    `${s.address}:${s.port}`,
    `${s.address === '*' ? '*' : '0.0.0.0'}:*`,
    ...(flags.has('p') ? [`users:(("${s.process}",pid=1,fd=3))`] : []),
  ]);
  const head = [
    ...(both ? ['Netid'] : []),
    'State',
    'Recv-Q',
    'Send-Q',
    'Local Address:Port',
    'Peer Address:Port',
    'Process',
  ];
  const widths = head.map((h, i) => Math.max(h.length, ...rows.map((r) => r[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    cells
      .map((c, i) => c.padEnd(widths[i] ?? 0))
      .join(' ')
      .trimEnd();
  return done([...(flags.has('H') ? [] : [line(head)]), ...rows.map(line)].map((l) => `${l}\n`).join(''));
}

function uname({ args, console, files }: CommandContext): Result {
  const name = (files.read('/etc/hostname') ?? console.kind).trim();
  const release = '6.1.0-28-amd64';
  const version = '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)';
  const letters = args.join('').replaceAll('-', '');
  if (letters.includes('a')) return done(`Linux ${name} ${release} ${version} x86_64 GNU/Linux\n`);
  const parts = { s: 'Linux', n: name, r: release, v: version, m: 'x86_64', o: 'GNU/Linux' };
  const wanted = Object.entries(parts).filter(([letter]) => letters.includes(letter));
  return done(`${(wanted.length ? wanted.map(([, v]) => v) : ['Linux']).join(' ')}\n`);
}

const tool = (
  name: string,
  summary: string,
  on: Command['on'],
  run: (context: CommandContext) => Result | Process,
  reads: Command['reads'] = 'none',
): Command => ({ name, summary, on, reads, run });

export const SYSTEM_COMMANDS: readonly Command[] = [
  tool('ssh', 'a console on a node', ['control', 'node'], ssh, 'stream'),
  tool('sysctl', 'settings of the kernel', ['node'], sysctl),
  tool('ss', 'sockets', ['node', 'pod'], ss),
  tool('uname', 'the system', EVERYWHERE, uname),
  tool('whoami', 'who you are', EVERYWHERE, ({ console }) =>
    done(console.kind === 'control' ? 'student\n' : 'root\n'),
  ),
  tool('id', 'who you are', EVERYWHERE, ({ console }) =>
    done(
      console.kind === 'control'
        ? 'uid=1000(student) gid=1000(student) groups=1000(student)\n'
        : 'uid=0(root) gid=0(root) groups=0(root)\n',
    ),
  ),
];
