// What the checks of labs look at: objects and rules of the cluster, never the text that was typed. Chains are found by walking
// the rules from KUBE-SERVICES, as a packet does, and not by computing names.
import type { EndpointSlice, Pod, Protocol, Service } from '@/lib/kube/types';
import { choosesEndpoint, probabilityOf, targetChain } from '@/lib/net/ruleset/graph-rules';
import type { Chain, Reason, Rule } from '@/lib/net/ruleset/types';
import {
  fits,
  journeyMade,
  waysSaid,
  type Journey,
  type JourneyPoint,
  type JourneyQuestion,
} from './journey';
import type { CheckResult, World } from './types';

export const reason = (code: string, params: Reason['params'] = {}): Reason => ({ code, params });

/** True if the condition holds, else the reason. */
export const expect = (condition: boolean, code: string, params: Reason['params'] = {}): CheckResult =>
  condition || reason(code, params);

/** The first of the results that is not true; later ones are not asked for then. */
export function all(...parts: readonly (() => CheckResult)[]): CheckResult {
  for (const part of parts) {
    const result = part();
    if (result !== true) return result;
  }
  return true;
}

/** An object's name as "namespace/name". */
export type ObjectKey = `${string}/${string}`;

const split = (key: ObjectKey): readonly [string, string] => {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
};

export const serviceOf = (world: World, key: ObjectKey): Service | undefined =>
  world.get<Service>('Service', ...split(key));

export interface ReadyEndpoint {
  readonly address: string;
  readonly pod: string | undefined;
  readonly node: string | undefined;
}

/** IPv4 endpoints of a Service that are ready, as its slices say, each once. */
export function readyEndpoints(world: World, key: ObjectKey): readonly ReadyEndpoint[] {
  const [namespace, name] = split(key);
  const found = new Map<string, ReadyEndpoint>();
  for (const slice of world.list<EndpointSlice>('EndpointSlice', namespace)) {
    if (slice.addressType !== 'IPv4' || slice.metadata.labels?.['kubernetes.io/service-name'] !== name)
      continue;
    for (const { addresses, conditions, targetRef, nodeName } of slice.endpoints ?? []) {
      const [address] = addresses;
      if (address !== undefined && conditions?.ready !== false)
        found.set(address, { address, pod: targetRef?.name, node: nodeName });
    }
  }
  return [...found.values()];
}

/** Pods of a namespace that are ready and not being deleted. */
export function readyPods(world: World, namespace: string): readonly Pod[] {
  return world
    .list<Pod>('Pod', namespace)
    .filter(
      (p) =>
        !p.metadata.deletionTimestamp &&
        p.status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True'),
    );
}

/** Which of a Service's ports; the first if left out. */
export interface PortChoice {
  readonly port?: number;
  readonly protocol?: Protocol;
}

/** The chain that KUBE-SERVICES of a node sends a clusterIP's port to: KUBE-SVC-…, or KUBE-SVL-… with internalTrafficPolicy Local. */
export function serviceChain(
  world: World,
  node: string,
  key: ObjectKey,
  choice: PortChoice = {},
): Chain | undefined {
  const rules = world.rules(node);
  const dispatch = dispatchRules(world, key, choice, rules.chain('nat', 'KUBE-SERVICES'))[0];
  const name = dispatch && targetChain(dispatch);
  return name === undefined ? undefined : rules.chain('nat', name);
}

/** The rule in filter that refuses a clusterIP's port because there is nothing to send it to. */
export function refusal(
  world: World,
  node: string,
  key: ObjectKey,
  choice: PortChoice = {},
): Rule | undefined {
  const refusing = dispatchRules(world, key, choice, world.rules(node).chain('filter', 'KUBE-SERVICES'));
  return refusing.find((r) => r.target?.kind === 'reject' || r.target?.kind === 'drop');
}

