// ss (iproute2 6.1, misc/ss.c): sockets that listen on a node or in a Pod. Connections that stand are in conntrack's list; the
// simulated cluster keeps no sockets for them.
import { behaviourOf, type Listener } from '@/lib/kube/kubelet/images';
import type { Container, Pod } from '@/lib/kube/types';
import { done, type Command, type CommandContext, type Result } from '../../types';
import { readOptions } from '../text/options';

interface Socket {
  readonly protocol: 'tcp' | 'udp';
  /** `*`: all addresses of both families, as a Go program listens. */
  readonly address: string;
  readonly port: number;
  readonly process: string;
  readonly pid: number;
}

/** What a node's system runs beside Pods; the ports are kubelet's defaults (pkg/cluster/ports). */
const SYSTEM: readonly Socket[] = [
  { protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd', pid: 612 },
  { protocol: 'tcp', address: '127.0.0.1', port: 10248, process: 'kubelet', pid: 701 },
  { protocol: 'tcp', address: '*', port: 10250, process: 'kubelet', pid: 701 },
];

/** A process id among those after the system's own, the same as long as the Pod lives. */
const hostPid = (pod: Pod): number => 1000 + (parseInt((pod.metadata.uid ?? '0').slice(0, 6), 16) % 30_000);

function socketsOf(pod: Pod, pid: number): readonly Socket[] {
  const socket = (container: Container, { protocol, port, loopback }: Listener): Socket => ({
    protocol: protocol === 'UDP' ? 'udp' : 'tcp',
    address: loopback === true ? '127.0.0.1' : '*',
    port,
    process: container.name.slice(0, 15),
    pid,
  });
  return pod.spec.containers.flatMap((c) => behaviourOf(c).listeners.map((l) => socket(c, l)));
}

function sockets({ cluster, console }: CommandContext): readonly Socket[] {
  if (console.kind === 'control') return [];
  const own =
    console.kind === 'pod' ? cluster.api.get<Pod>('Pod', console.namespace, console.name) : undefined;
  if (console.kind === 'pod' && !own?.spec.hostNetwork) return own ? socketsOf(own, 1) : [];
  const node = console.kind === 'node' ? console.name : own?.spec.nodeName;
  const host = cluster.api.list<Pod>('Pod').filter((p) => p.spec.hostNetwork && p.spec.nodeName === node);
  return [...SYSTEM, ...host.flatMap((pod) => socketsOf(pod, hostPid(pod)))];
}

/** /etc/services, for ports that the simulated cluster has. */
const SERVICES: Readonly<Record<number, string>> = {
  22: 'ssh',
  53: 'domain',
  80: 'http',
  443: 'https',
  8080: 'http-alt',
};

interface Column {
  readonly head: string;
  readonly right?: true;
  /** What stands before the column. */
  readonly before: string;
}

const COLUMNS: readonly Column[] = [
  { head: 'State', before: '' },
  { head: 'Recv-Q', before: ' ' },
  { head: 'Send-Q', before: ' ' },
  { head: 'Local Address', before: ' ', right: true },
  { head: 'Port', before: ':' },
  { head: 'Peer Address', before: ' ', right: true },
  { head: 'Port', before: ':' },
  { head: 'Process', before: '' },
];
const NETID: Column = { head: 'Netid', before: '' };

/** Where the output is no terminal, each column is as wide as its widest cell, and the last one is filled up too. */
function layout(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const widths = columns.map((_, i) => Math.max(0, ...rows.map((row) => row[i]?.length ?? 0)));
  const cell = ({ before, right }: Column, text: string, width: number): string =>
    before + (right ? text.padStart(width) : text.padEnd(width));
  const line = (row: readonly string[]): string =>
    columns.map((column, i) => cell(column, row[i] ?? '', widths[i] ?? 0)).join('');
  return rows.map((row) => `${line(row)}\n`).join('');
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
  const listening = flags.has('l') || flags.has('a');
  const shown = listening ? sockets(context).filter((s) => both || flags.has(s.protocol[0] ?? '')) : [];
  const columns = both
    ? [NETID, { ...COLUMNS[0], head: 'State', before: ' ' }, ...COLUMNS.slice(1)]
    : COLUMNS;
  const rows = shown.map(({ protocol, address, port, process, pid }, i) => [
    ...(both ? [protocol] : []),
    protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    '0',
    protocol === 'udp' ? '0' : process === 'sshd' ? '128' : '4096',
    address,
    flags.has('n') ? String(port) : (SERVICES[port] ?? String(port)),
    address === '*' ? '*' : '0.0.0.0',
    '*',
    flags.has('p') ? ` users:(("${process}",pid=${pid},fd=${fdOf(shown, i)}))` : '',
  ]);
  const head = flags.has('H') ? [] : [columns.map((c) => c.head)];
  return done(layout(columns, [...head, ...rows]));
}

/** The descriptor of a process' next socket: 3 is the first after standard input, output and error. */
const fdOf = (all: readonly Socket[], at: number): number =>
  3 + all.slice(0, at).filter((s) => s.pid === all[at]?.pid).length;

export const ssCommand: Command = {
  name: 'ss',
  summary: 'sockets',
  on: ['node', 'pod'],
  reads: 'none',
  run: ss,
};
