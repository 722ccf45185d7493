// What the tasks of lab 1.5 look at: the Services of five types, and who was answered through which of them.
import {
  addressesIn,
  calls,
  callsTo,
  lastCall,
  lastOutput,
  lookups,
  type Lookup,
  type MadeCall,
} from '@/lib/course/calls';
import {
  all,
  expect,
  predicted,
  readyEndpoints,
  readyPods,
  serviceOf,
  type ObjectKey,
} from '@/lib/course/checks';
import type { CheckResult, World } from '@/lib/course/types';
import type { ConfigMap, Node, Pod, Service } from '@/lib/kube/types';

export const CLIENT = 'default/client';
export const WEB = 'default/my-web-service';
export const NODE_PORT = 'default/web-nodeport';
export const BALANCER = 'default/web-balancer';
export const ALIAS = 'default/web-alias';
export const HEADLESS = 'default/web-headless';
export const ALIASED = 'my-web-service.default.svc.cluster.local';

const nameIn = (key: ObjectKey): string => key.slice(key.indexOf('/') + 1);
const has = (world: World, key: ObjectKey): boolean => serviceOf(world, key) !== undefined;
const typeOf = (world: World, key: ObjectKey): string => serviceOf(world, key)?.spec.type ?? 'ClusterIP';

/** The Service is there, of the type that is wanted, and finds Pods. */
const exposed = (world: World, key: ObjectKey, type: string): CheckResult =>
  all(
    () => expect(has(world, key), 'no-service', { name: nameIn(key) }),
    () => expect(typeOf(world, key) === type, 'other-type', { have: typeOf(world, key), want: type }),
    () => expect(readyEndpoints(world, key).length > 0, 'no-endpoints-yet', { name: nameIn(key) }),
  );
/** It is there and selects nobody, although Pods run. */
export const selectsNobody = (world: World, key: ObjectKey): boolean =>
  has(world, key) && readyEndpoints(world, key).length === 0 && webPods(world).length > 0;

const webPods = (world: World): readonly Pod[] =>
  readyPods(world, 'default').filter((p) => p.metadata.labels?.['app'] === 'my-web-app');
/** Nodes that run none of the application's Pods. */
export const freeNodes = (world: World): readonly Node[] => {
  const busy = new Set(webPods(world).map((p) => p.spec.nodeName));
  return world.list<Node>('Node').filter((n) => !busy.has(n.metadata.name));
};
export const addressOf = (node: Node | undefined): string =>
  node?.status?.addresses?.find((a) => a.type === 'InternalIP')?.address ?? '';
const nodeAt = (world: World, address: string): Node | undefined =>
  world.list<Node>('Node').find((n) => addressOf(n) === address);

const fromClient = (c: MadeCall): boolean => c.from.pod === CLIENT;
const fromOutside = (c: MadeCall): boolean => c.from.external !== undefined;

// Task clusterip
export const insideOnly = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'who-reaches'), 'check.prediction'),
    () =>
      expect(
        callsTo(world, WEB).some((c) => fromClient(c) && c.answered),
        'client-not-answered',
      ),
    () => expect(callsTo(world, WEB).some(fromOutside), 'not-tried-outside'),
  );
/** The control machine asked for the name, which its resolver does not know. */
export const nameOutside = (world: World): boolean => {
  const last = lastOutput(world);
  return (
    last?.terminal === 'control' &&
    last.stderr.includes('Could not resolve host') &&
    !last.stderr.includes('command terminated')
  );
};

// Task nodeport
const nodePort = (world: World): number => serviceOf(world, NODE_PORT)?.spec.ports?.[0]?.nodePort ?? 0;
const toNodePort = (world: World): readonly MadeCall[] =>
  calls(world).filter((c) => fromOutside(c) && c.answered && c.port === nodePort(world));
export const opened = (world: World): CheckResult => exposed(world, NODE_PORT, 'NodePort');
export const byFreeNode = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'empty-node'), 'check.prediction'),
    () => opened(world),
    () => expect(freeNodes(world).length > 0, 'no-free-node'),
    () =>
      expect(
        toNodePort(world).some((c) => freeNodes(world).some((n) => addressOf(n) === c.to)),
        'call-free-node',
      ),
  );
/** The last call from outside went to a node, on the port of the Service. */
export const calledPort80 = (world: World): boolean => {
  const last = lastCall(world);
  return last !== undefined && fromOutside(last) && last.port === 80 && nodeAt(world, last.to) !== undefined;
};
export const calledBusyNode = (world: World): boolean =>
  toNodePort(world).length > 0 && freeNodes(world).length > 0;
