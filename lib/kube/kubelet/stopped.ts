// A node whose kubelet does not run: nothing is started, stopped or reported there. What runs already goes on running.
import type { Node } from '@/lib/kube/types';

/** On a Node: `stopped` after `systemctl stop kubelet`. No Kubernetes object says it, so it stands as an annotation of ours. */
export const KUBELET_ANNOTATION = 'servicepath.dev/kubelet';

export const isKubeletStopped = (node: Node | undefined): boolean =>
  node?.metadata.annotations?.[KUBELET_ANNOTATION] === 'stopped';
