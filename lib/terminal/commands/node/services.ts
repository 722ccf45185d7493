// The node's services and their logs: systemctl, journalctl, crictl, dmesg.
import type { Container, Pod } from '@/lib/kube/types';
import { strftime } from '../../text/dates';
import { done, failed, type Command, type CommandContext, type Result } from '../../types';
import { readOptions } from '../text/options';
import { nodeName, nodeOf } from './node-console';

const UNITS: Readonly<Record<string, string>> = {
  kubelet: 'kubelet: The Kubernetes Node Agent',
  containerd: 'containerd container runtime',
  ssh: 'OpenBSD Secure Shell server',
};

function systemctl(context: CommandContext): Result {
  const [action = '', ...units] = context.args.filter((a) => !a.startsWith('-'));
  const names = units.map((u) => u.replace(/\.service$/, ''));
  const [name = ''] = names;
  if (action === '' || (action === 'list-units' && names.length === 0))
    return done(
      Object.entries(UNITS)
        .map(([n, d]) => `  ${`${n}.service`.padEnd(20)} loaded active running ${d}\n`)
        .join(''),
    );
  const unknown = names.find((n) => !Object.hasOwn(UNITS, n));
  if (unknown !== undefined)
    return action === 'status'
      ? failed(`Unit ${unknown}.service could not be found.`, 4)
      : failed(`Failed to ${action} ${unknown}.service: Unit ${unknown}.service not found.`, 5);
  if (action === 'is-active') return done('active\n');
  if (action === 'restart' || action === 'start' || action === 'daemon-reload') return done();
  if (action !== 'status')
    return failed(
      `systemctl ${action}: the simulated node's services keep running; use status or restart`,
      1,
    );
  const created = Date.parse(nodeOf(context)?.metadata.creationTimestamp ?? '') || context.cluster.now;
  const age = Math.max(0, Math.floor((context.cluster.now - created) / 1000));
  const ago =
    age < 60
      ? `${age}s`
      : age < 3600
        ? `${Math.floor(age / 60)}min ${age % 60}s`
        : `${Math.floor(age / 3600)}h ${Math.floor((age % 3600) / 60)}min`;
  return done(`● ${name}.service - ${UNITS[name] ?? ''}
     Loaded: loaded (/lib/systemd/system/${name}.service; enabled; preset: enabled)
     Active: active (running) since ${strftime('%a %Y-%m-%d %H:%M:%S UTC', created)}; ${ago} ago
   Main PID: 812 (${name})
      Tasks: 14 (limit: 9508)
     CGroup: /system.slice/${name}.service
             └─812 /usr/bin/${name}
`);
}

/** The kubelet's log, told from the Events about its Pods. */
function journalctl(context: CommandContext): Result {
  const options = readOptions('journalctl', context.args, {
    flags: 'fxer',
    valued: 'unS',
    long: { 'no-pager': 'P', 'unit=': 'u', 'lines=': 'n', 'since=': 'S' },
  });
  if ('exit' in options) return options;
  const unit = (options.values.get('u')?.at(-1) ?? 'kubelet').replace(/\.service$/, '');
  if (!Object.hasOwn(UNITS, unit)) return done('-- No entries --\n');
  const node = nodeName(context);
  interface Event {
    readonly reason?: string;
    readonly message?: string;
    readonly source?: { readonly host?: string };
    readonly lastTimestamp?: string;
    readonly eventTime?: string;
    readonly involvedObject?: { readonly name?: string; readonly namespace?: string };
  }
  const events = context.cluster.api.list('Event') as readonly Event[];
  const lines = events
    .filter((e) => unit === 'kubelet' && e.source?.host === node)
    .map((e) => {
      const at = Date.parse(e.lastTimestamp ?? e.eventTime ?? '') || context.cluster.now;
      const pod = `${e.involvedObject?.namespace ?? ''}/${e.involvedObject?.name ?? ''}`;
      return {
        at,
        text: `${strftime('%b %d %H:%M:%S', at)} ${node} ${unit}[812]: I${strftime('%m%d %H:%M:%S', at)}.000000     812 event.go:389] "Event occurred" object="${pod}" reason="${e.reason ?? ''}" message="${e.message ?? ''}"\n`,
      };
    })
    .sort((a, b) => a.at - b.at)
    .map((l) => l.text);
  const count = options.values.get('n')?.at(-1);
  const shown = count === undefined ? lines : lines.slice(-Number(count));
  return done(shown.join('') || '-- No entries --\n');
}

