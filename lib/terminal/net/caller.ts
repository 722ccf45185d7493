// Connections that a program on a console opens.
import type { Call, From } from '@/lib/net/datapath/connect';
import type { Trace } from '@/lib/net/datapath/trace';
import type { Protocol } from '@/lib/net/conntrack/tuple';
import type { CommandContext, Console, Steps } from '../types';

/** The control machine's address: a host beside the nodes, outside the cluster. */
export const CONTROL_ADDRESS = '192.168.10.5';

type Place = Pick<CommandContext, 'cluster' | 'console'>;

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

/** One connection; undefined if it cannot even be tried (no address of that family, the Pod is gone): "Network is unreachable". */
export function dial(
  { cluster, console }: Place,
  to: string,
  port: number | undefined,
  protocol: Protocol,
  options: { readonly hold?: boolean; readonly sourcePort?: number } = {},
): Trace | undefined {
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