function dispatchRules(
  world: World,
  key: ObjectKey,
  choice: PortChoice,
  chain: Chain | undefined,
): readonly Rule[] {
  const spec = serviceOf(world, key)?.spec;
  const port = choice.port ?? spec?.ports?.[0]?.port;
  const protocol = (
    choice.protocol ??
    spec?.ports?.find((p) => p.port === port)?.protocol ??
    'TCP'
  ).toLowerCase();
  if (!spec?.clusterIP || port === undefined) return [];
  return (chain?.rules ?? []).filter(
    ({ matches }) =>
      matches.some(
        (m) => m.kind === 'destination' && !m.not && m.cidr.replace(/\/32$/, '') === spec.clusterIP,
      ) &&
      matches.some((m) => m.kind === 'dport' && !m.not && m.port === String(port)) &&
      matches.some((m) => (m.kind === 'transport' || m.kind === 'protocol') && m.protocol === protocol),
  );
}

/** The rules of a KUBE-SVC or KUBE-SVL chain that choose an endpoint for a new client, in order. */
export const choiceRules = (chain: Chain): readonly Rule[] => chain.rules.filter(choosesEndpoint);

/** What the choice rules state, in order; null for a rule without a probability. */
export const probabilities = (chain: Chain): readonly (string | null)[] =>
  choiceRules(chain).map((rule) => probabilityOf(rule) ?? null);

/** The rules that send a known client back to its endpoint (-m recent --rcheck). */
export const affinityRules = (chain: Chain): readonly Rule[] =>
  chain.rules.filter((r) => r.matches.some((m) => m.kind === 'recent' && m.op === 'rcheck'));

/** The KUBE-SEP chains that a KUBE-SVC or KUBE-SVL chain chooses from. */
export function endpointChains(world: World, node: string, chain: Chain): readonly Chain[] {
  const rules = world.rules(node);
  return choiceRules(chain).flatMap((r) => rules.chain('nat', targetChain(r) ?? '') ?? []);
}

/** Whether an endpoint chain notes the client (-m recent --set). */
export const remembersClient = (chain: Chain): boolean =>
  chain.rules.some((r) => r.matches.some((m) => m.kind === 'recent' && m.op === 'set'));

export const predicted = (world: World, question: string): boolean =>
  world.predictions[question] !== undefined;

/** What was answered to an ordering question: the items' indices in the learner's order; [] if nothing was. */
export const orderGiven = (world: World, question: string): readonly number[] =>
  (world.answers[question] ?? '').split(',').flatMap((text) => (/^\d+$/.test(text) ? [Number(text)] : []));

/** Whether the items of an ordering question were put into the right order. */
export function inOrder(world: World, question: string, correct: readonly number[]): boolean {
  const given = orderGiven(world, question);
  return given.length === correct.length && given.every((item, i) => item === correct[i]);
}

/** Whether an answer puts one item before another. */
export function putBefore(world: World, question: string, first: number, second: number): boolean {
  const given = orderGiven(world, question);
  return given.includes(first) && given.indexOf(first) < given.indexOf(second);
}

/** How the rows of a table of addresses were foretold, beside the newest connection that it is about. */
export function journeySaid(world: World, id: string, { from, service }: JourneyQuestion): JourneySaid {
  const journey = journeyMade(world.connections, from, serviceOf(world, service)?.spec.clusterIP);
  const ways = waysSaid(world.answers[id]);
  const said = ways.every((way) => way !== undefined);
  const wrong = said && journey ? journey.rows.filter((row, i) => !fits(ways[i], row, journey)) : [];
  return { said, journey, wrong: wrong.map(({ point }) => point) };
}

export interface JourneySaid {
  /** Every row was foretold. */
  readonly said: boolean;
  /** undefined: no such connection has arrived yet. */
  readonly journey: Journey | undefined;
  /** The rows that are not as foretold. */
  readonly wrong: readonly JourneyPoint[];
}

/** Whether a chain was selected in the chain view. */
export const selected = (world: World, chain: string): boolean => world.clicks.includes(`chain:${chain}`);

/** The chain selected last. */
export const lastSelected = (world: World): string | undefined =>
  world.clicks.findLast((c) => c.startsWith('chain:'))?.slice('chain:'.length);
