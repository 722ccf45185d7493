// The simulated cluster: API server, controllers, kubelets and one kube-proxy a node on one virtual clock. All state is immutable
// underneath, so a snapshot is a handful of pointers and rewinding costs nothing.
import { EventQueue } from '@/lib/core/event-queue';
import { Random } from '@/lib/core/random';
import { createApi, type ApiServer } from '@/lib/kube/api';
import { OpenApiDocuments } from '@/lib/kube/api/openapi/documents';
import { handle, type Backend } from '@/lib/kube/api/rest/facade';
import type { ApiRequest, ApiResponse } from '@/lib/kube/api/rest/types';
import type { ApiReader, Status, WatchEvent } from '@/lib/kube/api/types';
import type { Store } from '@/lib/kube/api/store';
import { allControllers } from '@/lib/kube/controllers/all';
import { loadBalancing } from '@/lib/kube/controllers/load-balancing';
import { CLOUD_CONTROLLER } from '@/lib/kube/controllers/service/controller';
import { ControllerManager } from '@/lib/kube/controllers/manager';
import { defaultCluster } from '@/lib/kube/controllers/static-objects';
import type { IPFamily, KubeObject, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import type { RuleSet } from '@/lib/net/ruleset/types';
import type { ProxyMode } from '@/lib/proxy/config';
import type { NftServiceRules } from '@/lib/proxy/nftables/service-rules';
import type { ServiceRules } from '@/lib/proxy/iptables/service-rules';
import type { ApplyOutcome } from './apply-outcome';
import { ChangeLog } from './changes';
import type { ClusterSnapshot } from './cluster-snapshot';
import { isRecurring, turnOf, type ClusterEvent, type ClusterTurn } from './cluster-turn';
import { aboutStored, inLoadOrder } from './load-order';
import { ClusterNetwork } from './network';
import { NodeProxies } from './node-proxies';
import { parseManifests, placeStatus, type ManifestDocument } from './manifest';
import { EDITOR, requesterOf, UNNAMED } from './requester';
import type { ClusterOptions, Problem } from './types';

/** A cluster that is not quiet after this much virtual time is left as it is. */
const SETTLE_LIMIT_MS = 10 * 60_000;

export class Cluster {
  readonly k8s: K8sVersion;
  /** Connections between Pods, nodes and hosts outside; what the nodes' kernels remember of them. */
  readonly network: ClusterNetwork;
  readonly #store: Store;
  readonly #backend: Backend;
  readonly #api: ApiServer;
  readonly #manager: ControllerManager;
  readonly #random: Random;
  #queue = EventQueue.empty<ClusterEvent>();
  /** Events of the queue that keep no one from rest. */
  #recurring = 0;
  readonly #proxies: NodeProxies;
  #now: number;
  #changes = ChangeLog.empty;
  /** Who is at work: what is written now is theirs. */
  #actor = UNNAMED;
  #held = false;
  /** Restoring replays nothing: watchers are quiet meanwhile. */
  #restoring = false;

  /** A cluster with CONTRACTS' default objects, or with these; settled. */
  static create(options: ClusterOptions): Cluster {
    const cluster = Cluster.load(defaultCluster(options.k8s, undefined, options.proxyMode), options);
    if ('message' in cluster) throw new Error(`the default cluster is refused: ${cluster.message}`);
    return cluster;
  }

  /** A cluster with these objects, settled; or what the API server refused. */
  static load(
    objects: readonly KubeObject[],
    options: ClusterOptions,
  ): Cluster | { readonly message: string } {
    const cluster = new Cluster(options);
    for (const object of inLoadOrder(objects)) {
      const result = cluster.#api.load(aboutStored(cluster.#api, object));
      if (!result.ok)
        return { message: `${object.kind} ${object.metadata.name ?? ''}: ${result.error.message}` };
    }
    cluster.settle();
    return cluster;
  }

  private constructor(options: ClusterOptions) {
    const { k8s, seed, now, descriptions, admissionPlugins = [], protobuf, serviceCIDRs } = options;
    this.k8s = k8s;
    this.#now = Date.parse(now);
    this.#random = Random.seeded(seed);
    const { api, store } = createApi({
      random: this.#random,
      now: () => this.#now,
      k8s,
      admissionPlugins,
      ...(serviceCIDRs ? { serviceCIDRs } : {}),
    });
    this.#api = api;
    this.#store = store;
    const balancing = loadBalancing();
    this.#manager = new ControllerManager({
      api,
      random: this.#random,
      k8s,
      controllers: allControllers(k8s, balancing),
      now: () => this.#now,
      schedule: (at, event) => this.#schedule(at, { to: 'controllers', event }),
    });
    this.#backend = {
      api,
      store,
      k8s,
      documents: new OpenApiDocuments(k8s, descriptions),
      ...(protobuf ? { protobuf } : {}),
      now: () => this.#now,
      startFault: (pod) => this.#proxies.startFault(pod),
    };
    this.#proxies = new NodeProxies({
      api,
      k8s,
      now: () => this.#now,
      schedule: (at, node) => this.#schedule(at, { to: 'kube-proxy', node }),
      restarted: (node) => this.network.forgetDeadLists(node),
    });
    store.subscribe((event) => this.#observe(event));
    this.network = new ClusterNetwork({
      api,
      k8s,
      random: this.#random,
      now: () => this.#now,
      rules: (node, family) => this.rules(node, family),
      proxy: (node) => this.#proxies.get(node),
      proxyConfig: (node) => this.#proxies.config(node),
      cloud: () => balancing.cloud.balancers,
      announced: () => balancing.speaker.announced,
      schedule: (at, check) => this.#schedule(at, { to: 'health-check', check }),
    });
  }

  /** Reading the API. */
  get api(): ApiReader {
    return this.#api;
  }

  /** One request to the API server as a client sends it. Controllers act on it when time passes: `settle` or `advance`. */
  handle(request: ApiRequest): ApiResponse {
    this.#actor = requesterOf(request);
    const response = handle(this.#backend, request);
    this.#actor = UNNAMED;
    return response;
  }

  /** Virtual time, ms since the Unix epoch. */
  get now(): number {
    return this.#now;
  }

  /** What was written, by whom. */
  get changes(): ChangeLog {
    return this.#changes;
  }

  /** Whether the clock stands still: requests are answered, but nobody acts on them until a step or the end of the hold. */
  get held(): boolean {
    return this.#held;
  }

  /** Stops the clock, or lets it run and the cluster come to rest. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.settle();
  }

  /** Whose turn comes next; undefined if nothing is waiting. */
  get next(): ClusterTurn | undefined {
    const head = this.#queue.head;
    return head && turnOf(head.at, head.event);
  }

  /** One component's turn, the clock moved on to it. */
  step(): ClusterTurn | undefined {
    const turn = this.next;
    this.#step();
    return turn;
  }

  /** When something will happen next (virtual ms), undefined if nothing is waiting. */
  get nextEventAt(): number | undefined {
    return this.#queue.head?.at;
  }

  /** How many objects of a kind there are. */
  count(kind: string): number {
    return this.#api.list(kind).length;
  }

  get nodes(): readonly string[] {
    return this.#proxies.nodes.toSorted();
  }

  /** The rules in a node's kernel. */
  rules(node: string, family: IPFamily = 'IPv4'): RuleSet | undefined {
    return this.#proxies.get(node)?.rules(family);
  }

  /** A node's tables of a family after somebody edited them by hand (iptables, iptables-restore). */
  writeRules(node: string, tables: NodeTables): void {
    const proxy = this.#proxies.get(node);
    proxy?.writeRules(tables);
    this.network.forgetDeadLists(node);
    this.network.balancers.look(node);
    const missedAt = proxy?.missedAt(this.#now);
    if (missedAt !== undefined) this.#schedule(missedAt, { to: 'canary', node });
  }

  families(node: string): readonly IPFamily[] {
    return this.#proxies.get(node)?.families ?? [];
  }

  /** The mode of a node's kube-proxy, and why it does not start, if it does not. */
  proxy(node: string): { readonly mode: ProxyMode; readonly failure: string | undefined } | undefined {
    return this.#proxies.get(node);
  }

  /** What a node's kube-proxy last wrote for a Service ("ns/name"), one entry a port. */
  serviceRules(node: string, service: string, family: IPFamily = 'IPv4'): readonly ServiceRules[] {
    return this.#proxies.get(node)?.rulesWritten(service, family) ?? [];
  }

  /** The same in nftables mode; undefined in other modes, or where somebody's hand was in kube-proxy's table. */
  nftRules(node: string, service: string, family: IPFamily): readonly NftServiceRules[] | undefined {
    return this.#proxies.get(node)?.nftWritten(service, family);
  }

  /** How many rules a node has for Services. */
  ruleCount(node: string, family: IPFamily = 'IPv4'): number {
    return this.#proxies.get(node)?.ruleCount(family) ?? 0;
  }

  /**
   * The text of a file applied as `kubectl apply` would, then settled: all of its documents or, if one is refused, none. Whatever
   * is wrong comes back as problems in the text; the cluster is then as before.
   */
  applyText(file: string, text: string): ApplyOutcome {
    const { documents, problems } = parseManifests(file, text);
    if (problems.some((p) => p.severity === 'error')) return { outcome: 'invalid', problems, documents };
    if (problems.some((p) => p.severity === 'info')) return { outcome: 'incomplete', problems, documents };
    const { state } = this.#random;
    const refused = this.#store.rehearse(() => this.#applied(documents));
    this.#random.reset(state);
    if (refused.length > 0) return { outcome: 'invalid', problems: [...problems, ...refused], documents };
    this.#actor = EDITOR;
    this.#applied(documents);
    this.#actor = UNNAMED;
    this.settle();
    return { outcome: 'applied', problems, documents };
  }

  /** Applies objects in their order; what is refused. */
  #applied(documents: readonly ManifestDocument[]): readonly Problem[] {
    return documents.flatMap((document) => {
      if (!document.object) return [];
      const result = this.#api.apply(document.object);
      return result.ok ? [] : placeStatus(result.error, document);
    });
  }

  /** Further objects created, then settled. They must be sound: a refusal is a fault of the caller. */
  join(objects: Iterable<KubeObject>): void {
    for (const object of objects) {
      const result = this.#api.create(object);
      if (!result.ok)
        throw new Error(`${object.kind} ${object.metadata.name ?? ''}: ${result.error.message}`);
    }
    this.settle();
  }

  /** One object applied, not settled. */
  apply(manifest: KubeObject): Status | undefined {
    const result = this.#api.apply(manifest);
    return result.ok ? undefined : result.error;
  }

  /** Lets virtual time pass until nothing is left to do but what recurs for ever, unless the clock is held. */
  settle(): void {
    if (this.#held) return;
    const end = this.#now + SETTLE_LIMIT_MS;
    for (let head = this.#queue.head; head && head.at <= end && !this.#isAtRest; head = this.#queue.head)
      this.#step();
  }

  get #isAtRest(): boolean {
    return this.#queue.size === this.#recurring;
  }

  /** Lets this much virtual time pass (ms). */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (let head = this.#queue.head; head && head.at <= end; head = this.#queue.head) this.#step();
    this.#now = end;
  }

  snapshot(): ClusterSnapshot {
    return {
      now: this.#now,
      queue: this.#queue,
      recurring: this.#recurring,
      store: this.#store.snapshot(),
      manager: this.#manager.snapshot(),
      random: this.#random.state,
      proxies: this.#proxies.snapshot(),
      changes: this.#changes,
      held: this.#held,
      network: this.network.snapshot(),
    };
  }

  restore(snapshot: ClusterSnapshot): void {
    this.#restoring = true;
    this.#now = snapshot.now;
    this.#changes = snapshot.changes;
    this.#held = snapshot.held;
    this.#queue = snapshot.queue;
    this.#recurring = snapshot.recurring;
    this.#store.restore(snapshot.store);
    this.#manager.restore(snapshot.manager);
    this.#random.reset(snapshot.random);
    this.#proxies.restore(snapshot.proxies);
    this.network.restore(snapshot.network);
    this.#restoring = false;
  }

  #step(): void {
    const head = this.#queue.head;
    if (!head) return;
    this.#queue = this.#queue.withoutHead();
    if (isRecurring(head.event)) this.#recurring--;
    this.#now = Math.max(this.#now, head.at);
    const turn = turnOf(head.at, head.event);
    this.#actor = turn.component;
    this.#changes = this.#changes.began(turn);
    if (head.event.to === 'controllers') {
      this.#manager.handle(head.event.event);
      if (head.event.event.controller === CLOUD_CONTROLLER) this.network.balancers.look();
    } else if (head.event.to === 'health-check') this.network.balancers.handle(head.event.check);
    else if (head.event.to === 'canary') this.#proxies.get(head.event.node)?.repairFlush(this.#now);
    else this.#sync(head.event.node);
    this.#actor = UNNAMED;
  }

  #sync(node: string): void {
    const again = this.#proxies.get(node)?.sync(this.#now);
    if (again !== undefined) this.#schedule(again, { to: 'kube-proxy', node });
    this.network.cleanUp(node);
    this.network.forgetDeadLists(node);
    this.network.balancers.look(node);
    this.#changes = this.#changes.with({ at: this.#now, by: 'kube-proxy', type: 'RULES', node });
  }

  #schedule(at: number, event: ClusterEvent): void {
    this.#queue = this.#queue.with(at, event);
    if (isRecurring(event)) this.#recurring++;
  }

  #observe(event: WatchEvent): void {
    if (this.#restoring) return;
    this.#changes = this.#changes.with({ at: this.#now, by: this.#actor, ...event });
    this.#manager.observe(event);
    this.#proxies.observe(event);
    if (event.object.kind === 'Node') this.network.balancers.look(event.object.metadata.name);
    if (event.object.kind === 'Service' && event.type === 'DELETED')
      this.network.serviceDeleted(event.object as Service, this.#proxies.nodes);
  }
}
