// Lab 2.1: a held cluster, one component's turn after the other, from a Deployment's replicas to the rules of every node. The checks look
// at the cluster's own record: what was written, when, and whether it was foretold before.
import { all, expect, inOrder, predicted, putBefore, serviceOf } from '@/lib/course/checks';
import { MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { HOLD, order, predict, set, turns, type, wrong } from '@/lib/course/lab-steps';
import type { Check, Lab, Step, Task, World, Written } from '@/lib/course/types';
import type { Deployment, EndpointSlice, Pod } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const WANTED = 3;

const replicasOf = (world: World): number =>
  world.get<Deployment>('Deployment', 'default', 'my-web-app')?.spec.replicas ?? 0;

type Happened = (world: World) => Written | undefined;

const isReady = (pod: Pod): boolean =>
  pod.status?.conditions?.some(({ type: kind, status }) => kind === 'Ready' && status === 'True') ?? false;

/** The first Pod of the application that was created in the lab, as it was written then. */
const podCreated: Happened = (world) =>
  world
    .written()
    .find(
      (c) =>
        c.type === 'ADDED' && c.object.kind === 'Pod' && c.object.metadata.labels?.['app'] === 'my-web-app',
    );

const newPodName = (world: World): string => {
  const created = podCreated(world);
  return created && created.type !== 'RULES' ? (created.object.metadata.name ?? '') : '';
};

/** The first write after which the new Pod is so. */
const podWritten =
  (is: (pod: Pod) => boolean): Happened =>
  (world) => {
    const name = newPodName(world);
    if (name === '') return undefined;
    return world
      .written()
      .find(
        (c) =>
          c.type !== 'RULES' &&
          c.object.kind === 'Pod' &&
          c.object.metadata.name === name &&
          is(c.object as Pod),
      );
  };

const podBound = podWritten((pod) => pod.spec.nodeName !== undefined);
const podReady = podWritten(isReady);

/** The first EndpointSlice that lists the new Pod as ready. */
const podListed: Happened = (world) => {
  const name = newPodName(world);
  if (name === '') return undefined;
  return world
    .written()
    .find(
      (c) =>
        c.type !== 'RULES' &&
        c.object.kind === 'EndpointSlice' &&
        c.object.metadata.labels?.['kubernetes.io/service-name'] === 'my-web-service' &&
        ((c.object as EndpointSlice).endpoints ?? []).some(
          ({ targetRef, conditions }) => targetRef?.name === name && conditions?.ready !== false,
        ),
    );
};

/** The first rules written after the Pod was listed: from then on, one node after the other knows it. */
const firstRules: Happened = (world) => {
  const listed = podListed(world);
  return listed && world.written().find((c) => c.type === 'RULES' && c.at >= listed.at);
};

/** How many nodes send new connections to the new Pod too. */
function nodesThatKnow(world: World): number {
  const pod = world.get<Pod>('Pod', 'default', newPodName(world));
  const address = pod?.status?.podIP;
  if (address === undefined || firstRules(world) === undefined) return 0;
  const port = serviceOf(world, SERVICE)?.spec.ports?.[0]?.port ?? 80;
  return world.nodes.filter((node) =>
    world
      .outcomes({ node }, { service: SERVICE, port })
      .some(({ endpoint }) => endpoint?.startsWith(`${address}:`)),
  ).length;
}

/** A prediction counts if it was made before the thing happened. */
function saidBefore(world: World, question: string, happened: Happened): boolean {
  const said = world.history.find((a) => a.kind === 'predict' && a.question === question);
  const event = happened(world);
  return said !== undefined && (event === undefined || said.at < event.at);
}

const missed = (question: string, happened: Happened) => (world: World) =>
  happened(world) !== undefined && !saidBefore(world, question, happened);

/** A pause: say what comes next, then let it happen. */
function pause(id: string, question: string, happened: Happened, done?: Check): Task {
  return {
    id,
    check: (w) =>
      all(
        () =>
          expect(
            saidBefore(w, question, happened),
            predicted(w, question) ? 'said-late' : 'check.prediction',
          ),
        () => expect(happened(w) !== undefined, `not-yet-${id}`),
        () => done?.(w) ?? true,
      ),
    mistakes: [{ id: 'stepped-first', when: missed(question, happened) }],
  };
}

const everyNode: Check = (world) => {
  const have = nodesThatKnow(world);
  const want = world.nodes.length;
  return expect(have === want, 'not-all-nodes', { have, want });
};

const PREDICTIONS = {
  'first-write': { correct: 1 },
  'no-node': { correct: 2 },
  bound: { correct: 0 },
  ready: { correct: 3 },
  listed: { correct: 1 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

/** As offered: kubelet, slice, replicas, rules, scheduler, Pod object, ReplicaSet. */
const KUBELET = 0;
const SLICE = 1;
const RULES = 3;
const SCHEDULER = 4;
const CORRECT = [2, 6, 5, SCHEDULER, KUBELET, SLICE, RULES] as const;

const scale = (replicas: number): Step =>
  type('control', `kubectl scale deployment my-web-app --replicas=${replicas}`);

export const lab: Lab = {
  id: '2.1',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP.replace('replicas: 3', 'replicas: 2') },
  ],
  predictions: PREDICTIONS,
  orders: { flow: { correct: CORRECT } },
  tasks: [
    {
      id: 'hold',
      check: (w) =>
        all(
          () => expect(w.held, 'not-held'),
          () => expect(replicasOf(w) === WANTED, 'replicas', { have: replicasOf(w) }),
          () => expect(podCreated(w) === undefined, 'already-there'),
        ),
      mistakes: [
        { id: 'ran-through', when: (w) => podCreated(w) !== undefined },
        { id: 'wrong-number', when: (w) => w.held && replicasOf(w) !== WANTED && replicasOf(w) !== 2 },
      ],
    },
    pause('pod', 'first-write', podCreated),
    pause('node', 'no-node', podBound),
    pause('ready', 'bound', podReady),
    pause('slice', 'ready', podListed),
    pause('rules', 'listed', firstRules, everyNode),
    {
      id: 'order',
      check: (w) =>
        all(
          () => expect(w.answers['flow'] !== undefined, 'not-ordered'),
          () => expect(inOrder(w, 'flow', CORRECT), 'wrong-order'),
        ),
      mistakes: [
        { id: 'kubelet-first', when: (w) => putBefore(w, 'flow', KUBELET, SCHEDULER) },
        { id: 'slice-first', when: (w) => putBefore(w, 'flow', SLICE, KUBELET) },
        { id: 'rules-first', when: (w) => putBefore(w, 'flow', RULES, SLICE) },
      ],
    },
  ],
  solution: {
    hold: [HOLD, scale(WANTED)],
    pod: [right('first-write'), ...turns(3)],
    node: [right('no-node'), ...turns(3)],
    ready: [right('bound'), ...turns(2)],
    slice: [right('ready'), ...turns(3)],
    rules: [right('listed'), ...turns(4)],
    order: [order('flow', CORRECT)],
  },
  otherWays: [
    {
      name: 'in the editor, and by time that passes',
      solution: {
        hold: [HOLD, set('deployment.yaml', 'spec.replicas', WANTED)],
        ready: [predict('bound', 2), { kind: 'time', advanceMs: 812 }],
        slice: [right('ready'), { kind: 'time', advanceMs: 10 }],
        rules: [predict('listed', 0), { kind: 'time', clock: 'run' }],
      },
    },
    {
      name: 'scaled first by another command, held in time',
      solution: {
        hold: [HOLD, type('control', `kubectl patch deployment my-web-app -p '{"spec":{"replicas":3}}'`)],
      },
    },
  ],
  wrong: [
    wrong('hold', 'ran-through', 'scales while the clock runs', scale(WANTED)),
    wrong('hold', 'wrong-number', 'scales to five', HOLD, scale(5)),
    wrong('hold', null, 'holds the clock and asks for nothing', HOLD),
    wrong('pod', 'stepped-first', 'steps before saying anything', ...turns(3), right('first-write')),
    wrong('pod', null, 'stops at the ReplicaSet', right('first-write'), ...turns(1)),
    wrong('node', 'stepped-first', 'steps on without a word', ...turns(3)),
    wrong('ready', null, 'stops while the container is being created', right('bound'), ...turns(1)),
    wrong('slice', 'stepped-first', 'lets the clock run', { kind: 'time', clock: 'run' }, right('ready')),
    wrong('rules', null, 'stops after the first node', right('listed'), ...turns(2)),
    wrong(
      'order',
      'kubelet-first',
      'starts the Pod before it has a node',
      order('flow', [2, 6, 5, 0, 4, 1, 3]),
    ),
    wrong(
      'order',
      'slice-first',
      'lists the Pod when its labels match',
      order('flow', [2, 6, 5, 1, 4, 0, 3]),
    ),
    wrong('order', 'rules-first', 'writes rules before the slice', order('flow', [2, 6, 5, 4, 0, 3, 1])),
    wrong('order', null, 'begins in the middle', order('flow', [6, 2, 5, 4, 0, 1, 3])),
  ],
};