/** The API server, or the editor before it, said so. */
export const told = (world: World, words: RegExp): boolean =>
  words.test(lastOutput(world)?.stderr ?? '') || world.problems.some((p) => words.test(p.message ?? ''));

// Tasks pending and balancer
const addressesOutside = (world: World): readonly string[] =>
  (serviceOf(world, BALANCER)?.status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => ip ?? []);
export const wished = (world: World): CheckResult => exposed(world, BALANCER, 'LoadBalancer');
const PENDING = /^web-balancer\s+LoadBalancer\s.*<pending>/m;
const sawPending = (world: World): boolean => world.outputs.some(({ stdout }) => PENDING.test(stdout));
export const pending = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'no-cloud'), 'check.prediction'),
    () => wished(world),
    () => expect(sawPending(world), 'look-at-it'),
  );
export const cloudTooEarly = (world: World): boolean =>
  addressesOutside(world).length > 0 && !sawPending(world);
export const addressGiven = (world: World): CheckResult =>
  all(
    () => wished(world),
    () => expect(cloudConfigs(world).includes('kube-system'), 'no-cloud-yet'),
    () => expect(addressesOutside(world).length > 0, 'no-address-yet'),
  );
export const byBalancer = (world: World): CheckResult =>
  all(
    () => addressGiven(world),
    () =>
      expect(
        calls(world).some((c) => fromOutside(c) && c.answered && addressesOutside(world).includes(c.to)),
        'call-balancer',
        { ip: addressesOutside(world)[0] ?? '' },
      ),
  );
const cloudConfigs = (world: World): readonly string[] =>
  world
    .list<ConfigMap>('ConfigMap')
    .filter(({ metadata }) => metadata.name === 'cloud-config')
    .map(({ metadata }) => metadata.namespace ?? 'default');
export const wrongNamespace = (world: World): boolean =>
  cloudConfigs(world).length > 0 && !cloudConfigs(world).includes('kube-system');

// Task externalname
const externalName = (world: World): string =>
  (serviceOf(world, ALIAS)?.spec.externalName ?? '').replace(/\.$/, '');
const asked = (world: World, key: ObjectKey): readonly Lookup[] =>
  lookups(world).filter((l) => l.from.pod === CLIENT && l.name.startsWith(`${nameIn(key)}.`));
/** The client's connections after it had learned an address by this name. */
const afterName = (world: World, key: ObjectKey): readonly MadeCall[] => {
  const answers = asked(world, key);
  return calls(world).filter(
    (c) => fromClient(c) && answers.some((l) => l.at <= c.at && addressesIn(l).includes(c.to)),
  );
};
export const aliased = (world: World): CheckResult =>
  all(
    () => expect(has(world, ALIAS), 'no-service', { name: nameIn(ALIAS) }),
    () =>
      expect(typeOf(world, ALIAS) === 'ExternalName', 'other-type', {
        have: typeOf(world, ALIAS),
        want: 'ExternalName',
      }),
    () => expect(externalName(world) === ALIASED, 'other-target', { have: externalName(world) }),
  );
export const byAlias = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'rules-of-alias'), 'check.prediction'),
    () => aliased(world),
    () =>
      expect(
        afterName(world, ALIAS).some((c) => c.answered),
        'call-alias',
      ),
  );
export const ipAsName = (world: World): boolean => /^[\d.]+$/.test(externalName(world));
/** A name that only the search list of a Pod would complete. */
export const shortName = (world: World): boolean =>
  externalName(world) !== ALIASED && ALIASED.startsWith(`${externalName(world)}.`);

// Task headless
export const withoutAddress = (world: World): CheckResult =>
  all(
    () => expect(has(world, HEADLESS), 'no-service', { name: nameIn(HEADLESS) }),
    () => expect(serviceOf(world, HEADLESS)?.spec.clusterIP === 'None', 'has-address'),
    () => expect(readyEndpoints(world, HEADLESS).length > 0, 'no-endpoints-yet', { name: nameIn(HEADLESS) }),
  );
export const byHeadless = (world: World): CheckResult =>
  all(
    () => expect(predicted(world, 'no-translation'), 'check.prediction'),
    () => withoutAddress(world),
    () =>
      expect(
        afterName(world, HEADLESS).some((c) => c.answered && c.pod !== undefined),
        'call-headless',
      ),
  );
export const keptClusterIP = (world: World): boolean => {
  const service = world.get<Service>('Service', 'default', nameIn(HEADLESS));
  return service !== undefined && service.spec.clusterIP !== 'None';
};
export const headlessOn80 = (world: World): boolean => {
  const last = afterName(world, HEADLESS).at(-1);
  return last !== undefined && last.port === 80 && !last.answered;
};
