// Who makes load balancers for Services: a cloud, MetalLB, both or nobody, as the cluster's ConfigMaps say (service/config.ts,
// metallb/config.ts). Whoever carries packets asks them what there is.
import { metalLbController } from './metallb/controller';
import { metalLbSpeaker, type SpeakerController } from './metallb/speaker';
import { serviceController, type ServiceController } from './service/controller';
import type { Controller } from './types';

export interface LoadBalancing {
  readonly cloud: ServiceController;
  readonly speaker: SpeakerController;
  /** All of its controllers. */
  readonly controllers: readonly Controller[];
}

/** New controllers, with nothing in memory, for one cluster. */
export function loadBalancing(): LoadBalancing {
  const cloud = serviceController();
  const speaker = metalLbSpeaker();
  return { cloud, speaker, controllers: [cloud, metalLbController(), speaker] };
}
