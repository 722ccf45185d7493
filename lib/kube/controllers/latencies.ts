// How long the parts of the control plane take, in virtual milliseconds: a quiet kubeadm cluster on a local network, rounded. Order
// and proportions are what matters; no part polls, so a cluster with nothing to do has an empty queue.

export const LATENCY_MS = {
  /** One watch delivery plus one turn of the work queue. */
  deployment: 3,
  replicaSet: 3,
  daemonSet: 3,
  /** The garbage collector works on its own graph, behind the other controllers. */
  garbageCollector: 10,
  /** One scheduling cycle and the bind request. */
  scheduler: 5,
  /** The kubelet's watch, its pod worker and the status manager. */
  kubelet: 10,
  /** --endpoint-updates-batch-period and its slice twin are 0 by default: no batching beyond the queue itself. */
  endpoints: 4,
  endpointSlice: 4,
  nodeLifecycle: 5,
  cloud: 5,
} as const;

/** From the end of the last container to the Pod's removal: the kubelet tears down the sandbox and confirms the deletion. */
export const POD_REMOVAL_MS = 20;
/** A Pod that is deleted before its containers run has nothing to stop. */
export const UNSTARTED_POD_REMOVAL_MS = 50;
