// What lab 2.8 asks of the cluster: where the next connection of a caller may go, and who remembers it. It holds in every mode of
// kube-proxy.
import { callsTo, lastOutput, type MadeCall } from '@/lib/course/calls';
import {
  all,
  endpointChains,
  expect,
  readyEndpoints,
  remembersClient,
  serviceChain,
  serviceOf,
} from '@/lib/course/checks';
import type { CheckResult, World } from '@/lib/course/types';
import type { Node, Pod } from '@/lib/kube/types';

type From = Parameters<World['outcomes']>[0];

export const SERVICE = 'default/my-web-service';
export const CLIENT = 'default/client';
export const SECONDS = 30;

export const spec = (world: World) => serviceOf(world, SERVICE)?.spec;
export const affinity = (world: World): string => spec(world)?.sessionAffinity ?? 'None';
export const endpoints = (world: World) => readyEndpoints(world, SERVICE);
/** The Pods to which the next connection of a caller may go. */
function ways(world: World, from: From): readonly string[] {
  const outcomes = world.outcomes(from, { service: SERVICE, port: 80 });
  return outcomes.flatMap((o) => (o.verdict === 'delivered' ? (o.endpointPod ?? []) : []));
}

/** Pods that have called the Service and were answered, each with its calls. */
export function callers(
  world: World,
): readonly { readonly pod: string; readonly calls: readonly MadeCall[] }[] {
  const answered = callsTo(world, SERVICE).filter((c) => c.answered && c.from.pod !== undefined);
  const pods = [...new Set(answered.flatMap((c) => c.from.pod ?? []))];
  return pods
    .filter((pod) => world.get<Pod>('Pod', ...split(pod)) !== undefined)
    .map((pod) => ({ pod, calls: answered.filter((c) => c.from.pod === pod) }));
}

export const split = (key: string): readonly [string, string] => {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
};

/** The Pod to which a caller always goes now; undefined: it may go to several. */
function stuckTo(world: World, pod: string): string | undefined {
  const found = ways(world, { pod });
  return found.length === 1 && endpoints(world).length > 1 ? found[0] : undefined;
}

const sticky = (world: World): CheckResult =>
  expect(affinity(world) === 'ClientIP', 'affinity-none', { have: affinity(world) });

// Task stick
export function stuck(world: World): CheckResult {
  return all(
    () => sticky(world),
    () =>
      expect(
        callers(world).some(({ pod, calls }) => calls.length > 1 && stuckTo(world, pod) !== undefined),
        'not-stuck',
      ),
  );
}

// Task memory
/** The text is what xt_recent or nft prints of this address. */
const isMemory = (text: string, ip: string): boolean =>
  text.includes(`src=${ip} ttl: `) ||
  new RegExp(`elements = \\{[^}]*\\b${ip.replaceAll('.', '\\.')} expires`).test(text);

const ipOf = (world: World, pod: string): string => world.get<Pod>('Pod', ...split(pod))?.status?.podIP ?? '';
export const nodeOf = (world: World, pod: string): string =>
  world.get<Pod>('Pod', ...split(pod))?.spec.nodeName ?? '';

/** The chain that has noted a Pod's address, as each mode names it. */
export function noteOf(world: World, pod: string): string | undefined {
  const to = stuckTo(world, pod);
  const address = endpoints(world).find((e) => `default/${e.pod ?? ''}` === to)?.address;
  if (address === undefined) return undefined;
  const node = nodeOf(world, pod);
  const chain = serviceChain(world, node, SERVICE);
  if (!chain) return `__${address}/8080`;
  return endpointChains(world, node, chain).find(
    (c) =>
      remembersClient(c) &&
      c.rules.some((r) => r.target?.kind === 'dnat' && r.target.to.startsWith(`${address}:`)),
  )?.name;
}

export function foundMemory(world: World): CheckResult {
  const clicked = world.clicks.filter((c) => c.startsWith('chain:'));
  const found = callers(world).some(({ pod }) => {
    const note = noteOf(world, pod);
    return (
      world.outputs.some(
        ({ terminal, stdout }) => terminal === nodeOf(world, pod) && isMemory(stdout, ipOf(world, pod)),
      ) ||
      (note !== undefined && clicked.some((c) => c.endsWith(note)))
    );
  });
  return all(
    () => sticky(world),
    () => expect(found, 'no-memory'),
  );
}

