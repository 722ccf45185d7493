// The kinds that the simulated API server stores: group, version, resource and scope of each, and how discovery tells of them
// (pkg/controlplane/instance.go; the names, short names and categories of pkg/registry/*/storage).

import { differences, type K8sVersion } from '@/lib/kube/versions';

export interface KindInfo {
  readonly kind: string;
  readonly apiVersion: string;
  readonly group: string;
  readonly version: string;
  /** Plural name in the URL. */
  readonly resource: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  /** Whether status is a subresource: then other writes leave it alone. */
  readonly status: boolean;
  /** Whether metadata.generation counts changes. */
  readonly generation: boolean;
  /** Whether there is a scale subresource. */
  readonly scale: boolean;
}

type Options = Partial<
  Pick<KindInfo, 'shortNames' | 'categories' | 'namespaced' | 'status' | 'generation' | 'scale'>
>;

function define(
  group: string,
  version: string,
  kind: string,
  resource: string,
  options: Options = {},
): KindInfo {
  return {
    kind,
    apiVersion: group ? `${group}/${version}` : version,
    group,
    version,
    resource,
    singular: kind.toLowerCase(),
    shortNames: [],
    categories: [],
    namespaced: true,
    status: false,
    generation: false,
    scale: false,
    ...options,
  };
}

const ALL = ['all'];
const core = (kind: string, resource: string, options?: Options): KindInfo =>
  define('', 'v1', kind, resource, options);
const apps = (kind: string, resource: string, short: string, scale: boolean): KindInfo =>
  define('apps', 'v1', kind, resource, {
    shortNames: [short],
    categories: ALL,
    status: true,
    generation: true,
    scale,
  });
const CLUSTER = { namespaced: false } as const;

const KINDS: readonly KindInfo[] = [
  core('ConfigMap', 'configmaps', { shortNames: ['cm'] }),
  core('Endpoints', 'endpoints', { shortNames: ['ep'] }),
  core('Event', 'events', { shortNames: ['ev'] }),
  core('LimitRange', 'limitranges', { shortNames: ['limits'] }),
  core('Namespace', 'namespaces', { ...CLUSTER, shortNames: ['ns'], status: true }),
  core('Node', 'nodes', { ...CLUSTER, shortNames: ['no'], status: true }),
  core('PersistentVolumeClaim', 'persistentvolumeclaims', { shortNames: ['pvc'], status: true }),
  core('PersistentVolume', 'persistentvolumes', { ...CLUSTER, shortNames: ['pv'], status: true }),
  core('Pod', 'pods', { shortNames: ['po'], categories: ALL, status: true }),
  core('ReplicationController', 'replicationcontrollers', {
    shortNames: ['rc'],
    categories: ALL,
    status: true,
    generation: true,
    scale: true,
  }),
  core('ResourceQuota', 'resourcequotas', { shortNames: ['quota'], status: true }),
  core('Secret', 'secrets'),
  core('ServiceAccount', 'serviceaccounts', { shortNames: ['sa'] }),
  core('Service', 'services', { shortNames: ['svc'], categories: ALL, status: true }),
  define('admissionregistration.k8s.io', 'v1', 'ValidatingAdmissionPolicy', 'validatingadmissionpolicies', {
    ...CLUSTER,
    categories: ['api-extensions'],
    status: true,
    generation: true,
  }),
  define(
    'admissionregistration.k8s.io',
    'v1',
    'ValidatingAdmissionPolicyBinding',
    'validatingadmissionpolicybindings',
    { ...CLUSTER, categories: ['api-extensions'], generation: true },
  ),
  apps('DaemonSet', 'daemonsets', 'ds', false),
  apps('Deployment', 'deployments', 'deploy', true),
  apps('ReplicaSet', 'replicasets', 'rs', true),
  apps('StatefulSet', 'statefulsets', 'sts', true),
  define('autoscaling', 'v2', 'HorizontalPodAutoscaler', 'horizontalpodautoscalers', {
    shortNames: ['hpa'],
    categories: ALL,
    status: true,
  }),
  define('batch', 'v1', 'CronJob', 'cronjobs', {
    shortNames: ['cj'],
    categories: ALL,
    status: true,
    generation: true,
  }),
  define('batch', 'v1', 'Job', 'jobs', { categories: ALL, status: true, generation: true }),
  define('coordination.k8s.io', 'v1', 'Lease', 'leases'),
  define('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices', { generation: true }),
  define('networking.k8s.io', 'v1', 'IngressClass', 'ingressclasses', { ...CLUSTER, generation: true }),
  define('networking.k8s.io', 'v1', 'Ingress', 'ingresses', {
    shortNames: ['ing'],
    status: true,
    generation: true,
  }),
  define('networking.k8s.io', 'v1', 'NetworkPolicy', 'networkpolicies', {
    shortNames: ['netpol'],
    generation: true,
  }),
  define('policy', 'v1', 'PodDisruptionBudget', 'poddisruptionbudgets', {
    shortNames: ['pdb'],
    status: true,
    generation: true,
  }),
];

const BY_KIND: ReadonlyMap<string, KindInfo> = new Map(KINDS.map((info) => [info.kind, info]));

/** All kinds, core group first. */
export const kinds = (): readonly KindInfo[] => KINDS;

export const kindInfo = (kind: string): KindInfo | undefined => BY_KIND.get(kind);

/** Whether metadata.generation counts changes of a kind in a version. */
export const countsGeneration = ({ kind, generation }: KindInfo, k8s: K8sVersion): boolean =>
  kind === 'Pod' ? differences.podGeneration(k8s) : generation;

/** services, deployments.apps: how messages name the resource. */
export const groupResource = ({ resource, group }: Pick<KindInfo, 'resource' | 'group'>): string =>
  group ? `${resource}.${group}` : resource;

/** A kind that the server itself relies on. */
export function infoOf(kind: string): KindInfo {
  const info = BY_KIND.get(kind);
  if (!info) throw new Error(`kind ${kind} is not registered`);
  return info;
}
