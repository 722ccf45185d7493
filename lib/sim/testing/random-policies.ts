// Random Pods with labels and random NetworkPolicies over them.
import type { Random } from '@/lib/core/random';
import type {
  LabelSelector,
  NetworkPolicy,
  NetworkPolicyPeer,
  NetworkPolicyPort,
  Protocol,
} from '@/lib/kube/types';
import { policyOf } from './policy-cluster';

export const NAMESPACES = { default: { tier: 'a' }, shop: { tier: 'b' } } as const;
export const PORTS = [53, 80, 2905, 8080, 9000];
const KEYS = ['app', 'role'];
const VALUES = ['x', 'y'];
const NAMES = ['http', 'admin', 'dns', 'm3ua', 'none'];
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

const some = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: random.integer(most + 1) }, make);

/** Labels over two keys and two values, so that selectors often match. */
export const randomLabels = (random: Random): Record<string, string> =>
  Object.fromEntries(KEYS.filter(() => random.next() < 0.7).map((key) => [key, random.pick(VALUES)]));

function randomSelector(random: Random, keys: readonly string[], values: readonly string[]): LabelSelector {
  const operators = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
  const matchLabels = random.next() < 0.5 ? { [random.pick(keys)]: random.pick(values) } : undefined;
  const matchExpressions = some(random, 1, () => {
    const operator = random.pick(operators);
    const listed = operator === 'In' || operator === 'NotIn';
    return { key: random.pick(keys), operator, ...(listed && { values: [random.pick(values)] }) };
  });
  return { ...(matchLabels && { matchLabels }), ...(matchExpressions.length && { matchExpressions }) };
}

/** A peer; `cidrs`: ranges from which blocks and their exceptions are taken, wider ones first. */
function randomPeer(random: Random, cidrs: readonly string[]): NetworkPolicyPeer {
  if (random.next() < 0.35) {
    const at = random.integer(cidrs.length);
    const except = cidrs.slice(at + 1).filter(() => random.next() < 0.3);
    return { ipBlock: { cidr: cidrs[at] ?? '0.0.0.0/0', ...(except.length && { except }) } };
  }
  const podSelector = random.next() < 0.7 ? randomSelector(random, KEYS, VALUES) : undefined;
  const namespaceSelector =
    !podSelector || random.next() < 0.4 ? randomSelector(random, ['tier'], ['a', 'b']) : undefined;
  return { ...(podSelector && { podSelector }), ...(namespaceSelector && { namespaceSelector }) };
}

function randomPort(random: Random): NetworkPolicyPort {
  const protocol = random.next() < 0.6 ? {} : { protocol: random.pick(PROTOCOLS) };
  const kind = random.next();
  if (kind < 0.15) return protocol;
  if (kind < 0.4) return { ...protocol, port: random.pick(NAMES) };
  const port = random.pick(PORTS);
  return { ...protocol, port, ...(random.next() < 0.3 && { endPort: port + random.integer(8000) }) };
}

/** A policy as the API server stores it, or with fields left out, as a file may have it. */
export function randomPolicy(random: Random, name: string, cidrs: readonly string[]): NetworkPolicy {
  const rules = <K extends 'from' | 'to'>(key: K) =>
    some(random, 2, () => ({
      ...(random.next() < 0.8 && { [key]: some(random, 2, () => randomPeer(random, cidrs)) }),
      ...(random.next() < 0.5 && { ports: some(random, 2, () => randomPort(random)) }),
    }));
  const types = random.pick([['Ingress'], ['Egress'], ['Ingress', 'Egress'], undefined] as const);
  const spec = {
    podSelector: randomSelector(random, KEYS, VALUES),
    ...(types && { policyTypes: types }),
    ...(random.next() < 0.8 && { ingress: rules('from') }),
    ...(random.next() < 0.6 && { egress: rules('to') }),
  };
  return policyOf(name, spec, random.pick(Object.keys(NAMESPACES)));
}
