// A NetworkPolicy as tests of packets. Models evaluateIngress, evaluateEgress, evaluatePorts, evaluateSelectors and evaluateIPBlocks of
// kube-network-policies v0.8.0, pkg/networkpolicy/networkpolicy.go.
import type { NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '@/lib/kube/types';
import type { RuleText } from '@/lib/net/datapath/walk-env';
import { within, type Address } from '@/lib/net/routing/address';
import type { PodSpec } from '@/lib/net/routing/pod';
import { compileSelector, type Labels } from './selector';

export type Direction = 'ingress' | 'egress';

/** The other end of a connection, as a policy of one end sees it: after DNAT, before MASQUERADE of the node that asks. */
export interface Peer {
  readonly address: Address;
  /** Its Pod; undefined: the address belongs to a node or to a host outside. */
  readonly pod: PodSpec | undefined;
}

/** What the ports of a rule are compared with. */
export interface Aim {
  /** TCP, UDP or SCTP; undefined: ICMP, which no rule with ports allows. */
  readonly protocol: string | undefined;
  readonly port: number;
  /** The Pod that the port belongs to, which gives names to ports. */
  readonly pod: PodSpec | undefined;
}

export interface CompiledRule extends RuleText {
  /** As in a Status cause: spec.ingress[0]. */
  readonly path: string;
  readonly ports: readonly ((aim: Aim) => boolean)[];
  readonly peers: readonly ((peer: Peer, namespaces: NamespaceLabels) => boolean)[];
}

export interface CompiledPolicy {
  readonly namespace: string;
  readonly name: string;
  selects(labels: Labels): boolean;
  /** What it allows, by direction; absent: it does not isolate in that direction. */
  readonly rules: Readonly<Partial<Record<Direction, readonly CompiledRule[]>>>;
}

/** The labels of a namespace by its name. */
export type NamespaceLabels = (namespace: string) => Labels;

const known = new WeakMap<NetworkPolicy, CompiledPolicy>();

/** A policy compiled; the same object is compiled once. */
export function compilePolicy(policy: NetworkPolicy): CompiledPolicy {
  let compiled = known.get(policy);
  if (!compiled) {
    compiled = compiledAnew(policy);
    known.set(policy, compiled);
  }
  return compiled;
}

function compiledAnew({ metadata, spec = {} }: NetworkPolicy): CompiledPolicy {
  const { podSelector = {}, ingress = [], egress = [] } = spec;
  const namespace = metadata.namespace ?? 'default';
  // SetDefaults_NetworkPolicy, for dumps that no API server has seen.
  const types = spec.policyTypes ?? (egress.length > 0 ? ['Ingress', 'Egress'] : ['Ingress']);
  return {
    namespace,
    name: metadata.name ?? '',
    selects: compileSelector(podSelector),
    rules: {
      ...(types.includes('Ingress') && {
        ingress: ingress.map((rule, i) => compileRule(rule, rule.from, `spec.ingress[${i}]`, namespace)),
      }),
      ...(types.includes('Egress') && {
        egress: egress.map((rule, i) => compileRule(rule, rule.to, `spec.egress[${i}]`, namespace)),
      }),
    },
  };
}

function compileRule(
  rule: { readonly ports?: readonly NetworkPolicyPort[] },
  peers: readonly NetworkPolicyPeer[] = [],
  path: string,
  namespace: string,
): CompiledRule {
  return {
    path,
    text: () => `${path.replace('spec.', '')}: ${JSON.stringify(rule)}`,
    reason: undefined,
    ports: (rule.ports ?? []).map(compilePort),
    peers: peers.map((peer) => compilePeer(peer, namespace)),
  };
}

function compilePort({ protocol = 'TCP', port, endPort }: NetworkPolicyPort): (aim: Aim) => boolean {
  if (port === undefined) return (aim) => aim.protocol === protocol;
  if (typeof port === 'string')
    return (aim) => aim.protocol === protocol && aim.pod?.hasPort?.(port, protocol, aim.port) === true;
  const last = endPort ?? port;
  return (aim) => aim.protocol === protocol && aim.port >= port && aim.port <= last;
}

function compilePeer(
  { podSelector, namespaceSelector, ipBlock }: NetworkPolicyPeer,
  own: string,
): CompiledRule['peers'][number] {
  if (ipBlock) {
    const inside = within(ipBlock.cidr) ?? (() => false);
    const except = (ipBlock.except ?? []).flatMap((cidr) => within(cidr) ?? []);
    return ({ address }) => inside(address) && !except.some((test) => test(address));
  }
  const byPod = podSelector && compileSelector(podSelector);
  const byNamespace = namespaceSelector && compileSelector(namespaceSelector);
  if (!byPod && !byNamespace) return () => false;
  return ({ pod }, namespaces) => {
    if (!pod) return false;
    if (byPod && !byPod(pod.labels ?? {})) return false;
    return byNamespace ? byNamespace(namespaces(pod.namespace)) : pod.namespace === own;
  };
}
