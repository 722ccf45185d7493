// The names in the cluster that a manifest may refer to: what the editor proposes as values. Made in the worker.
import { asList, asObject } from '@/lib/kube/api/json';
import type { ApiReader } from '@/lib/kube/api/types';
import type { KubeObject, Service } from '@/lib/kube/types';

type Labels = Readonly<Record<string, string>>;

/** Labels of Pods that are alike, and the names of their ports. */
export interface PodGroup {
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly { readonly name: string; readonly number: number }[];
  readonly count: number;
}

export interface NamedIn {
  readonly namespace: string;
  readonly name: string;
}

export interface Vocabulary {
  readonly namespaces: readonly { readonly name: string; readonly labels: Labels }[];
  readonly nodes: readonly { readonly name: string; readonly labels: Labels }[];
  readonly services: readonly (NamedIn & {
    readonly ports: readonly { readonly name: string; readonly port: number }[];
  })[];
  readonly pods: readonly PodGroup[];
  readonly configMaps: readonly NamedIn[];
  readonly serviceAccounts: readonly NamedIn[];
}

/** Of each kind so many at most: a longer list helps nobody. */
const LIMIT = 1_000;

/** Labels that a controller adds to tell generations of Pods apart: no selector should use them. */
const OF_CONTROLLERS = new Set(['pod-template-hash', 'controller-revision-hash', 'pod-template-generation']);

export function vocabularyOf(api: Pick<ApiReader, 'list'>): Vocabulary {
  const list = (kind: string): readonly KubeObject[] => api.list(kind).slice(0, LIMIT);
  return {
    namespaces: list('Namespace').map(labelled),
    nodes: list('Node').map(labelled),
    services: list('Service').map((service) => ({
      ...placed(service),
      ports: ((service as Service).spec.ports ?? []).map(({ name = '', port }) => ({ name, port })),
    })),
    pods: podGroups(list('Pod')),
    configMaps: list('ConfigMap').map(placed),
    serviceAccounts: list('ServiceAccount').map(placed),
  };
}

const placed = ({ metadata }: KubeObject): NamedIn => ({
  namespace: metadata.namespace ?? '',
  name: metadata.name ?? '',
});
const labelled = ({ metadata }: KubeObject): { readonly name: string; readonly labels: Labels } => ({
  name: metadata.name ?? '',
  labels: metadata.labels ?? {},
});

function podGroups(pods: readonly KubeObject[]): readonly PodGroup[] {
  const groups = new Map<string, PodGroup>();
  for (const pod of pods) {
    const { namespace = '' } = pod.metadata;
    const labels = Object.fromEntries(
      Object.entries(pod.metadata.labels ?? {}).filter(([key]) => !OF_CONTROLLERS.has(key)),
    );
    const ports = portsOf(pod);
    const id = JSON.stringify([namespace, labels, ports]);
    const count = (groups.get(id)?.count ?? 0) + 1;
    groups.set(id, { namespace, labels, ports, count });
  }
  return [...groups.values()];
}

function portsOf(pod: KubeObject): PodGroup['ports'] {
  const containers = asList(asObject(pod.spec)['containers']);
  return containers.flatMap((container) =>
    asList(asObject(container)['ports']).map((port) => {
      const { name, containerPort } = asObject(port);
      return {
        name: typeof name === 'string' ? name : '',
        number: typeof containerPort === 'number' ? containerPort : 0,
      };
    }),
  );
}
