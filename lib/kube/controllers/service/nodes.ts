// Which nodes stand behind a cloud's load balancer. Models k8s.io/cloud-provider controllers/service/controller.go with
// StableLoadBalancerNodeSet (on since v1.27): a node that is NotReady stays, its health check takes it out. The predicate on
// spec.providerID is left out: this cloud knows its nodes by name.
import type { WatchEvent } from '@/lib/kube/api/types';
import type { KubeObject, Node } from '@/lib/kube/types';

const EXCLUDE_LABEL = 'node.kubernetes.io/exclude-from-external-load-balancers';
const TO_BE_DELETED = 'ToBeDeletedByClusterAutoscaler';

/** Whether a node is marked to stay out of external load balancers; the label's value does not count. */
export const isExcluded = ({ metadata }: KubeObject): boolean =>
  metadata.labels?.[EXCLUDE_LABEL] !== undefined;

/** Names of the nodes of a balancer that is set up now (stableNodeSetPredicates), sorted. */
export const balancerNodes = (nodes: readonly Node[]): readonly string[] =>
  nodes
    .filter(
      (node) =>
        node.metadata.deletionTimestamp === undefined &&
        !isExcluded(node) &&
        !node.spec?.taints?.some((t) => t.key === TO_BE_DELETED),
    )
    .map((node) => node.metadata.name ?? '')
    .toSorted();

/** Whether an event about a Node makes the controller look at its balancers' nodes (shouldSyncUpdatedNode): a taint does not. */
export const changesNodeSet = ({ type, object, old }: WatchEvent): boolean =>
  type !== 'MODIFIED' || !old || isExcluded(object) !== isExcluded(old);
