// Connections that a program on a console opens.
import type { Call, From } from '@/lib/net/datapath/connect';
import type { Trace } from '@/lib/net/datapath/trace';
import type { Protocol } from '@/lib/net/conntrack/tuple';
import type { CommandContext, Console, Steps } from '../types';

/** The control machine's address: a host beside the nodes, outside the cluster. */
export const CONTROL_ADDRESS = '192.168.10.5';

type Place = Pick<CommandContext, 'cluster' | 'console'> & Partial<Pick<CommandContext, 'forwards'>>;

/** Who calls, as the datapath names it. */
export function callerOf(console: Console): From {
  switch (console.kind) {
    case 'pod':
      return { pod: `${console.namespace}/${console.name}` };
    case 'node':
      return { node: console.name };
    default:
      return { external: CONTROL_ADDRESS };
  }
}

/** A connection as the program that made it has it. */
export interface Dialled extends Trace {
  /** Whoever took it closes it without a word. */
  readonly closes?: true;
}

/** One connection; undefined if it cannot even be tried (no address of that family, the Pod is gone): "Network is unreachable". */
export function dial(
  place: Place,
  to: string,
  port: number | undefined,
  protocol: Protocol,
  options: { readonly hold?: boolean; readonly sourcePort?: number } = {},
): Dialled | undefined {
  const { cluster, console } = place;
  const forwarded = protocol === 'tcp' && port !== undefined ? throughForward(place, to, port) : undefined;
  if (forwarded) return forwarded;
  const call: Call = {
    from: callerOf(console),
    to,
    protocol,
    ...(port === undefined ? {} : { port }),
    ...(options.sourcePort === undefined ? {} : { sourcePort: options.sourcePort }),
  };
  const made = cluster.network.connect(call, options.hold ? { hold: true } : {});
  return made.ok ? made.value : undefined;
}

/**
 * A port of the control machine at which `kubectl port-forward` listens: the connection is one inside the Pod. kubectl takes it
 * whatever becomes of the other end (client-go tools/portforward).
 */
function throughForward(
  { cluster, console, forwards }: Place,
  to: string,
  port: number,
): Dialled | undefined {
  const local = console.kind === 'control';
  const listener =
    local || to === CONTROL_ADDRESS ? forwards?.at(to === 'localhost' ? '127.0.0.1' : to, port) : undefined;
  if (!listener) return undefined;
  const { namespace, pod, remote } = listener;
  const made = cluster.network.connect({
    from: { pod: `${namespace}/${pod}` },
    to: '127.0.0.1',
    port: remote,
    protocol: 'tcp',
  });
  const inside = made.ok && made.value.verdict === 'delivered' ? made.value : undefined;
  forwards?.accepted(listener, inside !== undefined);
  return inside ?? { ...NOBODY, source: `${to}:${port}`, destination: `${to}:${port}` };
}

/** kubectl has taken the connection and closes it: there is nobody behind. */
const NOBODY: Omit<Dialled, 'source' | 'destination'> = {
  verdict: 'delivered',
  reason: { code: 'verdict.delivered', params: {} },
  protocol: 'tcp',
  snat: false,
  path: [],
  steps: [],
  tracked: [],
  closes: true,
};

/** Waits for an answer that will not come, up to so many milliseconds: as long as the kernel sends its SYN again. */
export function* waitInVain({ cluster }: Place, trace: Trace | undefined, ms: number): Steps<void> {
  if (trace) cluster.network.tell(trace, { until: cluster.now + ms });
  yield { kind: 'wait', ms };
}

/** "10.0.0.1:80" or "[fd00::1]:80" → address and port. */
export function hostPort(text: string): { readonly host: string; readonly port: number } {
  const found = /^\[?([^\]]*?)\]?:(\d+)$/.exec(text);
  return found ? { host: found[1] ?? '', port: Number(found[2]) } : { host: text, port: 0 };
}
