// All NetworkPolicies of a cluster: which of them a Pod is isolated by, and whether one of their rules allows a connection.
import type { Namespace, NetworkPolicy } from '@/lib/kube/types';
import type { PodSpec } from '@/lib/net/routing/pod';
import {
  compilePolicy,
  type Aim,
  type CompiledPolicy,
  type CompiledRule,
  type Direction,
  type Peer,
} from './compile';
import type { Labels } from './selector';

/** What the policies of a Pod say of a connection in one direction. */
export type Decision =
  /** No policy isolates the Pod in this direction. */
  | { readonly kind: 'open' }
  | { readonly kind: 'allowed'; readonly policy: CompiledPolicy; readonly rule: CompiledRule }
  | { readonly kind: 'denied'; readonly policies: readonly CompiledPolicy[] };

type Selected = Readonly<Record<Direction, readonly CompiledPolicy[]>>;

interface Group {
  readonly objects: readonly NetworkPolicy[];
  readonly policies: readonly CompiledPolicy[];
  /** What selects Pods with these labels: Pods keep their labels object through other changes. */
  readonly byLabels: WeakMap<Labels, Selected>;
}

/** What policies select a Pod by. */
type Subject = Pick<PodSpec, 'namespace' | 'labels'>;

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
const NO_LABELS: Labels = {};
const OPEN: Decision = { kind: 'open' };
const NOTHING: Selected = { ingress: [], egress: [] };

export class Policies {
  readonly #groups: ReadonlyMap<string, Group>;
  readonly #namespaces: ReadonlyMap<string, Labels>;

  /** `before`: policies of an earlier moment; namespaces in which nothing changed keep what is known of their Pods. */
  constructor(policies: readonly NetworkPolicy[], namespaces: readonly Namespace[], before?: Policies) {
    const byNamespace = new Map<string, NetworkPolicy[]>();
    for (const policy of policies) {
      const namespace = policy.metadata.namespace ?? 'default';
      const own = byNamespace.get(namespace);
      if (own) own.push(policy);
      else byNamespace.set(namespace, [policy]);
    }
    const groups = new Map<string, Group>();
    for (const [namespace, objects] of byNamespace) {
      const old = before ? before.#groups.get(namespace) : undefined;
      groups.set(namespace, old && sameItems(old.objects, objects) ? old : groupOf(objects));
    }
    this.#groups = groups;
    this.#namespaces = new Map(
      namespaces.map(({ metadata }) => [metadata.name ?? '', metadata.labels ?? NO_LABELS]),
    );
  }

  /** There is no policy at all. */
  get none(): boolean {
    return this.#groups.size === 0;
  }

  /** Whether any policy selects the Pod, whatever it says. */
  selects(pod: Subject): boolean {
    const { ingress, egress } = this.#selecting(pod);
    return ingress.length > 0 || egress.length > 0;
  }

  /** In which directions the Pod takes only what is allowed. */
  isolates(pod: Subject): readonly Direction[] {
    const selected = this.#selecting(pod);
    return DIRECTIONS.filter((direction) => selected[direction].length > 0);
  }

  /** What is allowed is the sum over all policies of the Pod; what none allows is denied. */
  decide(direction: Direction, pod: PodSpec, peer: Peer, aim: Aim): Decision {
    const policies = this.#selecting(pod)[direction];
    if (policies.length === 0) return OPEN;
    for (const policy of policies)
      for (const rule of policy.rules[direction] ?? [])
        if (this.#allows(rule, peer, aim)) return { kind: 'allowed', policy, rule };
    return { kind: 'denied', policies };
  }

  #allows({ ports, peers }: CompiledRule, peer: Peer, aim: Aim): boolean {
    if (ports.length > 0 && !ports.some((test) => test(aim))) return false;
    return peers.length === 0 || peers.some((test) => test(peer, this.#labelsOf));
  }

  // The API server gives every namespace its name as a label; a dump may leave the namespaces out.
  readonly #labelsOf = (namespace: string): Labels =>
    this.#namespaces.get(namespace) ?? { 'kubernetes.io/metadata.name': namespace };

  #selecting({ namespace, labels = NO_LABELS }: Subject): Selected {
    const group = this.#groups.get(namespace);
    if (!group) return NOTHING;
    let selected = group.byLabels.get(labels);
    if (!selected) {
      const own = group.policies.filter((p) => p.selects(labels));
      selected = { ingress: own.filter((p) => p.rules.ingress), egress: own.filter((p) => p.rules.egress) };
      group.byLabels.set(labels, selected);
    }
    return selected;
  }
}

/** In the order of their names, as they are told of. */
const groupOf = (objects: readonly NetworkPolicy[]): Group => ({
  objects,
  policies: objects.map(compilePolicy).sort((a, b) => (a.name < b.name ? -1 : 1)),
  byLabels: new WeakMap(),
});

const sameItems = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((item, i) => item === b[i]);
