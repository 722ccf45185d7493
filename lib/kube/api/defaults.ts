// Defaulting: what the API server fills in before it looks at an object. One function a kind.
import type { Deployment, EndpointSlice, KubeObject, Pod, ReplicaSet, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { OTHER_DEFAULTERS } from './defaults/others';
import { defaultPod } from './defaults/pod';
import { defaultEndpoints, defaultEndpointSlice, defaultService } from './defaults/service';
import { defaultDaemonSet, defaultDeployment, defaultReplicaSet } from './defaults/workloads';
import { asObject, withFields } from './json';

type Defaulter = (object: KubeObject, k8s: K8sVersion) => KubeObject;

const DEFAULTERS: Readonly<Record<string, Defaulter>> = {
  ...OTHER_DEFAULTERS,
  Service: (object, k8s) => defaultService(object as Service, k8s),
  Pod: (object) => defaultPod(object as Pod),
  Deployment: (object) => defaultDeployment(object as Deployment),
  ReplicaSet: (object) => defaultReplicaSet(object as ReplicaSet),
  DaemonSet: defaultDaemonSet,
  EndpointSlice: (object) => defaultEndpointSlice(object as EndpointSlice),
  Endpoints: defaultEndpoints,
  Namespace: defaultNamespace,
  Node: defaultNode,
};

/** Kinds that make no sense without a spec. */
const HAS_SPEC = new Set(['Service', 'Pod', 'Deployment', 'ReplicaSet', 'DaemonSet', 'Node']);

/** The object with all defaults of its kind; the object itself if it has them already. */
export function withDefaults<T extends KubeObject>(object: T, k8s: K8sVersion): T {
  const whole = HAS_SPEC.has(object.kind) && object.spec === undefined ? { ...object, spec: {} } : object;
  return (DEFAULTERS[object.kind]?.(whole, k8s) ?? whole) as T;
}

function defaultNamespace(namespace: KubeObject): KubeObject {
  const { name = '', labels } = namespace.metadata;
  if (name === '') return namespace;
  const metadata =
    labels?.[NAME_LABEL] === name
      ? namespace.metadata
      : { ...namespace.metadata, labels: { ...labels, [NAME_LABEL]: name } };
  return withFields(namespace, { metadata, spec: namespace.spec ?? { finalizers: ['kubernetes'] } });
}

const NAME_LABEL = 'kubernetes.io/metadata.name';

function defaultNode(node: KubeObject): KubeObject {
  const status = asObject(node.status);
  if (!status['capacity'] || status['allocatable']) return node;
  return { ...node, status: { ...status, allocatable: status['capacity'] } };
}
