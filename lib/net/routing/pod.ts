// A Pod as the network sees it.
import type { Listens } from './listens';

export interface PodSpec {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  /** At most one of each family. */
  readonly addresses: readonly string[];
  /** Its processes live in the node's network. */
  readonly hostNetwork: boolean;
  readonly listens: Listens;
  /** What NetworkPolicies select it by. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Whether a container declares this port under this name; `protocol` as in Kubernetes: TCP, UDP, SCTP. */
  hasPort?(name: string, protocol: string, port: number): boolean;
}
