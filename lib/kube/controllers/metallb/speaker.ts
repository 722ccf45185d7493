// MetalLB's speakers, one on each node: they agree on who announces an address, and that one answers ARP and neighbour discovery for
// it. Models speaker/main.go and speaker/layer2_controller.go (v0.15). All speakers stand in this one controller.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { ApiReader, WatchEvent } from '@/lib/kube/api/types';
import { isPoweredOff } from '@/lib/kube/kubelet/stopped';
import type { EndpointSlice, Node, Service } from '@/lib/kube/types';
import { SERVICE_NAME_LABEL } from '../endpointslice/slice';
import { LATENCY_MS } from '../latencies';
import { Cell } from '../memory';
import { keyOf, splitKey } from '../objects';
import type { Controller, ControllerContext } from '../types';
import { currentAddresses, poolOf } from './allocation';
import { isMetalLbs, metalLbConfig } from './config';
import { changesConfig } from './controller';
import { candidates, layer2Leader } from './leader';

const COMPONENT = 'metallb-speaker';
/** The component as its turns name it. */
export const METALLB_SPEAKER = COMPONENT;
/**
 * memberlist's DefaultLANConfig with few members: a dead one is probed within two seconds and suspected after one more, and four
 * seconds of suspicion (SuspicionMult × ProbeInterval) make it dead. Rounded.
 */
const DEAD_AFTER_MS = 6_000;
/** A node that is back joins again when its Node changes. */
const JOIN_MS = 1_000;

export interface Announcement {
  /** "ns/name". */
  readonly service: string;
  readonly addresses: readonly string[];
  /** Who answers for them; undefined: nobody may. */
  readonly node: string | undefined;
}

/** By Service. */
export type Announcements = PersistentMap<Announcement>;

interface Memory {
  readonly announced: Announcements;
  /** Nodes that the others hold for dead. */
  readonly dead: PersistentMap<true>;
}

export interface SpeakerController extends Controller {
  readonly announced: Announcements;
}

/** Does nothing in a cluster without MetalLB (config.ts). */
export function metalLbSpeaker(): SpeakerController {
  const memory = new Cell<Memory>({ announced: PersistentMap.empty(), dead: PersistentMap.empty() });
  return {
    name: COMPONENT,
    watches: ['Service', 'EndpointSlice', 'Node', 'ConfigMap'],
    latencyMs: LATENCY_MS.cloud,
    memory,
    get announced() {
      return memory.value.announced;
    },
    keysFor(event, context) {
      const { api } = context;
      switch (event.object.kind) {
        case 'ConfigMap':
          return changesConfig(event) ? afterConfig(event, api, memory) : [];
        case 'Node':
          return metalLbConfig(api) ? afterNode(event, context, memory) : [];
        case 'EndpointSlice':
          return metalLbConfig(api) ? afterSlice(event) : [];
        default:
          return metalLbConfig(api) || memory.value.announced.size > 0 ? [keyOf(event.object)] : [];
      }
    },
    reconcile(key, context) {
      if (key.startsWith('member/')) memberChanged(key.slice('member/'.length), context, memory);
      else announce(key, context, memory);
    },
  };
}

/** Speakers that are new know from the start who is not there. */
function afterConfig({ type }: WatchEvent, api: ApiReader, memory: Cell<Memory>): readonly string[] {
  const { announced } = memory.value;
  const off = type === 'ADDED' ? api.list<Node>('Node').filter(isPoweredOff) : undefined;
  if (off) {
    const dead = PersistentMap.from<true>(off.map((node) => [node.metadata.name ?? '', true]));
    memory.value = { announced, dead };
  }
  return balanced(api, memory.value);
}

/** Services that have something to do with a load balancer, or had. */
const balanced = (api: ApiReader, { announced }: Memory): readonly string[] => [
  ...new Set([
    ...api
      .list<Service>('Service')
      .filter((s) => s.spec.type === 'LoadBalancer')
      .map(keyOf),
    ...announced.keys(),
  ]),
];

function afterSlice({ object }: WatchEvent): readonly string[] {
  const name = object.metadata.labels?.[SERVICE_NAME_LABEL];
  return name === undefined ? [] : [`${object.metadata.namespace ?? ''}/${name}`];
}

/** A node without power is missed after a while; any other change of a Node makes all speakers look again. */
function afterNode(
  { type, object }: WatchEvent,
  { api, requeueAfter }: ControllerContext,
  memory: Cell<Memory>,
): readonly string[] {
  const name = object.metadata.name ?? '';
  const off = type === 'DELETED' || isPoweredOff(object as Node);
  if (off !== memory.value.dead.has(name)) requeueAfter(`member/${name}`, off ? DEAD_AFTER_MS : JOIN_MS);
  return balanced(api, memory.value);
}

function memberChanged(name: string, context: ControllerContext, memory: Cell<Memory>): void {
  const node = context.api.get<Node>('Node', '', name);
  const { dead, announced } = memory.value;
  memory.value = { announced, dead: !node || isPoweredOff(node) ? dead.set(name, true) : dead.delete(name) };
  for (const key of balanced(context.api, memory.value)) announce(key, context, memory);
}

/** Who announces a Service now. */
function announce(key: string, context: ControllerContext, memory: Cell<Memory>): void {
  const { api, record } = context;
  const { announced, dead } = memory.value;
  const { namespace, name } = splitKey(key);
  const service = api.get<Service>('Service', namespace, name);
  const config = metalLbConfig(api)?.config;
  const addresses = service && config && isMetalLbs(service, config) ? currentAddresses(service) : [];
  const [first] = addresses;
  const pool = first === undefined || !config ? undefined : poolOf(first, config);
  if (!service || !config || first === undefined || !pool) {
    if (announced.has(key)) memory.value = { dead, announced: announced.delete(key) };
    return;
  }
  const slices = api.labelled<EndpointSlice>('EndpointSlice', namespace, { [SERVICE_NAME_LABEL]: name });
  const speakers = api.list<Node>('Node').filter((n) => !dead.has(n.metadata.name ?? ''));
  const node = layer2Leader(candidates({ service, slices, speakers, pool, config }), first);
  memory.value = { dead, announced: announced.set(key, { service: key, addresses, node }) };
  if (node === undefined) return;
  record(service, {
    type: 'Normal',
    reason: 'nodeAssigned',
    message: `announcing from node "${node}" with protocol "layer2"`,
    component: COMPONENT,
  });
}
