// What the views may look at of a cluster.
import type { Cluster } from '@/lib/sim';

export type Inspected = Pick<Cluster, 'api' | 'now' | 'k8s' | 'network' | 'snapshot' | 'restore' | 'changes'>;
