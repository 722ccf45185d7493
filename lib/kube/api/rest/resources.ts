// What the API server serves: every stored kind, the second names under which some are served, and reviews, which store nothing.
// Verbs and subresources as in pkg/registry/*/rest/storage_*.go; kinds that a version has not are left out.
import { infoOf, kinds, type KindInfo } from '@/lib/kube/api/kinds';
import { differences, type K8sVersion } from '@/lib/kube/versions';

export interface SubresourceInfo {
  readonly name: string;
  readonly kind: string;
  /** Of its own kind, where that is another group's: autoscaling/v1 Scale, policy/v1 Eviction. */
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

export interface RestResource {
  readonly group: string;
  readonly version: string;
  readonly apiVersion: string;
  readonly resource: string;
  /** The kind in this group and version. */
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly subresources: readonly SubresourceInfo[];
  /** How it is stored; undefined for reviews. */
  readonly info: KindInfo | undefined;
}

const STANDARD = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];
const READ_WRITE = ['get', 'patch', 'update'];
const STREAMS = ['create', 'get'];

const SUBRESOURCES: Readonly<Record<string, readonly SubresourceInfo[]>> = {
  Namespace: [{ name: 'finalize', kind: 'Namespace', verbs: ['update'] }],
  Node: [
    {
      name: 'proxy',
      kind: 'NodeProxyOptions',
      verbs: ['create', 'delete', 'get', 'patch', 'update'],
    },
  ],
  Pod: [
    { name: 'attach', kind: 'PodAttachOptions', verbs: STREAMS },
    { name: 'binding', kind: 'Binding', verbs: ['create'] },
    { name: 'ephemeralcontainers', kind: 'Pod', verbs: READ_WRITE },
    { name: 'eviction', kind: 'Eviction', group: 'policy', version: 'v1', verbs: ['create'] },
    { name: 'exec', kind: 'PodExecOptions', verbs: STREAMS },
    { name: 'log', kind: 'Pod', verbs: ['get'] },
    { name: 'portforward', kind: 'PodPortForwardOptions', verbs: STREAMS },
    { name: 'proxy', kind: 'PodProxyOptions', verbs: ['create', 'delete', 'get', 'patch', 'update'] },
  ],
  Service: [
    {
      name: 'proxy',
      kind: 'ServiceProxyOptions',
      verbs: ['create', 'delete', 'get', 'patch', 'update'],
    },
  ],
  ServiceAccount: [
    {
      name: 'token',
      kind: 'TokenRequest',
      group: 'authentication.k8s.io',
      version: 'v1',
      verbs: ['create'],
    },
  ],
};

const SCALE: SubresourceInfo = {
  name: 'scale',
  kind: 'Scale',
  group: 'autoscaling',
  version: 'v1',
  verbs: READ_WRITE,
};

function subresourcesOf(info: KindInfo, k8s: K8sVersion): readonly SubresourceInfo[] {
  const special = SUBRESOURCES[info.kind] ?? [];
  const resize: SubresourceInfo = { name: 'resize', kind: 'Pod', verbs: READ_WRITE };
  return [
    ...special,
    ...(info.kind === 'Pod' && differences.podResizeSubresource(k8s) ? [resize] : []),
    ...(info.scale ? [SCALE] : []),
    ...(info.status ? [{ name: 'status', kind: info.kind, verbs: READ_WRITE }] : []),
  ].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function verbsOf(info: KindInfo): readonly string[] {
  // Services have had deletecollection since 1.23, Namespaces never.
  return info.kind === 'Namespace' ? STANDARD.filter((v) => v !== 'deletecollection') : STANDARD;
}

const stored = (info: KindInfo, k8s: K8sVersion): RestResource => ({
  group: info.group,
  version: info.version,
  apiVersion: info.apiVersion,
  resource: info.resource,
  kind: info.kind,
  singular: info.singular,
  shortNames: info.shortNames,
  categories: info.categories,
  namespaced: info.namespaced,
  verbs: verbsOf(info),
  subresources: subresourcesOf(info, k8s),
  info,
});

/** The same objects in another group or version. */
const alias = (kind: string, group: string, version: string, k8s: K8sVersion): RestResource => ({
  ...stored(infoOf(kind), k8s),
  group,
  version,
  apiVersion: `${group}/${version}`,
});

const review = (group: string, kind: string, namespaced = false): RestResource => ({
  group,
  version: 'v1',
  apiVersion: `${group}/v1`,
  resource: `${kind.toLowerCase()}s`,
  kind,
  singular: kind.toLowerCase(),
  shortNames: [],
  categories: [],
  namespaced,
  verbs: ['create'],
  subresources: [],
  info: undefined,
});

const BINDING: RestResource = {
  group: '',
  version: 'v1',
  apiVersion: 'v1',
  resource: 'bindings',
  kind: 'Binding',
  singular: 'binding',
  shortNames: [],
  categories: [],
  namespaced: true,
  verbs: ['create'],
  subresources: [],
  info: undefined,
};

const CRD: RestResource = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  apiVersion: 'apiextensions.k8s.io/v1',
  resource: 'customresourcedefinitions',
  kind: 'CustomResourceDefinition',
  singular: 'customresourcedefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  verbs: STANDARD,
  subresources: [{ name: 'status', kind: 'CustomResourceDefinition', verbs: READ_WRITE }],
  info: undefined,
};

/** The groups in the order in which discovery lists them (the priorities of kube-aggregator). */
const GROUP_ORDER = [
  '',
  'apps',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'autoscaling',
  'batch',
  'networking.k8s.io',
  'policy',
  'admissionregistration.k8s.io',
  'apiextensions.k8s.io',
  'coordination.k8s.io',
  'discovery.k8s.io',
];

const byVersion = new Map<K8sVersion, readonly RestResource[]>();

/** All resources of a version, by group in discovery's order, then by name; preferred versions of a group first. */
export function resourcesOf(k8s: K8sVersion): readonly RestResource[] {
  const known = byVersion.get(k8s);
  if (known) return known;
  const all = [
    ...kinds()
      .filter(
        (i) => differences.validatingAdmissionPolicyV1(k8s) || !i.kind.startsWith('ValidatingAdmission'),
      )
      .map((info) => stored(info, k8s)),
    BINDING,
    CRD,
    alias('Event', 'events.k8s.io', 'v1', k8s),
    alias('HorizontalPodAutoscaler', 'autoscaling', 'v1', k8s),
    review('authentication.k8s.io', 'SelfSubjectReview'),
    review('authentication.k8s.io', 'TokenReview'),
    review('authorization.k8s.io', 'LocalSubjectAccessReview', true),
    review('authorization.k8s.io', 'SelfSubjectAccessReview'),
    review('authorization.k8s.io', 'SelfSubjectRulesReview'),
    review('authorization.k8s.io', 'SubjectAccessReview'),
  ];
  const sorted = all.toSorted(
    (a, b) =>
      GROUP_ORDER.indexOf(a.group) - GROUP_ORDER.indexOf(b.group) ||
      (a.version === b.version ? 0 : a.version > b.version ? -1 : 1) ||
      (a.resource < b.resource ? -1 : 1),
  );
  byVersion.set(k8s, sorted);
  return sorted;
}
