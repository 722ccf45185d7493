// Every controller of the simulated control plane, in the order in which they hear of an event.
import type { K8sVersion } from '@/lib/kube/versions';
import { kubelet } from '@/lib/kube/kubelet/kubelet';
import { scheduler } from '@/lib/kube/scheduler/scheduler';
import { daemonSetController } from './daemonset/controller';
import { deploymentController } from './deployment/controller';
import { endpointsController } from './endpoints/controller';
import { endpointSliceController } from './endpointslice/controller';
import { endpointSliceMirroringController } from './endpointslicemirroring/controller';
import { eventTtl } from './event-ttl';
import { garbageCollector } from './garbage-collector';
import { loadBalancing, type LoadBalancing } from './load-balancing';
import { namespaceController } from './namespace/controller';
import { namespaceFurniture } from './namespace/furniture';
import { nodeLifecycleController } from './nodelifecycle/controller';
import { replicaSetController } from './replicaset/controller';
import type { Controller } from './types';

/** New controllers, with nothing in memory, for one cluster; `balancing` given by whoever wants to know what it made. */
export const allControllers = (k8s: K8sVersion, balancing: LoadBalancing = loadBalancing()): Controller[] => [
  deploymentController(),
  replicaSetController(),
  daemonSetController(),
  garbageCollector(),
  namespaceController(),
  namespaceFurniture(),
  scheduler(),
  kubelet(k8s),
  endpointsController(k8s),
  endpointSliceController(k8s),
  endpointSliceMirroringController(),
  nodeLifecycleController(k8s),
  ...balancing.controllers,
  eventTtl(),
];
