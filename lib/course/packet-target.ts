// A packet that the learner sends, as the target of a click: "packet:pod/default/client->10.96.42.231:80/tcp". Written as `ksvc trace`
// takes its ends: pod/NAMESPACE/NAME, node/NAME or external/IP, and IP:PORT/tcp, udp, or IP/icmp.
import { joinHostPort, parseIp } from '@/lib/core/ip';
import type { Call, From } from '@/lib/net/datapath/connect';

const MARK = 'packet:';

/** The click that stands for a connection. */
export function packetTarget({ from, to, port, protocol }: Call): string {
  const end =
    'pod' in from ? `pod/${from.pod}` : 'node' in from ? `node/${from.node}` : `external/${from.external}`;
  return `${MARK}${end}->${port === undefined ? to : joinHostPort(to, port)}/${protocol}`;
}

/** The connection that a click stands for; undefined if it is another click. */
export function packetOf(target: string): Call | undefined {
  if (!target.startsWith(MARK)) return undefined;
  const [source = '', destination = ''] = target.slice(MARK.length).split('->');
  const from = fromOf(source);
  const to = endOf(destination);
  return from && to && parseIp(to.to) && (to.port ?? 0) <= 65_535 ? { from, ...to } : undefined;
}

/** "10.96.42.231:80/tcp", "[fd00::1]:53/udp", "10.244.1.3/icmp" */
function endOf(text: string): Omit<Call, 'from'> | undefined {
  const slash = text.lastIndexOf('/');
  const address = text.slice(0, slash);
  const protocol = text.slice(slash + 1);
  if (protocol === 'icmp') return { to: address, protocol };
  if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return undefined;
  const [, v6, v4, port] = /^(?:\[([^[\]]+)\]|([^:[\]]+)):(\d{1,5})$/.exec(address) ?? [];
  return port === undefined ? undefined : { to: v6 ?? v4 ?? '', port: Number(port), protocol };
}

function fromOf(text: string): From | undefined {
  const at = text.indexOf('/');
  const name = text.slice(at + 1);
  if (at < 0 || name === '') return undefined;
  switch (text.slice(0, at)) {
    case 'pod':
      return /^[^/]+\/[^/]+$/.test(name) ? { pod: name } : undefined;
    case 'node':
      return { node: name };
    case 'external':
      return parseIp(name) ? { external: name } : undefined;
    default:
      return undefined;
  }
}
