// What checks may ask about connections: those that were opened in the lab – by curl in a terminal, or by a packet that was sent –
// with what came of each; and what was asked of the cluster's DNS, which is a connection too.
import type { CoreEvent } from '@/lib/kube/controllers/event';
import type { Pod, Service } from '@/lib/kube/types';
import type { Answer, Question } from '@/lib/net/dns/message';
import type { ObjectKey } from './checks';
import type { TerminalOutput, World } from './types';

export interface MadeCall {
  /** Virtual time, ms. */
  readonly at: number;
  /** The address that was called. */
  readonly to: string;
  /** Whoever opened it: a Pod ("namespace/name"), a node, or an address outside the cluster. */
  readonly from: { readonly pod?: string; readonly node?: string; readonly external?: string };
  /** The Service whose clusterIP was called. */
  readonly service?: ObjectKey;
  /** The Pod whose own IP was called. */
  readonly pod?: string;
  readonly port: number;
  /** A process answered. */
  readonly answered: boolean;
  /** The Pod that answered. */
  readonly endpoint?: string;
  /** The client's address as the endpoint saw it. */
  readonly sourceSeen?: string;
  /** Hooks and chains that the first packet walked, in order. */
  readonly path: readonly string[];
}

const nameOf = ({ metadata }: Service | Pod): ObjectKey =>
  `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`;

/** TCP connections in the order in which they were opened. */
export function calls(world: World): readonly MadeCall[] {
  const services = new Map(world.list<Service>('Service').map((s) => [s.spec.clusterIP, nameOf(s)]));
  const pods = new Map(world.list<Pod>('Pod').map((p) => [p.status?.podIP, nameOf(p)]));
  return world.connections.flatMap(({ at, call, trace }): MadeCall[] => {
    if (call.protocol !== 'tcp') return [];
    const service = services.get(call.to);
    const pod = pods.get(call.to);
    return [
      {
        at,
        to: call.to,
        from: call.from,
        port: call.port ?? 0,
        answered: trace.verdict === 'delivered',
        path: trace.path,
        ...(service === undefined ? {} : { service }),
        ...(pod === undefined ? {} : { pod }),
        ...(trace.endpointPod === undefined ? {} : { endpoint: trace.endpointPod }),
        ...(trace.sourceIPSeen === undefined ? {} : { sourceSeen: trace.sourceIPSeen }),
      },
    ];
  });
}

/** The connections to a Service. */
export const callsTo = (world: World, service: ObjectKey): readonly MadeCall[] =>
  calls(world).filter((call) => call.service === service);

/** The packet came by all these chains on its way. */
export const cameBy = (call: MadeCall, ...chains: readonly string[]): boolean =>
  chains.every((chain) => call.path.includes(chain));

/** A Pod's call that was answered by this very Pod. */
export const reachedItself = ({ from, endpoint, answered }: MadeCall): boolean =>
  answered && from.pod !== undefined && from.pod === endpoint;

/** The connection that was opened last. */
export const lastCall = (world: World): MadeCall | undefined => calls(world).at(-1);

/** When containers of a namespace's Pods were stopped (virtual ms, to the second), as the kubelets' events tell. */
export const stops = (
  world: World,
  namespace: string,
): readonly { readonly pod: string; readonly at: number }[] =>
  world
    .list<CoreEvent>('Event', namespace)
    .filter(({ reason, involvedObject }) => reason === 'Killing' && involvedObject.kind === 'Pod')
    .map(({ involvedObject, lastTimestamp }) => ({
      pod: involvedObject.name ?? '',
      at: Date.parse(lastTimestamp ?? ''),
    }));

/** What the last line of any terminal printed. */
export const lastOutput = (world: World): TerminalOutput | undefined => world.outputs.at(-1);

/** An entry that a list of conntrack printed. */
export interface EntrySeen {
  /** The direction of the first packet. */
  readonly source: string;
  readonly destination: string;
  /** What answers look like. */
  readonly replySource: string;
  readonly replyDestination: string;
}

const ENTRY =
  /src=(\S+) dst=(\S+) sport=\d+ dport=\d+ (?:\[UNREPLIED\] )?src=(\S+) dst=(\S+) sport=\d+ dport=\d+/g;

/** The TCP and UDP entries in what a terminal printed; `conntrack -L` by whatever way and options. */
export const entriesIn = ({ stdout }: Pick<TerminalOutput, 'stdout'>): readonly EntrySeen[] =>
  [...stdout.matchAll(ENTRY)].map(
    ([, source = '', destination = '', replySource = '', replyDestination = '']) => ({
      source,
      destination,
      replySource,
      replyDestination,
    }),
  );

/** All entries that the learner has read. */
export const entriesSeen = (world: World): readonly EntrySeen[] => world.outputs.flatMap(entriesIn);

/** A question to the cluster's DNS, and what it was answered. */
export interface Lookup {
  /** Virtual time, ms. */
  readonly at: number;
  /** Who asked. */
  readonly from: MadeCall['from'];
  /** As it was asked, without the dot at the end: "web.default.svc.cluster.local". */
  readonly name: string;
  readonly type: Question['type'];
  readonly status: Answer['status'];
  /** Types and data of the answer's records, in order. */
  readonly records: readonly { readonly type: Question['type']; readonly data: string }[];
}

/** The questions that reached a DNS server of the cluster, from whatever program, in the order in which they were asked. */
export const lookups = (world: World): readonly Lookup[] =>
  world.connections.flatMap(({ at, call, said }) => {
    if (!said?.dns) return [];
    const { question, answer } = said.dns;
    return [
      {
        at,
        from: call.from,
        name: question.name.toLowerCase().replace(/\.$/, ''),
        type: question.type,
        status: answer.status,
        records: answer.answers.map(({ type, data }) => ({ type, data })),
      },
    ];
  });

/** The addresses in an answer. */
export const addressesIn = ({ records }: Lookup): readonly string[] =>
  records.filter(({ type }) => type === 'A').map(({ data }) => data);
