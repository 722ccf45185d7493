// The newest connection of a journey in the cluster, place by place, for the lesson's table.
import { journeyMade, type Journey, type JourneyQuestion } from '@/lib/course/journey';
import type { Service } from '@/lib/kube/types';
import type { Inspected } from './inspected';

/** null: no such connection has arrived yet. */
export function journeyIn({ api, network }: Inspected, { from, service }: JourneyQuestion): Journey | null {
  const [namespace = '', name = ''] = service.split('/');
  const clusterIP = api.get<Service>('Service', namespace, name)?.spec.clusterIP;
  return journeyMade(network.made, from, clusterIP) ?? null;
}
