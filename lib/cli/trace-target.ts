// The words of `ksvc trace` for who calls and what is called.
import { familyOfText, parseIp } from '@/lib/core/ip';
import type { IPFamily, KubeObject, Pod, Protocol, Service, ServicePort } from '@/lib/kube/types';
import type { Call, From } from '@/lib/net/datapath/connect';
import { UsageError } from './io';

/** pod/NS/NAME, node/NAME, external/IP. */
export function parseSource(text: string): From {
  const [kind, ...rest] = text.split('/');
  if (kind === 'pod' && rest.length === 2 && rest.every(Boolean)) return { pod: rest.join('/') };
  if (kind === 'node' && rest.length === 1 && rest[0]) return { node: rest[0] };
  if (kind === 'external' && rest.length === 1 && parseIp(rest[0] ?? '')) return { external: rest[0] ?? '' };
  throw new UsageError(`--from "${text}"; use pod/NAMESPACE/NAME, node/NAME or external/IP`);
}

export type Destination = Pick<Call, 'to' | 'port' | 'protocol'>;

const FORMS = 'use IP:PORT[/tcp|udp|sctp], IP/icmp, svc/NAMESPACE/NAME:PORT or pod/NAMESPACE/NAME:PORT';

/**
 * IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], IP/icmp, svc/NS/NAME:PORT, NS/NAME:PORT, "svc NS/NAME:PORT", pod/NS/NAME:PORT. A Service's
 * port is a number or its name. `family` undefined: the object's first.
 */
export function parseDestination(
  text: string,
  objects: readonly KubeObject[],
  family: IPFamily | undefined,
): Destination {
  const given = text.trim();
  const literal = /^\[?([0-9a-fA-F:.]+?)\]?(?::(\d{1,5}))?(?:\/(\w+))?$/.exec(given);
  if (
    literal &&
    parseIp(literal[1] ?? '') &&
    (literal[1]?.includes('.') || given.startsWith('[') || !literal[2])
  )
    return literalDestination(given, literal, family);
  const named = /^(?:(svc|pod)[ /])?([^/:\s]+)\/([^/:\s]+)(?::([\w-]+))?(?:\/(\w+))?$/.exec(given);
  if (!named) throw new UsageError(`--to "${text}"; ${FORMS}`);
  const [, kind, namespace = '', name = '', port, protocolText] = named;
  const protocol = protocolText === undefined ? undefined : protocolOf(protocolText, text);
  if (port === undefined && protocol !== 'icmp')
    throw new UsageError(`--to "${text}" names no port; ${FORMS}`);
  const find = <T extends KubeObject>(wanted: T['kind']): T => {
    const found = objects.find(
      (o) =>
        o.kind === wanted && (o.metadata.namespace ?? 'default') === namespace && o.metadata.name === name,
    );
    if (found) return found as T;
    throw new UsageError(`--to "${text}": the cluster file has no ${wanted} ${namespace}/${name}`);
  };
  if (kind === 'pod') return podDestination(find<Pod>('Pod'), port, protocol, family, text);
  return serviceDestination(find<Service>('Service'), port, protocol, family, text);
}

function literalDestination(text: string, match: RegExpExecArray, family: IPFamily | undefined): Destination {
  const [, ip = '', portText, protocolText] = match;
  const protocol = protocolText === undefined ? 'tcp' : protocolOf(protocolText, text);
  if (family && familyOfText(ip) !== family)
    throw new UsageError(`--to "${text}" is no ${family} address; change --ip-family or the address`);
  if (protocol === 'icmp') return { to: ip, protocol };
  if (portText === undefined) throw new UsageError(`--to "${text}" names no port; ${FORMS}`);
  return { to: ip, protocol, port: portNumber(portText, text) };
}

function protocolOf(word: string, text: string): Call['protocol'] {
  const lower = word.toLowerCase();
  if (lower === 'tcp' || lower === 'udp' || lower === 'sctp' || lower === 'icmp') return lower;
  throw new UsageError(`--to "${text}": protocol "${word}" is not known; use tcp, udp, sctp or icmp`);
}

function portNumber(word: string, text: string): number {
  const port = /^\d{1,5}$/.test(word) ? Number(word) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new UsageError(`--to "${text}": "${word}" is no port; use 1 to 65535`);
}

function podDestination(
  pod: Pod,
  port: string | undefined,
  protocol: Call['protocol'] = 'tcp',
  family: IPFamily | undefined,
  text: string,
): Destination {
  const ips = pod.status?.podIPs?.map((p) => p.ip) ?? (pod.status?.podIP ? [pod.status.podIP] : []);
  const to = ips.find((ip) => family === undefined || familyOfText(ip) === family);
  if (to === undefined) throw new UsageError(`--to "${text}": the Pod has no ${family ?? 'IP'} address`);
  return protocol === 'icmp' ? { to, protocol } : { to, protocol, port: portNumber(port ?? '', text) };
}

function serviceDestination(
  service: Service,
  port: string | undefined,
  protocol: Call['protocol'] | undefined,
  family: IPFamily | undefined,
  text: string,
): Destination {
  const { spec } = service;
  const ips = (spec.clusterIPs ?? [spec.clusterIP ?? '']).filter((ip) => ip !== '' && ip !== 'None');
  const to = ips.find((ip) => family === undefined || familyOfText(ip) === family);
  if (to === undefined) {
    const why =
      spec.type === 'ExternalName'
        ? `is an ExternalName Service, which has no address`
        : ips.length > 0
          ? `has no ${family ?? ''} cluster IP`
          : 'is headless: it has no cluster IP; trace one of its Pods (pod/NAMESPACE/NAME:PORT)';
    throw new UsageError(`--to "${text}": the Service ${why}`);
  }
  if (protocol === 'icmp') return { to, protocol };
  const ports = spec.ports ?? [];
  const found = ports.find(
    (p) =>
      (String(p.port) === port || p.name === port) &&
      (protocol === undefined || (p.protocol ?? 'TCP').toLowerCase() === protocol),
  );
  if (found) return { to, port: found.port, protocol: lower(found.protocol) };
  throw new UsageError(
    `--to "${text}": the Service has no such port; it has ${ports.map(portText).join(', ') || 'none'}`,
  );
}

const lower = (protocol: Protocol = 'TCP'): 'tcp' | 'udp' | 'sctp' =>
  protocol === 'UDP' ? 'udp' : protocol === 'SCTP' ? 'sctp' : 'tcp';

const portText = ({ port, name, protocol }: ServicePort): string =>
  `${port}/${lower(protocol)}${name ? ` (${name})` : ''}`;
