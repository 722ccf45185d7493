// Versions of Kubernetes, feature gates and kube-proxy's modes: the part of the version table (versions.ts) that pages need before
// there is a cluster, apart so that they do not load the rest.

export type K8sVersion = '1.28' | '1.29' | '1.30' | '1.31' | '1.32' | '1.33' | '1.34';

/** The versions that a learner can pick. */
export const LEARNER_VERSIONS: readonly K8sVersion[] = ['1.28', '1.29', '1.30', '1.31', '1.32'];
/** The versions whose rules the engine can write. */
export const RULES_VERSIONS: readonly K8sVersion[] = [...LEARNER_VERSIONS, '1.33', '1.34'];
export const NEWEST_VERSION: K8sVersion = '1.34';
export const DEFAULT_VERSION: K8sVersion = '1.32';

/** 32 for 1.32. */
export const minorOf = (version: K8sVersion): number => Number(version.slice(2));

/** "1.32" for "1.32", "v1.32" and "v1.32.5"; undefined for what the engine does not know. */
export function parseVersion(text: string): K8sVersion | undefined {
  const minor = /^v?(1\.\d+)(?:\.\d+)?$/.exec(text)?.[1];
  return RULES_VERSIONS.find((v) => v === minor);
}

export interface FeatureGate {
  /** First version in which the gate exists. */
  readonly since: number;
  /** First version in which it is on unless switched off. */
  readonly onFrom: number;
  /** First version in which it cannot be switched any more. */
  readonly lockedFrom?: number;
}

/** Gates that act here: pkg/features/kube_features.go of the versions named. */
export const FEATURE_GATES: Readonly<Record<string, FeatureGate>> = {
  KubeProxyDrainingTerminatingNodes: { since: 28, onFrom: 30, lockedFrom: 31 },
  JobPodReplacementPolicy: { since: 28, onFrom: 29, lockedFrom: 34 },
  LoadBalancerIPMode: { since: 29, onFrom: 30, lockedFrom: 32 },
  TopologyAwareHints: { since: 21, onFrom: 24, lockedFrom: 33 },
  ServiceTrafficDistribution: { since: 30, onFrom: 31, lockedFrom: 33 },
  PreferSameTrafficDistribution: { since: 33, onFrom: 34 },
  NFTablesProxyMode: { since: 29, onFrom: 31, lockedFrom: 33 },
  MultiCIDRServiceAllocator: { since: 27, onFrom: 33 },
  PodReadyToStartContainersCondition: { since: 28, onFrom: 29 },
  PodHostIPs: { since: 28, onFrom: 29, lockedFrom: 30 },
  ServiceNodePortStaticSubrange: { since: 27, onFrom: 28, lockedFrom: 29 },
  PodLifecycleSleepAction: { since: 29, onFrom: 30, lockedFrom: 34 },
  PodLifecycleSleepActionAllowZero: { since: 32, onFrom: 33, lockedFrom: 34 },
  RelaxedEnvironmentVariableValidation: { since: 30, onFrom: 32, lockedFrom: 34 },
};

/** Whether a gate is on in a version, given what the configuration says of it. */
export function gateEnabled(
  version: K8sVersion,
  gate: string,
  configured: Readonly<Record<string, boolean>> = {},
): boolean {
  const known = FEATURE_GATES[gate];
  const minor = minorOf(version);
  if (!known || minor < known.since) return false;
  if (known.lockedFrom !== undefined && minor >= known.lockedFrom) return true;
  return configured[gate] ?? minor >= known.onFrom;
}

/** The modes in which a learner can run kube-proxy. */
export type ClusterProxyMode = 'iptables' | 'nftables';

export const CLUSTER_PROXY_MODES: readonly ClusterProxyMode[] = ['iptables', 'nftables'];

/** none: kube-proxy of this version does not know the mode. gate: only with NFTablesProxyMode switched on. */
export function nftablesSupport(version: K8sVersion): 'none' | 'gate' | 'on' {
  if (gateEnabled(version, 'NFTablesProxyMode', {})) return 'on';
  return gateEnabled(version, 'NFTablesProxyMode', { NFTablesProxyMode: true }) ? 'gate' : 'none';
}

/** The mode, if the version has it; else iptables. */
export const supportedMode = (version: K8sVersion, mode: ClusterProxyMode): ClusterProxyMode =>
  mode === 'nftables' && nftablesSupport(version) === 'none' ? 'iptables' : mode;
