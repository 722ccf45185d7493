// The door to server-side tables: which columns a kind has.
import { anyKind, configMaps, namespaces, nodes, serviceAccounts } from './cluster';
import { endpoints, endpointSlices, services } from './services';
import type { TableKind } from './types';
import { daemonSets, deployments, pods, replicaSets } from './workloads';

const TABLES: Readonly<Record<string, TableKind>> = {
  Service: services,
  Endpoints: endpoints,
  EndpointSlice: endpointSlices,
  Pod: pods,
  Deployment: deployments,
  ReplicaSet: replicaSets,
  DaemonSet: daemonSets,
  Node: nodes,
  Namespace: namespaces,
  ConfigMap: configMaps,
  ServiceAccount: serviceAccounts,
};

export const tableOf = (kind: string): TableKind =>
  Object.hasOwn(TABLES, kind) ? (TABLES[kind] ?? anyKind) : anyKind;
export { age, humanDuration } from './duration';
export type { Cell, Column, TableKind } from './types';
