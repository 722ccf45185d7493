// What the tasks of lab 1.4 look at.
import { calls, callsTo, lastOutput, type MadeCall } from '@/lib/course/calls';
import { all, expect, predicted, readyPods, serviceOf } from '@/lib/course/checks';
import type { CheckResult, World } from '@/lib/course/types';
import type { EndpointSlice, Pod, ServicePort } from '@/lib/kube/types';

export const SERVICE = 'default/my-web-service';
export const CLIENT = 'default/client';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

const ports = (world: World): readonly ServicePort[] => serviceOf(world, SERVICE)?.spec.ports ?? [];
export const tcp80 = (world: World): ServicePort | undefined =>
  ports(world).find((p) => p.port === 80 && (p.protocol ?? 'TCP') === 'TCP');
export const udp80 = (world: World): ServicePort | undefined =>
  ports(world).find((p) => p.port === 80 && p.protocol === 'UDP');

const versionOf = (world: World, name = ''): string | undefined =>
  world.list<Pod>('Pod', 'default').find((p) => `default/${p.metadata.name ?? ''}` === name)?.metadata
    .labels?.['version'];
const webPods = (world: World): readonly Pod[] =>
  readyPods(world, 'default').filter((p) => p.metadata.labels?.['app'] === 'my-web-app');
export const versions = (world: World): ReadonlySet<string> =>
  new Set(webPods(world).flatMap((p) => p.metadata.labels?.['version'] ?? []));
const fromClient = (world: World): readonly MadeCall[] =>
  callsTo(world, SERVICE).filter((c) => c.from.pod === CLIENT && c.port === 80);

/** The port numbers under which a Service port's endpoints stand in the slices. */
export function resolved(world: World, port: ServicePort | undefined): readonly number[] {
  const slices = world
    .list<EndpointSlice>('EndpointSlice', 'default')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'my-web-service');
  const numbers = slices.flatMap((s) =>
    (s.ports ?? []).filter((p) => p.protocol === port?.protocol && (p.name ?? '') === (port?.name ?? '')),
  );
  return [...new Set(numbers.flatMap((p) => p.port ?? []))].toSorted((a, b) => a - b);
}

// Task mixed
export function sawBoth(world: World): CheckResult {
  return all(
    () => expect(predicted(world, 'half'), 'check.prediction'),
    () =>
      expect(
        fromClient(world).some((c) => c.answered),
        'no-answer-yet',
      ),
    () =>
      expect(
        fromClient(world).some((c) => !c.answered),
        'no-refusal-yet',
      ),
  );
}

// Task name
export function allAnswer(world: World): CheckResult {
  const ways = world.outcomes({ pod: CLIENT }, { service: SERVICE, port: 80 });
  const failing = ways.filter((o) => o.verdict !== 'delivered').length;
  const reached = new Set(ways.flatMap((o) => versionOf(world, o.endpointPod) ?? []));
  return all(
    () => expect(tcp80(world) !== undefined, 'no-port-80'),
    () =>
      expect(typeof tcp80(world)?.targetPort === 'string', 'still-number', {
        have: String(tcp80(world)?.targetPort),
      }),
    () => expect(ways.length > 0 && failing === 0, 'some-refuse'),
    () => expect(reached.size === versions(world).size && reached.size === 2, 'one-version'),
    () => expect(resolved(world, tcp80(world)).length === 2, 'one-number'),
  );
}
export const named = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'slices'), 'check.prediction'),
    () => allAnswer(world),
    () =>
      expect(
        fromClient(world).some((c) => versionOf(world, c.endpoint) === 'v2'),
        'call-v2',
      ),
  );
/** A container of a selected Pod has no port with the name that the Service asks for. */
export const lacksName = (world: World): boolean => {
  const target = tcp80(world)?.targetPort;
  const has = (pod: Pod): boolean =>
    pod.spec.containers.some((c) =>
      (c.ports ?? []).some((p) => p.name === target && (p.protocol ?? 'TCP') === 'TCP'),
    );
  return typeof target === 'string' && webPods(world).some((pod) => !has(pod));
};

// Task udp
const udpCalls = (world: World) =>
  world.connections.filter(
    ({ call }) =>
      call.protocol === 'udp' &&
      call.port === 80 &&
      call.to === serviceOf(world, SERVICE)?.spec.clusterIP &&
      'pod' in call.from &&
      call.from.pod === CLIENT,
  );
export function bothProtocols(world: World): CheckResult {
  return all(
    () => expect(udp80(world) !== undefined, 'no-udp'),
    () => expect(tcp80(world) !== undefined, 'no-port-80'),
    () =>
      expect(
        world.connect({ pod: CLIENT }, { service: SERVICE, port: 80 })?.verdict === 'delivered',
        'some-refuse',
      ),
    () =>
      expect(resolved(world, udp80(world)).join() === '8125', 'udp-target', {
        have: resolved(world, udp80(world)).join(', '),
      }),
  );
}
export const spoken = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'same-number'), 'check.prediction'),
    () => bothProtocols(world),
    () =>
      expect(
        udpCalls(world).some(({ trace }) => trace.verdict === 'delivered'),
        'call-udp',
      ),
  );
/** A patch has put one port in the place of another (kubernetes#105610), or the file of the last apply has more ports than the Service. */
export function lostPort(world: World): boolean {
  const applied = serviceOf(world, SERVICE)?.metadata.annotations?.[LAST_APPLIED];
  const wanted = applied?.match(/"port":/g)?.length ?? 0;
  return wanted > ports(world).length || (udp80(world) !== undefined && tcp80(world) === undefined);
}
/** The API server, or the editor before it, said so. */
export const told = (world: World, words: RegExp): boolean =>
  words.test(lastOutput(world)?.stderr ?? '') || world.problems.some((p) => words.test(p.message ?? ''));

// Task outside
export const toNodes = (world: World): readonly MadeCall[] =>
  calls(world).filter((c) => c.from.external !== undefined);
export function opened(world: World): CheckResult {
  return all(
    () => expect((tcp80(world)?.nodePort ?? 0) > 0, 'no-node-port'),
    () => expect(tcp80(world)?.nodePort === 30080, 'other-node-port', { have: tcp80(world)?.nodePort ?? 0 }),
  );
}
export const reachedFromOutside = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'which-port'), 'check.prediction'),
    () => opened(world),
    () =>
      expect(
        toNodes(world).some((c) => c.answered && c.port === tcp80(world)?.nodePort),
        'call-node-port',
      ),
  );
