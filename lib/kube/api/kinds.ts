// The kinds that the simulated API server stores: group, version, resource and scope of each (pkg/controlplane/instance.go).

export interface KindInfo {
  readonly kind: string;
  readonly apiVersion: string;
  readonly group: string;
  /** Plural name in the URL. */
  readonly resource: string;
  readonly namespaced: boolean;
  /** Whether status is a subresource: then other writes leave it alone. */
  readonly status: boolean;
  /** Whether metadata.generation counts changes. */
  readonly generation: boolean;
}

const core = (kind: string, resource: string, status: boolean, namespaced = true): KindInfo => ({
  kind,
  apiVersion: 'v1',
  group: '',
  resource,
  namespaced,
  status,
  generation: false,
});
const grouped = (kind: string, group: string, resource: string, status: boolean): KindInfo => ({
  kind,
  apiVersion: `${group}/v1`,
  group,
  resource,
  namespaced: true,
  status,
  generation: true,
});

const KINDS: readonly KindInfo[] = [
  core('ConfigMap', 'configmaps', false),
  core('Endpoints', 'endpoints', false),
  core('Namespace', 'namespaces', true, false),
  core('Node', 'nodes', true, false),
  core('Pod', 'pods', true),
  core('Service', 'services', true),
  core('ServiceAccount', 'serviceaccounts', false),
  grouped('DaemonSet', 'apps', 'daemonsets', true),
  grouped('Deployment', 'apps', 'deployments', true),
  grouped('ReplicaSet', 'apps', 'replicasets', true),
  grouped('EndpointSlice', 'discovery.k8s.io', 'endpointslices', false),
];

const BY_KIND: ReadonlyMap<string, KindInfo> = new Map(KINDS.map((info) => [info.kind, info]));

/** All kinds, core group first. */
export const kinds = (): readonly KindInfo[] => KINDS;

export const kindInfo = (kind: string): KindInfo | undefined => BY_KIND.get(kind);

/** services, deployments.apps: how messages name the resource. */
export const groupResource = ({ resource, group }: KindInfo): string =>
  group ? `${resource}.${group}` : resource;

/** A kind that the server itself relies on. */
export function infoOf(kind: string): KindInfo {
  const info = BY_KIND.get(kind);
  if (!info) throw new Error(`kind ${kind} is not registered`);
  return info;
}