// Task timeout
export const timeout = (world: World): number =>
  spec(world)?.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 0;

export function forgotten(world: World): CheckResult {
  const have = timeout(world);
  return all(
    () => sticky(world),
    () => expect(have === SECONDS, 'timeout', { have, want: SECONDS }),
    () =>
      expect(
        callers(world).some(({ pod }) => ways(world, { pod }).length > 1),
        'still-remembered',
      ),
  );
}

export const waited = (world: World): number =>
  world.history.reduce((sum, a) => sum + (a.kind === 'time' && 'advanceMs' in a ? a.advanceMs : 0), 0);

// Task lost
/** The endpoint changed before the note of it was too old, and the old one is gone. */
function lostEndpoint(world: World, made: readonly MadeCall[]): boolean {
  const ready = new Set(endpoints(world).map((e) => `default/${e.pod ?? ''}`));
  return made.some((call, i) => {
    const next = made[i + 1];
    if (ready.has(call.endpoint ?? '')) return false;
    return !next || (next.endpoint !== call.endpoint && next.at - call.at < timeout(world) * 1000);
  });
}

export function movedOn(world: World): CheckResult {
  const lost = callers(world).filter(({ calls }) => lostEndpoint(world, calls));
  return all(
    () => sticky(world),
    () => expect(lost.length > 0, 'none-lost'),
    () =>
      expect(
        lost.some(({ pod, calls }) => {
          const now = stuckTo(world, pod);
          return now !== undefined && calls.at(-1)?.endpoint === now;
        }),
        'call-again',
      ),
  );
}

/** The Pod that was deleted last, as kubectl said. */
export const deletedPod = (world: World): string | undefined =>
  /^pod "([^"]+)" (?:force )?deleted/m.exec(lastOutput(world)?.stdout ?? '')?.[1];

// Tasks nat and direct
export const balancers = (world: World): readonly string[] =>
  (serviceOf(world, SERVICE)?.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
export const nodePort = (world: World): number => spec(world)?.ports?.[0]?.nodePort ?? 0;
const nodeAddress = (node: Node): string =>
  (node.status?.addresses ?? []).find((a) => a.type === 'InternalIP')?.address ?? '';

/** Addresses outside that have called an address and were answered. */
export const outside = (world: World, ip: string, port: number): readonly string[] => [
  ...new Set(
    world.connections.flatMap(({ call, trace }) =>
      'external' in call.from && call.to === ip && call.port === port && trace.verdict === 'delivered'
        ? call.from.external
        : [],
    ),
  ),
];
export const throughBalancer = (world: World): number =>
  Math.max(0, ...balancers(world).map((ip) => outside(world, ip, 80).length));
export const perNode = (world: World): readonly number[] =>
  world.list<Node>('Node').map((node) => outside(world, nodeAddress(node), nodePort(world)).length);

export const behindNat = (world: World): CheckResult =>
  all(
    () => sticky(world),
    () => expect(balancers(world).length > 0, 'no-balancer'),
    () => expect(throughBalancer(world) >= 3, 'callers-balancer', { have: throughBalancer(world), want: 3 }),
  );

export function directly(world: World): CheckResult {
  const most = Math.max(0, ...perNode(world));
  return all(
    () => sticky(world),
    () => expect(most >= 3, 'callers-node', { have: most, want: 3 }),
  );
}

export const lastFrom = (world: World) => world.connections.at(-1)?.call;
export const fromOutside = (world: World): boolean => {
  const from = lastFrom(world)?.from;
  return from !== undefined && 'external' in from;
};
export const toBalancer = (world: World): boolean => balancers(world).includes(lastFrom(world)?.to ?? '');
export const toNode = (world: World): boolean =>
  world.list<Node>('Node').some((node) => nodeAddress(node) === lastFrom(world)?.to);
