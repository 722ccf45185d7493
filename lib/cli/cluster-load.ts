// A cluster file brought to life for commands that talk to a running cluster (serve, shell).
import { defaultNodes } from '@/lib/kube/controllers/static-objects';
import { decodeProtobuf } from '@/lib/kube/api/rest/protobuf/decode';
import { englishDescriptions } from '@/lib/kube/schema-docs/descriptions';
import type { KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { Cluster } from '@/lib/sim';
import { readObjects } from './cluster-file';
import { UsageError, type CliIo } from './io';

export interface LoadOptions {
  /** Without a file: the default cluster of the course. */
  readonly files: readonly string[];
  readonly k8s: K8sVersion;
  readonly seed: number;
  /** RFC 3339. */
  readonly now: string;
  /** `now` is the moment at which the cluster has come to rest, not the one at which it begins. */
  readonly restsAtNow?: boolean;
  readonly admissionPlugins?: readonly string[];
}

/** The cluster of these files, settled. What the API server refuses is a UsageError. */
export function loadedCluster({ files, restsAtNow = false, ...given }: LoadOptions, io: CliIo): Cluster {
  const objects = files.length === 0 ? undefined : readObjects(files, io);
  const cluster = begun(objects, given);
  const tookMs = cluster.now - Date.parse(given.now);
  if (!restsAtNow || tookMs === 0) return cluster;
  return begun(objects, { ...given, now: new Date(Date.parse(given.now) - tookMs).toISOString() });
}

function begun(objects: readonly KubeObject[] | undefined, given: Omit<LoadOptions, 'files'>): Cluster {
  const options = { ...given, descriptions: englishDescriptions, protobuf: decodeProtobuf };
  if (!objects) return Cluster.create(options);
  const nodes = objects.some((o) => o.kind === 'Node') ? [] : defaultNodes(options.k8s, options.now);
  const cluster = Cluster.load([...nodes, ...objects], options);
  if ('message' in cluster) throw new UsageError(cluster.message);
  return cluster;
}
