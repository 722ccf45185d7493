// What the outside may ask of a simulated cluster. lib/sim/index.ts is the only door to the engine.
import type { Descriptions } from '@/lib/kube/api/openapi/descriptions';
import type { ProtobufReader } from '@/lib/kube/api/rest/types';
import type { Reason } from '@/lib/net/ruleset/types';
import type { ClusterProxyMode, K8sVersion } from '@/lib/kube/versions';

/** One complaint about learner input, placed in the text that caused it. Exactly one sentence; Kubernetes' texts stay English. */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'info';
  /** The file it stands in. */
  readonly file: string;
  /** 1-based; end is exclusive of the column. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** The API server's own message, when there is one (English, as in reality) … */
  readonly message?: string;
  /** … else ours, as a code that lib/i18n words. */
  readonly reason?: Reason;
}

export interface ClusterOptions {
  readonly k8s: K8sVersion;
  readonly seed: number;
  /** kube-proxy's mode in the default cluster; iptables unless it is named. */
  readonly proxyMode?: ClusterProxyMode;
  /** Start instant, RFC 3339. */
  readonly now: string;
  /** Where ClusterIPs come from, one range a family; 10.96.0.0/16 unless given. */
  readonly serviceCIDRs?: readonly string[];
  /** For clients that send protobuf, as real kubectls do. */
  readonly protobuf?: ProtobufReader;
  /** Admission plugins that are off unless named: DenyServiceExternalIPs. */
  readonly admissionPlugins?: readonly string[];
  /** What `kubectl explain` says; without it, names speak for themselves. */
  readonly descriptions?: Descriptions;
}
