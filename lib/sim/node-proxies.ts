// The kube-proxies of all nodes as processes: one comes up with its node, and each run of the Pod that DaemonSet kube-proxy has there is
// another, which reads the ConfigMap anew and finds what the one before has left in the kernel. A run that ends at once leaves the
// rules as they are, and nobody changes them any more. Not modelled: the moments between two runs, in which nobody syncs.
import type { ApiReader, WatchEvent } from '@/lib/kube/api/types';
import { kubeProxyFault, readKubeProxyConfig } from '@/lib/kube/kubelet/kube-proxy-start';
import type { ConfigMap, Node, Pod } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { proxyConfig, type ProxyConfig } from '@/lib/proxy/config';
import { knownServiceCIDRs } from '@/lib/proxy/service-cidrs';
import { KubeProxy, type KubeProxyState } from './kube-proxy';

/** A run of a node's kube-proxy Pod. */
interface Run {
  /** The Pod's uid and how often its container was restarted. */
  readonly key: string;
  readonly pod: string;
  /** It has ended with an error. */
  readonly failed: boolean;
}

export interface NodeProxiesState {
  readonly proxies: ReadonlyMap<string, { readonly proxy: KubeProxy; readonly state: KubeProxyState }>;
  readonly runs: ReadonlyMap<string, string>;
  readonly faults: ReadonlyMap<string, string>;
}

interface Source {
  readonly api: ApiReader;
  readonly k8s: K8sVersion;
  now(): number;
  /** A sync of a node's kube-proxy is due at a virtual time. */
  schedule(at: number, node: string): void;
  /** A node's kube-proxy has started again. */
  restarted(node: string): void;
}

export class NodeProxies {
  #proxies = new Map<string, KubeProxy>();
  /** The latest run on each node. */
  #runs: ReadonlyMap<string, string> = new Map();
  /** By the Pod's uid: why its latest run ended. */
  #faults: ReadonlyMap<string, string> = new Map();

  constructor(private readonly source: Source) {}

  get nodes(): readonly string[] {
    return [...this.#proxies.keys()];
  }

  get(node: string): KubeProxy | undefined {
    return this.#proxies.get(node);
  }

  /** The configuration that a node's kube-proxy runs with; of no node: what one that started now would read. */
  config(node?: string): ProxyConfig {
    return (node === undefined ? undefined : this.#proxies.get(node)?.config) ?? this.#read();
  }

  /** Why a Pod's kube-proxy ended at its start. */
  startFault(pod: Pod): string | undefined {
    return this.#faults.get(pod.metadata.uid ?? '');
  }

  observe(event: WatchEvent): void {
    const { kind } = event.object;
    if (kind === 'Node') this.#observeNode(event);
    if (kind === 'Pod') this.#observePod(event);
    if (kind !== 'Service' && kind !== 'EndpointSlice' && kind !== 'Node') return;
    for (const [node, proxy] of this.#proxies) this.#tell(node, proxy, event);
  }

  snapshot(): NodeProxiesState {
    const proxies = [...this.#proxies].map(
      ([node, proxy]) => [node, { proxy, state: proxy.snapshot() }] as const,
    );
    return { proxies: new Map(proxies), runs: this.#runs, faults: this.#faults };
  }

  restore({ proxies, runs, faults }: NodeProxiesState): void {
    this.#runs = runs;
    this.#faults = faults;
    this.#proxies = new Map(
      [...proxies].map(([node, { proxy, state }]) => {
        proxy.restore(state);
        return [node, proxy];
      }),
    );
  }

  /** A node that joins gets its kube-proxy, which lists what there is. */
  #observeNode({ type, object }: WatchEvent): void {
    const name = object.metadata.name ?? '';
    if (type === 'DELETED') {
      this.#proxies.delete(name);
      this.#runs = new Map([...this.#runs].filter(([node]) => node !== name));
    }
    if (type === 'DELETED' || this.#proxies.has(name)) return;
    this.#start(
      name,
      new KubeProxy(name, object as Node, { config: this.#read(), version: this.source.k8s }),
    );
  }

  #observePod({ type, object }: WatchEvent): void {
    const pod = object as Pod;
    if (pod.metadata.namespace !== 'kube-system' || pod.metadata.labels?.['k8s-app'] !== 'kube-proxy') return;
    const node = pod.spec.nodeName ?? '';
    const run = type === 'DELETED' ? undefined : runOf(pod);
    const before = this.#runs.get(node);
    if (!run || before === run.key || !this.#proxies.has(node)) return;
    this.#runs = new Map(this.#runs).set(node, run.key);
    this.#begin(node, run, before === undefined);
  }

  #begin(node: string, { pod, failed }: Run, first: boolean): void {
    const { api, k8s } = this.source;
    const before = this.#proxies.get(node);
    const object = api.get<Node>('Node', '', node);
    if (!before || !object) return;
    const fault = failed ? (kubeProxyFault(this.#text(), k8s) ?? before.failure) : undefined;
    if (fault !== undefined) {
      this.#faults = new Map(this.#faults).set(pod, fault);
      const { config } = before;
      const stopped = new KubeProxy(node, object, {
        config,
        version: k8s,
        left: before.kernel,
        failure: fault,
      });
      this.#proxies.set(node, stopped);
      return;
    }
    if (this.#faults.has(pod)) this.#faults = new Map([...this.#faults].filter(([uid]) => uid !== pod));
    const config = this.#read();
    // The process that came up with the node is the one that its first Pod shows.
    if (first && before.failure === undefined && JSON.stringify(config) === JSON.stringify(before.config))
      return;
    this.#start(node, new KubeProxy(node, object, { config, version: k8s, left: before.kernel }));
    this.source.restarted(node);
  }

  /** The process lists what there is. */
  #start(node: string, proxy: KubeProxy): void {
    const { api, k8s } = this.source;
    proxy.setServiceCIDRs(knownServiceCIDRs(api.list('ServiceCIDR'), k8s, proxy.config.featureGates));
    this.#proxies.set(node, proxy);
    for (const kind of ['Service', 'EndpointSlice'])
      for (const object of api.list(kind)) this.#tell(node, proxy, { type: 'ADDED', object });
  }

  #tell(node: string, proxy: KubeProxy, event: WatchEvent): void {
    const at = proxy.observe(event, this.source.now());
    if (at !== undefined) this.source.schedule(at, node);
  }

  #text(): string {
    const map = this.source.api.get<ConfigMap>('ConfigMap', 'kube-system', 'kube-proxy');
    return map?.data?.['config.conf'] ?? '{}';
  }

  /** Mode ipvs is not simulated yet: such a kube-proxy writes iptables rules. */
  #read(): ProxyConfig {
    const config = readKubeProxyConfig(this.#text());
    const { mode } = proxyConfig(config);
    return proxyConfig(config, mode === 'nftables' ? mode : 'iptables');
  }
}

interface ContainerStatus {
  readonly restartCount?: number;
  readonly state?: { readonly running?: object; readonly terminated?: { readonly exitCode?: number } };
}

/** The run that a Pod's status shows; undefined: none has begun, or it is being ended. */
function runOf({ metadata, status }: Pod): Run | undefined {
  const [container] = (status?.containerStatuses ?? []) as readonly ContainerStatus[];
  const { running, terminated } = container?.state ?? {};
  if (metadata.deletionTimestamp !== undefined || !container || !(running ?? terminated)) return undefined;
  const pod = metadata.uid ?? '';
  return { key: `${pod}/${container.restartCount ?? 0}`, pod, failed: running === undefined };
}
