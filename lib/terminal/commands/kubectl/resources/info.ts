// What a command acts on: an object of the server, or of a file (k8s.io/cli-runtime pkg/resource Info).
import type { KubeJson } from '../api/client';
import type { Mapping } from '../api/mapper';

export interface Target {
  readonly mapping: Mapping;
  /** "" for cluster-scoped kinds and for all namespaces. */
  readonly namespace: string;
  /** undefined: all of them that the selectors take. */
  readonly name?: string;
  /** The file it stands in. */
  readonly source?: string;
  /** As the file has it. */
  readonly local?: KubeJson;
}

export interface Info extends Target {
  readonly name: string;
  readonly object: KubeJson;
}
