// A node whose kubelet does not run: nothing is started, stopped or reported there. What runs already goes on running, unless the node
// has no power.
import type { Node } from '@/lib/kube/types';

/** On a Node: `stopped` after `systemctl stop kubelet`. No Kubernetes object says it, so it stands as an annotation of ours. */
export const KUBELET_ANNOTATION = 'servicepath.dev/kubelet';
/** On a Node: `off` takes its power away, at once and without a farewell. Its Pods are as they were when it is back: a reboot is not simulated. */
export const POWER_ANNOTATION = 'servicepath.dev/power';

export const isPoweredOff = (node: Node | undefined): boolean =>
  node?.metadata.annotations?.[POWER_ANNOTATION] === 'off';

export const isKubeletStopped = (node: Node | undefined): boolean =>
  isPoweredOff(node) || node?.metadata.annotations?.[KUBELET_ANNOTATION] === 'stopped';
