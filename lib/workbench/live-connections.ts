// Connections that the nodes still remember: a row of conntrack for each, with the names of who talks to whom.
import type { Node, Pod, Service } from '@/lib/kube/types';
import type { Entry } from '@/lib/net/conntrack/entry';
import { destinationText, sourceText, tupleKey } from '@/lib/net/conntrack/tuple';
import type { Inspected } from './inspected';

export interface LiveConnection {
  /** Stays the same as long as the connection does. */
  readonly id: string;
  /** Whose conntrack this row is in: the node that translates, where one does. */
  readonly node: string;
  readonly protocol: Entry['original']['protocol'];
  /** Of TCP and SCTP. */
  readonly state?: string;
  readonly from: ConnectionEnd;
  /** Where the client thinks that it went. */
  readonly to: string;
  /** Who answers; as `to` says unless the address was translated. */
  readonly endpoint: ConnectionEnd;
  /** Until the entry is forgotten if nothing more comes. */
  readonly secondsLeft: number;
}

export interface ConnectionEnd {
  /** IP:PORT; of ICMP the address alone. */
  readonly address: string;
  /** A Pod's or node's name; absent outside the cluster. */
  readonly name?: string;
}

export interface LiveConnections {
  /** The newest first. */
  readonly rows: readonly LiveConnection[];
  readonly more: number;
}

const MOST = 40;

/** Those to a Service's addresses, ports of nodes or endpoints; without one, all. A connection that crosses nodes is listed once. */
export function liveConnections(
  { api, network, now }: Inspected,
  service: Service | undefined,
  endpoints: ReadonlySet<string>,
): LiveConnections {
  const found = new Map<string, { readonly node: string; readonly entry: Entry }>();
  const concerns = service && concernsOf(service, endpoints);
  for (const node of api.list<Node>('Node')) {
    const name = node.metadata.name ?? '';
    for (const entry of network.conntrack(name)) {
      if (concerns && !concerns(entry)) continue;
      // Every node on the way has an entry, and answers look the same to all of them; the one that translates says the most.
      const key = tupleKey(entry.reply);
      const known = found.get(key);
      if (!known || (isTranslated(entry) && !isTranslated(known.entry)))
        found.set(key, { node: name, entry });
    }
  }
  const newest = [...found].sort(([, a], [, b]) => b.entry.since - a.entry.since || b.entry.id - a.entry.id);
  const names = newest.length > 0 ? namesOf(api) : new Map<string, string>();
  return {
    rows: newest.slice(0, MOST).map(([id, { node, entry }]) => rowOf(id, node, entry, names, now)),
    more: Math.max(0, newest.length - MOST),
  };
}

const isTranslated = ({ original, reply }: Entry): boolean =>
  original.destination.text !== reply.source.text ||
  original.destinationPort !== reply.sourcePort ||
  original.source.text !== reply.destination.text;

function concernsOf({ spec, status }: Service, endpoints: ReadonlySet<string>): (entry: Entry) => boolean {
  const balancer = (
    status as
      | { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] } }
      | undefined
  )?.loadBalancer?.ingress;
  const addresses = new Set([
    ...(spec.clusterIPs ?? []),
    ...(spec.externalIPs ?? []),
    ...(balancer ?? []).flatMap(({ ip }) => ip ?? []),
  ]);
  const nodePorts = new Set((spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []));
  return ({ original, reply }) =>
    addresses.has(original.destination.text) ||
    nodePorts.has(original.destinationPort) ||
    endpoints.has(reply.source.text);
}

/** Names by address: Pods of their own network, and nodes. */
function namesOf(api: Inspected['api']): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { metadata, spec, status } of api.list<Pod>('Pod'))
    if (!spec.hostNetwork) for (const { ip } of status?.podIPs ?? []) names.set(ip, metadata.name ?? '');
  for (const { metadata, status } of api.list<Node>('Node'))
    for (const { address } of status?.addresses ?? []) names.set(address, metadata.name ?? '');
  return names;
}

function rowOf(
  id: string,
  node: string,
  { original, reply, state, expiresAt }: Entry,
  names: ReadonlyMap<string, string>,
  now: number,
): LiveConnection {
  const end = (ip: string, text: string): ConnectionEnd => {
    const name = names.get(ip);
    return { address: original.protocol === 'icmp' ? ip : text, ...(name === undefined ? {} : { name }) };
  };
  return {
    id,
    node,
    protocol: original.protocol,
    ...(state === undefined ? {} : { state }),
    from: end(original.source.text, sourceText(original)),
    to: original.protocol === 'icmp' ? original.destination.text : destinationText(original),
    endpoint: end(reply.source.text, sourceText(reply)),
    secondsLeft: Math.max(0, Math.ceil((expiresAt - now) / 1000)),
  };
}
