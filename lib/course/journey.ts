// One connection's addresses at the places where they can change: what a learner foretells as roles ("client>pod"), and what the trace
// and the connection tracking of the nodes say.
import { splitHostPort } from '@/lib/core/ip';
import { destinationText, inverse, sourceText, type Tuple } from '@/lib/net/conntrack/tuple';
import type { Call } from '@/lib/net/datapath/connect';
import type { Trace } from '@/lib/net/datapath/trace';

/** Who calls: a Pod that is no endpoint, a node, or an endpoint that gets its own connection. */
export type JourneyFrom = 'pod' | 'node' | 'self';

/** A journey of a lab: a connection to this Service, from such a caller. */
export interface JourneyQuestion {
  readonly from: JourneyFrom;
  /** "namespace/name" */
  readonly service: `${string}/${string}`;
}

/**
 * After nat PREROUTING or OUTPUT of the first node; after its nat POSTROUTING; as the Pod gets it; the answer as the Pod sends it; the
 * answer as the caller gets it.
 */
export const JOURNEY_POINTS = ['translated', 'leaving', 'arrived', 'answer', 'back'] as const;
export type JourneyPoint = (typeof JOURNEY_POINTS)[number];

/** Roles of addresses. `node`: an address of the caller's node that MASQUERADE, or the node's own process, put in as the source. */
export const JOURNEY_WAYS = [
  'client>service',
  'client>pod',
  'node>service',
  'node>pod',
  'service>client',
  'service>node',
  'pod>client',
  'pod>node',
] as const;
export type JourneyWay = (typeof JOURNEY_WAYS)[number];
type Role = 'client' | 'service' | 'pod' | 'node';

export interface JourneyRow {
  readonly point: JourneyPoint;
  /** IP:PORT */
  readonly source: string;
  readonly destination: string;
}

/** A connection that arrived, place by place. */
export interface Journey {
  /** As the caller's socket has it. */
  readonly source: string;
  readonly destination: string;
  /** The Pod that answered. */
  readonly endpoint: string;
  /** nat PREROUTING for what comes from a Pod, nat OUTPUT for a process of the node. */
  readonly hook: 'PREROUTING' | 'OUTPUT';
  readonly rows: readonly JourneyRow[];
}

/** The journey of a connection; undefined if nobody answered, or if no node tracked it. */
export function journeyOf(trace: Trace): Journey | undefined {
  const { endpoint, source, destination, tracked, steps } = trace;
  const first = tracked[0]?.connection;
  const last = tracked.at(-1)?.connection;
  if (trace.verdict !== 'delivered' || endpoint === undefined || !first || !last) return undefined;
  const leaving = inverse(first.reply);
  const row = (point: JourneyPoint, from: string, to: string): JourneyRow => ({
    point,
    source: from,
    destination: to,
  });
  const along = (point: JourneyPoint, tuple: Tuple): JourneyRow =>
    row(point, sourceText(tuple), destinationText(tuple));
  return {
    source,
    destination,
    endpoint,
    hook: steps[0]?.hook === 'OUTPUT' ? 'OUTPUT' : 'PREROUTING',
    rows: [
      row('translated', source, destinationText(leaving)),
      along('leaving', leaving),
      along('arrived', inverse(last.reply)),
      along('answer', last.reply),
      row('back', destination, source),
    ],
  };
}

/** The newest connection of a journey that arrived. */
export function journeyMade(
  made: readonly { readonly call: Call; readonly trace: Trace }[],
  from: JourneyFrom,
  clusterIP: string | undefined,
): Journey | undefined {
  const found = made.findLast(
    ({ call, trace }) =>
      call.to === clusterIP &&
      call.protocol === 'tcp' &&
      trace.verdict === 'delivered' &&
      isFrom(call, trace, from),
  );
  return found && journeyOf(found.trace);
}

function isFrom({ from }: Call, { endpointPod }: Trace, wanted: JourneyFrom): boolean {
  if (wanted === 'node') return 'node' in from;
  if (!('pod' in from)) return false;
  return (from.pod === endpointPod) === (wanted === 'self');
}

/** What was foretold, one way a row; undefined where nothing, or no such way, was said. */
export const waysSaid = (answer: string | undefined): readonly (JourneyWay | undefined)[] => {
  const said = (answer ?? '').split(',');
  return JOURNEY_POINTS.map((_, i) => JOURNEY_WAYS.find((way) => way === said[i]));
};

/** Whether a way fits what a row shows. Two roles may be one address: a node that calls, or a Pod that calls itself. */
export function fits(way: JourneyWay | undefined, row: JourneyRow, journey: Journey): boolean {
  if (way === undefined) return false;
  const [from = '', to = ''] = way.split('>');
  return isRole(from as Role, row.source, journey) && isRole(to as Role, row.destination, journey);
}

function isRole(role: Role, address: string, { source, destination, endpoint, rows }: Journey): boolean {
  switch (role) {
    case 'service':
      return address === destination;
    case 'pod':
      return address === endpoint;
    case 'client':
      return address !== endpoint && hostOf(address) === hostOf(source);
    case 'node': {
      const left = rows.find(({ point }) => point === 'leaving')?.source ?? '';
      // MASQUERADE without a port of its own choice may keep the client's address: then nobody put a node's in.
      return left !== source && address === left;
    }
  }
}

const hostOf = (address: string): string => splitHostPort(address).host;