interface ContainerState {
  readonly name?: string;
  readonly containerID?: string;
  readonly restartCount?: number;
  readonly state?: { readonly running?: { readonly startedAt?: string } };
}

function crictl(context: CommandContext): Result {
  const { cluster, args } = context;
  const [verb = ''] = args.filter((a) => !a.startsWith('-'));
  const pods = cluster.api.list<Pod>('Pod').filter((p) => p.spec.nodeName === nodeName(context));
  const since = (time: string | undefined): string => {
    const seconds = Math.max(0, Math.floor((cluster.now - (Date.parse(time ?? '') || cluster.now)) / 1000));
    if (seconds < 60) return `${seconds} seconds ago`;
    return seconds < 3600
      ? `${Math.floor(seconds / 60)} minutes ago`
      : `${Math.floor(seconds / 3600)} hours ago`;
  };
  const id = (text: string): string => {
    let value = 0x811c9dc5;
    let out = '';
    for (let i = 0; i < 2; i++) {
      for (const c of text) value = Math.imul(value ^ c.charCodeAt(0), 0x01000193) >>> 0;
      out += value.toString(16).padStart(8, '0');
    }
    return out.slice(0, 13);
  };
  if (verb === 'pods') {
    const rows = pods.map((p) => [
      id(p.metadata.uid ?? ''),
      since(p.status?.startTime),
      p.status?.phase === 'Running' ? 'Ready' : 'NotReady',
      p.metadata.name ?? '',
      p.metadata.namespace ?? '',
      '0',
      '(default)',
    ]);
    return done(columns(['POD ID', 'CREATED', 'STATE', 'NAME', 'NAMESPACE', 'ATTEMPT', 'RUNTIME'], rows));
  }
  if (verb !== 'ps') return failed(`crictl ${verb}: use crictl ps or crictl pods here`, 1);
  const stateOf = (pod: Pod, c: Container): ContainerState | undefined =>
    (pod.status?.containerStatuses as readonly ContainerState[] | undefined)?.find((s) => s.name === c.name);
  const rows = pods.flatMap((pod) =>
    pod.spec.containers.flatMap((c) => {
      const state = stateOf(pod, c);
      if (!state?.state?.running && !args.includes('-a')) return [];
      const own = id(`${pod.metadata.uid ?? ''}/${c.name}`);
      return [
        [
          own,
          id(c.image ?? ''),
          since(state?.state?.running?.startedAt),
          state?.state?.running ? 'Running' : 'Exited',
          c.name,
          String(state?.restartCount ?? 0),
          id(pod.metadata.uid ?? ''),
          pod.metadata.name ?? '',
        ],
      ];
    }),
  );
  return done(columns(['CONTAINER', 'IMAGE', 'CREATED', 'STATE', 'NAME', 'ATTEMPT', 'POD ID', 'POD'], rows));
}

/** Go's tabwriter with twenty-wide cells, as crictl sets it up. */
function columns(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((h, i) => Math.max(20, h.length + 3, ...rows.map((r) => (r[i]?.length ?? 0) + 3)));
  return [head, ...rows]
    .map((r) => r.map((c, i) => (i === r.length - 1 ? c : c.padEnd(widths[i] ?? 0))).join('') + '\n')
    .join('');
}

function dmesg(context: CommandContext): Result {
  const { refusedForSpace } = context.cluster.network.kernel(nodeName(context));
  const boot =
    '[    0.000000] Linux version 6.1.0-28-amd64 (debian-kernel@lists.debian.org)\n[    4.112233] cni0: port 1 entered forwarding state\n';
  return done(
    boot +
      (refusedForSpace > 0 ? '[  812.402001] nf_conntrack: nf_conntrack: table full, dropping packet\n' : ''),
  );
}

const tool = (name: string, summary: string, run: (context: CommandContext) => Result): Command => ({
  name,
  summary,
  on: ['node'],
  reads: 'none',
  run,
});

export const SERVICE_COMMANDS: readonly Command[] = [
  tool('systemctl', 'services of the node', systemctl),
  tool('journalctl', "the services' logs", journalctl),
  tool('crictl', 'containers of the node', crictl),
  tool('dmesg', "the kernel's log", dmesg),
];
