// The service controller of a cloud-controller-manager: keeps a load balancer in the cloud for each Service of type LoadBalancer.
// Models k8s.io/cloud-provider controllers/service/controller.go (v1.28–v1.32); its cloud is cloud.ts.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { WatchEvent } from '@/lib/kube/api/types';
import type { ConfigMap, LoadBalancerIngress, Node, Service } from '@/lib/kube/types';
import { differences, gateEnabled } from '@/lib/kube/versions';
import { LATENCY_MS } from '../latencies';
import { Cell } from '../memory';
import { equalJson, keyOf, splitKey } from '../objects';
import type { Controller, ControllerContext } from '../types';
import { ensured, NO_BALANCERS, type CloudBalancer, type CloudBalancers } from './cloud';
import { CLOUD_CONFIG, cloudConfig, type CloudConfig } from './config';
import { balancerNodes, changesNodeSet } from './nodes';
import { balancerUpdate, CLEANUP_FINALIZER, needsCleanup, wantsLoadBalancer } from './update';

/** The component as its turns name it. */
export const CLOUD_CONTROLLER = 'cloud-controller-manager';
const COMPONENT = 'service-controller';
/** The key of a look at the nodes of all balancers. */
const NODES = 'nodes';

interface Memory {
  readonly balancers: CloudBalancers;
  /** When the cloud will have made a balancer (virtual ms), by Service: the controller's worker waits for it. */
  readonly making: PersistentMap<number>;
}

export interface ServiceController extends Controller {
  /** The balancers that there are in the cloud. */
  readonly balancers: CloudBalancers;
}

/** Does nothing in a cluster without a cloud (config.ts). */
export function serviceController(): ServiceController {
  const memory = new Cell<Memory>({ balancers: NO_BALANCERS, making: PersistentMap.empty() });
  return {
    name: CLOUD_CONTROLLER,
    watches: ['Service', 'Node', 'ConfigMap'],
    latencyMs: LATENCY_MS.cloud,
    memory,
    get balancers() {
      return memory.value.balancers;
    },
    keysFor(event, context) {
      if (event.object.kind === 'ConfigMap') return afterConfig(event, context);
      if (!cloudConfig(context.api)) return [];
      if (event.object.kind === 'Node') return changesNodeSet(event) ? [NODES] : [];
      return afterService(event, context, memory.value);
    },
    reconcile(key, context) {
      const cloud = cloudConfig(context.api);
      if (!cloud) return;
      const work = new Work(memory, context, cloud.config);
      if (key === NODES) work.syncNodes();
      else work.syncService(key);
    },
  };
}

/** A cloud that appears, or is another now, is asked about all Services. */
function afterConfig(
  { object, type, old }: WatchEvent,
  { api, record }: ControllerContext,
): readonly string[] {
  const { namespace, name } = object.metadata;
  if (namespace !== CLOUD_CONFIG.namespace || name !== CLOUD_CONFIG.name || type === 'DELETED') return [];
  if (type === 'MODIFIED' && equalJson((old as ConfigMap | undefined)?.data, (object as ConfigMap).data))
    return [];
  const problem = cloudConfig(api)?.problem;
  if (problem !== undefined)
    record(object, { type: 'Warning', reason: 'InvalidCloudConfig', message: problem, component: COMPONENT });
  return api.list<Service>('Service').filter(concerns).map(keyOf);
}

const concerns = (service: Service): boolean => wantsLoadBalancer(service) || needsCleanup(service);

function afterService(
  { type, object, old }: WatchEvent,
  { record }: ControllerContext,
  { balancers }: Memory,
): readonly string[] {
  const service = object as Service;
  const key = keyOf(service);
  if (type === 'ADDED') return concerns(service) ? [key] : [];
  if (type === 'DELETED') return balancers.has(key) ? [key] : [];
  const update = balancerUpdate(old as Service, service);
  if (update?.note) record(service, { type: 'Normal', ...update.note, component: COMPONENT });
  return update || needsCleanup(service) ? [key] : [];
}

/** One turn of the controller. */
class Work {
  constructor(
    private readonly memory: Cell<Memory>,
    private readonly context: ControllerContext,
    private readonly config: CloudConfig,
  ) {}

  syncService(key: string): void {
    const { api, now } = this.context;
    const { namespace, name } = splitKey(key);
    const ready = this.memory.value.making.get(key);
    if (ready !== undefined && now < ready) return;
    const service = api.get<Service>('Service', namespace, name);
    if (!service) return this.#forget(key);
    if (!wantsLoadBalancer(service) || needsCleanup(service)) this.#clean(key, service);
    else this.#ensure(key, service, ready !== undefined);
  }

