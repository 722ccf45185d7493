// A packet is predicted before it is sent: where it will end, and which source address the server will see. What can be answered, and
// what is really possible; judge.ts compares.
import { joinHostPort, splitHostPort } from '@/lib/core/ip';
import { ok, type Result } from '@/lib/core/result';
import type { EndpointSlice, Node, Pod, Service } from '@/lib/kube/types';
import type { Reason } from '@/lib/net/ruleset/types';
import { SERVICE_NAME_LABEL, type Cluster } from '@/lib/sim';
import { endOf, type End, type Way } from './judge';
import { plainStep, type PacketFrom, type PacketStep, type PacketTo } from './packet';

export interface PredictionChoices {
  /** Endpoints of the Service that the packet is for, ready or not; the address itself if it is for none. */
  readonly endpoints: readonly { readonly end: string; readonly pod?: string }[];
  /** Addresses that the server might see, and whose each is; "" for the client outside a Pod and for the address that is called. */
  readonly sources: readonly { readonly address: string; readonly of: string }[];
  /** The address that is called. */
  readonly called: string;
  /** Where it can really end, the likeliest first. */
  readonly ways: readonly Way[];
  /** What happens to it on the likeliest way, in order: the hints. */
  readonly hints: readonly PacketStep[];
}

type World = Pick<Cluster, 'api' | 'network'>;

/** So many endpoints and nodes are offered. */
const MOST_OFFERED = 30;

export function predictionChoices(
  { api, network }: World,
  from: PacketFrom,
  to: PacketTo,
): Result<PredictionChoices, Reason> {
  const outcomes = network.outcomes({ from, ...to });
  if (!outcomes.ok) return outcomes;
  const ways = new Map<End, number>();
  for (const outcome of outcomes.value)
    ways.set(endOf(outcome), (ways.get(endOf(outcome)) ?? 0) + outcome.probability);
  const [first] = outcomes.value;
  return ok({
    endpoints: endpointsOf(api, to).slice(0, MOST_OFFERED),
    sources: sourcesOf(network, to, first?.source ?? '', 'pod' in from ? from.pod : ''),
    called: to.to,
    ways: [...ways]
      .map(([end, probability]) => ({ end, probability }))
      .toSorted((a, b) => b.probability - a.probability),
    hints: (first?.steps ?? [])
      .filter(({ leg, effect }) => leg === 'request' && (ways.size > 1 ? COMMON : TELLING).test(effect.code))
      .map(plainStep),
  });
}

/** Steps that bring somebody further who wants to know where a packet goes; where lots are drawn, those that do not tell the lot. */
const TELLING = /^step\.(jump|goto|dnat|snat|masquerade|mark|drop|reject|martian|noForwarding|route\..*)$/;
const COMMON = /^step\.(jump|goto|mark)$/;

function endpointsOf(api: World['api'], to: PacketTo): PredictionChoices['endpoints'] {
  const service = serviceAt(api, to);
  if (!service) {
    const end = to.port === undefined ? to.to : joinHostPort(to.to, to.port);
    const pod = api.list<Pod>('Pod').find(({ status, spec }) => status?.podIP === to.to && !spec.hostNetwork);
    return [{ end, ...(pod ? { pod: `${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''}` } : {}) }];
  }
  const { metadata, port } = service;
  const six = to.to.includes(':');
  return api
    .labelled<EndpointSlice>('EndpointSlice', metadata.namespace ?? '', {
      [SERVICE_NAME_LABEL]: metadata.name ?? '',
    })
    .filter(({ addressType }) => (addressType === 'IPv6') === six)
    .flatMap(({ endpoints, ports }) => {
      const target = ports?.find(({ name = '' }) => name === port)?.port;
      return (endpoints ?? []).flatMap(({ addresses, targetRef }) =>
        addresses.map((ip) => ({
          end: target === undefined ? ip : joinHostPort(ip, target),
          ...(targetRef?.name ? { pod: `${targetRef.namespace ?? ''}/${targetRef.name}` } : {}),
        })),
      );
    });
}

/** The Service that an address with its port belongs to, and the name of that port. */
function serviceAt(
  api: World['api'],
  { to, port, protocol }: PacketTo,
): { readonly metadata: Service['metadata']; readonly port: string } | undefined {
  const nodeIPs = new Set(
    api.list<Node>('Node').flatMap((n) => (n.status?.addresses ?? []).map((a) => a.address)),
  );
  for (const { metadata, spec, status } of api.list<Service>('Service')) {
    const ips = [
      ...(spec.clusterIPs ?? [spec.clusterIP ?? '']),
      ...(spec.externalIPs ?? []),
      ...(status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []),
    ];
    const found = spec.ports?.find(
      (p) =>
        (p.protocol ?? 'TCP').toLowerCase() === protocol &&
        ((ips.includes(to) && p.port === port) || (nodeIPs.has(to) && p.nodePort === port)),
    );
    if (found) return { metadata, port: found.name ?? '' };
  }
  return undefined;
}

function sourcesOf(
  network: World['network'],
  { to }: PacketTo,
  source: string,
  pod: string,
): PredictionChoices['sources'] {
  const six = to.includes(':');
  const nodes = network.world.nodes
    .slice(0, MOST_OFFERED)
    .flatMap(({ name, ownAddresses }) => [...ownAddresses].map((address) => ({ address, of: name })))
    .filter(({ address }) => address.includes(':') === six);
  const all = [{ address: hostOf(source), of: pod }, ...nodes, { address: to, of: '' }];
  return all.filter((one, i) => all.findIndex(({ address }) => address === one.address) === i);
}

/** "10.0.0.1:80", "[fd00::1]:80" or, of ICMP, the address alone. */
const hostOf = (text: string): string => (/^\[|^[^:]*:\d+$/.test(text) ? splitHostPort(text).host : text);
