// The network plugin that enforces NetworkPolicies. The API leaves open when it acts; this is the order of one plugin,
// kube-network-policies v0.8.0 (sigs.k8s.io/kube-network-policies, pkg/networkpolicy/controller.go), which kind's own CNI carries:
// an nftables chain at POSTROUTING just before source NAT. It sees what kube-proxy chose (the Pod's address and port) and the source
// before this node's MASQUERADE. In its order: ICMPv6 passes; what the node's own processes send passes (meta skuid 0; all of them are
// root's here); established and related packets pass; what comes from or goes to a Pod of this node that a policy selects is judged,
// first the egress of the sending Pod, then the ingress of the receiving one, wherever that lives. What is denied is dropped.
import type { Netfilter } from '@/lib/net/datapath/netfilter';
import { PRIORITY, type BaseChain } from '@/lib/net/datapath/netfilter';
import type { Packet } from '@/lib/net/datapath/packet';
import { ACCEPT, type Verdict, type WalkEnv } from '@/lib/net/datapath/walk-env';
import type { PodSpec } from '@/lib/net/routing/pod';
import type { RuleFamily } from '@/lib/net/ruleset/types';
import type { CompiledPolicy, Direction } from './compile';
import type { Policies } from './policies';

export const POLICY_TABLE = 'inet kube-network-policies';
const CHAIN = 'postrouting';
/** Policies that a sentence names; there may be a thousand. */
const NAMED = 3;

/** A node's rules with the plugin's chain among them. */
export function withPolicies(
  netfilter: Netfilter | undefined,
  family: RuleFamily,
  policies: Policies,
): Netfilter | undefined {
  if (policies.none) return netfilter;
  const own: BaseChain = {
    table: POLICY_TABLE,
    name: CHAIN,
    hook: 'POSTROUTING',
    priority: PRIORITY.srcnat - 5,
    nat: false,
    run: (packet, env) => new Question(policies, packet, env).verdict(),
  };
  return {
    family,
    chainsAt(hook) {
      const chains = netfilter?.chainsAt(hook) ?? [];
      if (hook !== own.hook) return chains;
      const at = chains.findIndex((c) => c.priority > own.priority);
      return at < 0 ? [...chains, own] : chains.toSpliced(at, 0, own);
    },
  };
}

/** One packet before the plugin. */
class Question {
  readonly #from: PodSpec | undefined;
  readonly #to: PodSpec | undefined;

  constructor(
    private readonly policies: Policies,
    private readonly packet: Packet,
    private readonly env: WalkEnv,
  ) {
    this.#from = env.podAt(packet.tuple.source);
    this.#to = env.podAt(packet.tuple.destination);
  }

  verdict(): Verdict {
    const { packet, env } = this;
    env.entered(POLICY_TABLE, CHAIN, 'filter');
    const isQueued = this.#isManaged(this.#from) || this.#isManaged(this.#to);
    const { protocol, source } = packet.tuple;
    if (protocol === 'icmp' && source.family === 'IPv6') return this.#pass(isQueued, 'icmp6');
    if (packet.inDevice === '') return this.#pass(isQueued, 'fromNode');
    const state = packet.tracking?.state;
    if (state === 'ESTABLISHED' || state === 'RELATED') return this.#pass(isQueued, 'established');
    return this.#judge('egress', isQueued) ?? this.#judge('ingress', isQueued) ?? ACCEPT;
  }

  /** A Pod of this node that a policy selects: the plugin keeps their addresses in a set. */
  #isManaged(pod: PodSpec | undefined): boolean {
    return pod !== undefined && pod.node === this.env.nodeName && this.policies.selects(pod);
  }

  #pass(isTold: boolean, why: 'icmp6' | 'fromNode' | 'established'): Verdict {
    if (isTold) this.#tell(`step.networkPolicy.${why}`, {});
    return ACCEPT;
  }

  /** What one direction comes to; undefined: it does not stop the packet. */
  #judge(direction: Direction, isQueued: boolean): Verdict | undefined {
    const [pod, other] = direction === 'egress' ? [this.#from, this.#to] : [this.#to, this.#from];
    if (!pod) return undefined;
    const params = { pod: `${pod.namespace}/${pod.name}` };
    const { source, destination, destinationPort, protocol } = this.packet.tuple;
    const peer = { address: direction === 'egress' ? destination : source, pod: other };
    const aim = {
      protocol: protocol === 'icmp' ? undefined : protocol.toUpperCase(),
      port: destinationPort,
      pod: this.#to,
    };
    const decision = isQueued ? this.policies.decide(direction, pod, peer, aim) : undefined;
    if (decision === undefined || decision.kind === 'open') {
      if (pod.node === this.env.nodeName) this.#tell(`step.networkPolicy.${direction}Open`, params);
      return undefined;
    }
    if (decision.kind === 'allowed') {
      const { policy, rule } = decision;
      this.env.judged(
        POLICY_TABLE,
        CHAIN,
        {
          effect: {
            code: `step.networkPolicy.${direction}Allowed`,
            params: { ...params, policy: nameOf(policy), rule: rule.path },
          },
          rule,
          origin: [fieldOf(policy, rule.path)],
        },
        this.packet,
      );
      return undefined;
    }
    return this.#deny(direction, params.pod, decision.policies);
  }

  #deny(direction: Direction, pod: string, by: readonly CompiledPolicy[]): Verdict {
    const more = by.length > NAMED ? ', …' : '';
    const policies = by.slice(0, NAMED).map(nameOf).join(', ') + more;
    const effect = { code: `step.networkPolicy.${direction}Denied`, params: { pod, policies } };
    const fields = ['spec.podSelector', `spec.${direction}`];
    const origin = by.slice(0, NAMED).flatMap((p) => fields.map((path) => fieldOf(p, path)));
    this.env.judged(POLICY_TABLE, CHAIN, { effect, origin }, this.packet);
    const params = { pod, policies, node: this.env.nodeName };
    return { kind: 'drop', why: { code: `verdict.${direction}Denied`, params } };
  }

  #tell(code: string, params: Readonly<Record<string, string>>): void {
    this.env.judged(POLICY_TABLE, CHAIN, { effect: { code, params } }, this.packet);
  }
}

const nameOf = ({ namespace, name }: CompiledPolicy): string => `${namespace}/${name}`;

const fieldOf = ({ namespace, name }: CompiledPolicy, path: string) => ({
  kind: 'NetworkPolicy' as const,
  namespace,
  name,
  path,
});