  /** The nodes of the cluster are others now. */
  syncNodes(): void {
    const { api } = this.context;
    const nodes = balancerNodes(api.list<Node>('Node'));
    for (const [key, balancer] of this.memory.value.balancers.entries()) {
      if (equalJson(balancer.nodes, nodes)) continue;
      const { namespace, name } = splitKey(key);
      const service = api.get<Service>('Service', namespace, name);
      if (!service) continue;
      this.#put({ ...balancer, nodes });
      if (nodes.length === 0) this.#sayUnavailable(service);
      else this.#say(service, 'UpdatedLoadBalancer', 'Updated load balancer with new hosts');
    }
  }

  /** `made`: the cloud has had the time that it takes. */
  #ensure(key: string, service: Service, made: boolean): void {
    const { api, now, requeueAfter } = this.context;
    const { balancers, making } = this.memory.value;
    if (!made) {
      this.#say(service, 'EnsuringLoadBalancer', 'Ensuring load balancer');
      const finalizers = service.metadata.finalizers ?? [];
      if (!finalizers.includes(CLEANUP_FINALIZER))
        api.update<Service>({
          ...service,
          metadata: { ...service.metadata, finalizers: [...finalizers, CLEANUP_FINALIZER] },
        });
      const wait = this.config.provisionSeconds * 1000;
      if (!balancers.has(key) && wait > 0) {
        this.memory.value = { balancers, making: making.set(key, now + wait) };
        return requeueAfter(key, wait);
      }
    }
    this.memory.value = { balancers, making: making.delete(key) };
    const nodes = balancerNodes(api.list<Node>('Node'));
    if (nodes.length === 0) this.#sayUnavailable(service);
    const balancer = ensured(balancers, { key, service, config: this.config, nodes, now });
    // The real one tries again after 5 s, 10 s …; here nothing but a change of the Service can help, which brings it back anyway.
    if (!balancer.ok) {
      const message = `Error syncing load balancer: failed to ensure load balancer: ${balancer.error}`;
      return this.#say(service, 'SyncLoadBalancerFailed', message, 'Warning');
    }
    this.#put(balancer.value);
    this.#say(service, 'EnsuredLoadBalancer', 'Ensured load balancer');
    this.#patchStatus(
      service,
      balancer.value.addresses.map((ip) => this.#ingress(ip)),
    );
  }

  #clean(key: string, service: Service): void {
    const { api } = this.context;
    if (this.memory.value.balancers.has(key)) {
      this.#say(service, 'DeletingLoadBalancer', 'Deleting load balancer');
      this.#forget(key);
    }
    const finalizers = service.metadata.finalizers ?? [];
    if (finalizers.includes(CLEANUP_FINALIZER))
      api.update<Service>({
        ...service,
        metadata: { ...service.metadata, finalizers: finalizers.filter((f) => f !== CLEANUP_FINALIZER) },
      });
    this.#say(service, 'DeletedLoadBalancer', 'Deleted load balancer');
    this.#patchStatus(service, []);
  }

  /** ipMode is said where the API server has the field (KEP-1860). */
  #ingress(ip: string): LoadBalancerIngress {
    const { k8s } = this.context;
    const known = differences.loadBalancerIPModeField(k8s) && gateEnabled(k8s, 'LoadBalancerIPMode');
    return known ? { ip, ipMode: this.config.ipMode } : { ip };
  }

  #patchStatus({ metadata }: Service, ingress: readonly LoadBalancerIngress[]): void {
    const { api } = this.context;
    const service = api.get<Service>('Service', metadata.namespace ?? '', metadata.name ?? '');
    if (!service || equalJson(service.status?.loadBalancer?.ingress ?? [], ingress)) return;
    const loadBalancer = ingress.length > 0 ? { ingress } : {};
    api.update<Service>(
      { ...service, status: { ...service.status, loadBalancer } },
      { subresource: 'status' },
    );
  }

  #put(balancer: CloudBalancer): void {
    const { balancers, making } = this.memory.value;
    this.memory.value = { balancers: balancers.set(balancer.service, balancer), making };
  }

  #forget(key: string): void {
    const { balancers, making } = this.memory.value;
    this.memory.value = { balancers: balancers.delete(key), making: making.delete(key) };
  }

  #sayUnavailable(service: Service): void {
    this.#say(service, 'UnAvailableLoadBalancer', 'There are no available nodes for LoadBalancer', 'Warning');
  }

  #say(service: Service, reason: string, message: string, type: 'Normal' | 'Warning' = 'Normal'): void {
    this.context.record(service, { type, reason, message, component: COMPONENT });
  }
}
