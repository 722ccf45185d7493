// Targets that rewrite addresses (net/netfilter/xt_nat.c, xt_MASQUERADE.c, xt_REDIRECT.c): they settle what conntrack will do to every
// packet of the connection. The packet itself is changed when the hook has run (nat.ts).
import type { Reason, Target } from '@/lib/net/ruleset/types';
import { addressOf, type Address } from '@/lib/net/routing/address';
import { destinationText, sourceText } from '@/lib/net/conntrack/tuple';
import type { Packet } from './packet';
import { ACCEPT, DROP, type Verdict, type WalkEnv } from './walk-env';

type Tell = (code: string, params?: Reason['params']) => void;

/** Applies a target to the packet's connection; a verdict if it ends the walk. */
export function natTarget(
  target: Extract<Target, { kind: 'dnat' | 'masquerade' | 'other' }>,
  packet: Packet,
  env: WalkEnv,
  tell: Tell,
): Verdict | undefined {
  if (target.kind === 'dnat') return translateDestination(packet, target.to, tell);
  if (target.kind === 'masquerade') return masquerade(packet, env, target.randomFully, tell);
  const [, name = '', ...rest] = target.words;
  const after = (flag: string): string => rest[rest.indexOf(flag) + 1] ?? '';
  switch (name) {
    case 'SNAT': {
      const to = splitHostPort(after('--to-source'));
      if (!to?.address) break;
      return translateSource(packet, to.address, to.port ?? packet.tuple.sourcePort, 'snat', tell);
    }
    case 'REDIRECT': {
      const port = Number(after('--to-ports').split('-')[0]) || packet.tuple.destinationPort;
      const own = env.sourceAddress(packet.inDevice || 'lo', packet.tuple.source);
      if (own) return translateDestination(packet, `[${own.text}]:${port}`, tell);
      break;
    }
    case 'QUEUE':
    case 'NFQUEUE':
      tell('queue');
      return DROP; // nobody listens to the queue
    default:
  }
  tell('other', { target: name });
  return undefined;
}

/** "10.244.1.5:8080", "[fd00::5]:8080" or an address alone as the new destination of a connection. */
export function translateDestination(packet: Packet, to: string, tell: Tell): Verdict {
  const connection = packet.tracking?.connection;
  const target = splitHostPort(to);
  if (!connection || !target) return ACCEPT;
  const { reply } = connection;
  connection.reply = {
    ...reply,
    source: target.address ?? reply.source,
    sourcePort: target.port ?? reply.sourcePort,
  };
  connection.destinationSettled = true;
  tell('dnat', { from: destinationText(packet.tuple), to });
  return ACCEPT;
}

export function masquerade(packet: Packet, env: WalkEnv, randomFully: boolean, tell: Tell): Verdict {
  const source = env.sourceAddress(packet.outDevice, packet.tuple.destination);
  if (!source) return DROP;
  const port = packet.tuple.protocol === 'icmp' || !randomFully ? packet.tuple.sourcePort : env.anyPort();
  return translateSource(packet, source, port, 'masquerade', tell);
}

function translateSource(packet: Packet, to: Address, port: number, code: string, tell: Tell): Verdict {
  const connection = packet.tracking?.connection;
  if (!connection) return ACCEPT;
  const from = sourceText(packet.tuple);
  connection.reply = { ...connection.reply, destination: to, destinationPort: port };
  connection.sourceSettled = true;
  tell(code, { from, to: to.text });
  return ACCEPT;
}

interface HostPort {
  readonly address: Address | undefined;
  readonly port: number | undefined;
}

/** "10.0.0.1:80", "10.0.0.1", "[fd00::1]:80", "fd00::1", ":80"; of a range of ports the first. */
function splitHostPort(text: string): HostPort | undefined {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?/.exec(text);
  const colon = text.includes(':') && text.indexOf(':') === text.lastIndexOf(':') ? text.indexOf(':') : -1;
  const host = bracketed?.[1] ?? (colon < 0 ? text : text.slice(0, colon));
  const port = bracketed ? bracketed[2] : colon < 0 ? undefined : text.slice(colon + 1).split('-')[0];
  const address = host === '' ? undefined : addressOf(host);
  if (host !== '' && !address) return undefined;
  return { address, port: port === undefined ? undefined : Number(port) };
}
