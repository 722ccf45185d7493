// The only door to the engine: everything above lib/sim comes in here.
export type { ApplyOutcome } from './apply-outcome';
export { Cluster } from './cluster';
export type { ClusterSnapshot } from './cluster-snapshot';
export { fieldChanges, type Change, type ChangeLog, type TurnTaken } from './changes';
export type { ClusterTurn } from './cluster-turn';
export { crowd, CROWD_LIMIT } from './crowd';
export { lookupCost, type LookupCost } from './lookup-cost';
export { parseManifests, type ManifestDocument } from './manifest';
export { extendedOrigin, followsFrom, topOwner } from './provenance';
export { rolledOut } from './rolled-out';
export type { ClusterOptions, Problem } from './types';
export { SERVICE_NAME_LABEL } from '@/lib/proxy/endpoints';
export { warningsOf, type ApiRequest, type ApiResponse, type ApiStream } from '@/lib/kube/api/rest/types';
