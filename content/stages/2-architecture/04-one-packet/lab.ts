// Lab 2.4: one connection from a Pod, from a node, and from the endpoint to itself. What the learner foretells of the addresses is held
// against the connection that was really made, and against the entries that conntrack printed.
import { callsTo, entriesIn, entriesSeen, lastCall, lastOutput, type EntrySeen } from '@/lib/course/calls';
import {
  all,
  expect,
  inOrder,
  journeySaid,
  predicted,
  putBefore,
  readyEndpoints,
  serviceOf,
} from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { foretell, order, packet, predict, type, wrong } from '@/lib/course/lab-steps';
import type { Check, Lab, Step, World } from '@/lib/course/types';
import type { Pod } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';

const clusterIP = (world: World): string => serviceOf(world, SERVICE)?.spec.clusterIP ?? '';
const endpoint = (world: World) => readyEndpoints(world, SERVICE)[0];
const webPod = (world: World): string => `default/${endpoint(world)?.pod ?? ''}`;
const webIP = (world: World): string => endpoint(world)?.address ?? '';
const webNode = (world: World): string => endpoint(world)?.node ?? '';
const client = (world: World): Pod | undefined => world.get<Pod>('Pod', 'default', 'client');
const clientNode = (world: World): string => client(world)?.spec.nodeName ?? '';
/** A node on which neither of the two Pods runs. */
const thirdNode = (world: World): string =>
  world.nodes.find((node) => node !== webNode(world) && node !== clientNode(world)) ?? '';

const JOURNEYS = {
  'from-pod': { from: 'pod', service: SERVICE },
  'from-node': { from: 'node', service: SERVICE },
  'to-itself': { from: 'self', service: SERVICE },
} as const;
type Table = keyof typeof JOURNEYS;

/** A table is solved when a connection of its kind has arrived and every row is as foretold. */
const foretold =
  (table: Table): Check =>
  (world) => {
    const { said, journey, wrong: rows } = journeySaid(world, table, JOURNEYS[table]);
    return all(
      () => expect(said, 'not-foretold'),
      () => expect(journey !== undefined, `not-called-${table}`),
      () => expect(rows.length === 0, 'rows-wrong', { n: rows.length }),
    );
  };

/** What was foretold of a row (0: after DNAT, 1: after POSTROUTING, 4: back at the caller), once the real addresses are known. */
const said = (table: Table, row: number, way: string) => (world: World) =>
  journeySaid(world, table, JOURNEYS[table]).journey !== undefined &&
  world.answers[table]?.split(',')[row] === way;

const hostOf = (address: string): string => address.replace(/:\d+$/, '');

/** From the Pod's own node, MASQUERADE takes another address than the process had. */
const otherAddress: Check = (world) => {
  const { journey } = journeySaid(world, 'from-node', JOURNEYS['from-node']);
  const left = journey?.rows.find(({ point }) => point === 'leaving')?.source ?? '';
  return expect(journey !== undefined && hostOf(left) !== hostOf(journey.source), 'own-node', {
    node: webNode(world),
  });
};

const toService = (world: World) => (entry: EntrySeen) => entry.destination === clusterIP(world);
/** The entry of a call from another Pod: destination translated, source kept. */
const clientsEntry = (world: World) => (entry: EntrySeen) =>
  toService(world)(entry) && entry.source !== webIP(world) && entry.replyDestination === entry.source;
/** The entry of the endpoint's call to itself: both translated. */
const ownEntry = (world: World) => (entry: EntrySeen) =>
  toService(world)(entry) && entry.source === webIP(world) && entry.replyDestination !== entry.source;

const calledPodIP = (world: World): boolean => lastCall(world)?.pod !== undefined;
/** The last line was a list of conntrack without an entry that goes to the clusterIP. */
const listedElsewhere = (world: World): boolean => {
  const output = lastOutput(world);
  if (!output || !/flow entries have been shown/.test(output.stderr)) return false;
  return !entriesIn(output).some(toService(world));
};

const PREDICTIONS = {
  entry: { correct: 2 },
  'back-rule': { correct: 3 },
  'own-entry': { correct: 1 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

/** As offered: routing, DNAT, answer, conntrack's look-up, POSTROUTING, FORWARD, the Pod. */
const ROUTING = 0;
const DNAT = 1;
const POSTROUTING = 4;
const FORWARD = 5;
const HOOKS = [3, DNAT, ROUTING, FORWARD, POSTROUTING, 6, 2] as const;

const toClusterIP = (world: World): string => `${clusterIP(world)}:80`;
const fromClient = packet('pod/default/client', toClusterIP);
const fromWebNode = packet((w) => `node/${webNode(w)}`, toClusterIP);
const fromItself = packet((w) => `pod/${webPod(w)}`, toClusterIP);

const FROM_POD = foretell(
  'from-pod',
  'client>pod',
  'client>pod',
  'client>pod',
  'pod>client',
  'service>client',
);
const FROM_NODE = foretell('from-node', 'client>pod', 'node>pod', 'node>pod', 'pod>node', 'service>client');
const TO_ITSELF = foretell('to-itself', 'client>pod', 'node>pod', 'node>pod', 'pod>node', 'service>client');

export const lab: Lab = {
  id: '2.4',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP.replace('replicas: 3', 'replicas: 1') },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  journeys: JOURNEYS,
  orders: { hooks: { correct: HOOKS } },
  tasks: [
    {
      id: 'from-pod',
      check: foretold('from-pod'),
      mistakes: [
        { id: 'called-pod-ip', when: calledPodIP },
        { id: 'late-dnat', when: said('from-pod', 0, 'client>service') },
        { id: 'needless-snat', when: said('from-pod', 1, 'node>pod') },
        { id: 'answer-from-pod', when: said('from-pod', 4, 'pod>client') },
      ],
    },
    {
      id: 'entry',
      check: (w) =>
        all(
          () => expect(predicted(w, 'entry') && predicted(w, 'back-rule'), 'two-predictions'),
          () => expect(entriesSeen(w).some(clientsEntry(w)), 'not-read', { node: clientNode(w) }),
        ),
      mistakes: [{ id: 'other-node', when: listedElsewhere }],
    },
    {
      id: 'from-node',
      check: (w) =>
        all(
          () => foretold('from-node')(w),
          () => otherAddress(w),
        ),
      mistakes: [
        {
          id: 'from-other-node',
          when: (w) =>
            !callsTo(w, SERVICE).some((c) => c.from.node === webNode(w)) &&
            lastCall(w)?.from.node !== undefined,
        },
        { id: 'no-masquerade', when: said('from-node', 1, 'client>pod') },
      ],
    },
    {
      id: 'itself',
      check: foretold('to-itself'),
      mistakes: [
        { id: 'own-ip', when: (w) => calledPodIP(w) && lastCall(w)?.pod === lastCall(w)?.from.pod },
        { id: 'no-hairpin-snat', when: said('to-itself', 1, 'client>pod') },
      ],
    },
    {
      id: 'own-entry',
      check: (w) =>
        all(
          () => expect(predicted(w, 'own-entry'), 'check.prediction'),
          () => expect(entriesSeen(w).some(ownEntry(w)), 'own-not-read', { node: webNode(w) }),
        ),
      mistakes: [
        {
          id: 'wrong-entry',
          when: (w) => entriesIn(lastOutput(w) ?? { stdout: '' }).some(clientsEntry(w)),
        },
      ],
    },
    {
      id: 'order',
      check: (w) =>
        all(
          () => expect(w.answers['hooks'] !== undefined, 'not-ordered'),
          () => expect(inOrder(w, 'hooks', HOOKS), 'wrong-order'),
        ),
      mistakes: [
        { id: 'routed-first', when: (w) => putBefore(w, 'hooks', ROUTING, DNAT) },
        { id: 'masqueraded-first', when: (w) => putBefore(w, 'hooks', POSTROUTING, FORWARD) },
      ],
    },
  ],
  solution: {
    'from-pod': [FROM_POD, fromClient],
    entry: [right('entry'), right('back-rule'), type(clientNode, 'conntrack -L')],
    'from-node': [FROM_NODE, fromWebNode],
    itself: [TO_ITSELF, fromItself],
    'own-entry': [right('own-entry'), type(webNode, 'conntrack -L')],
    order: [order('hooks', HOOKS)],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        'from-pod': [type('default/client', 'curl -s http://my-web-service'), FROM_POD],
        entry: [
          right('entry'),
          right('back-rule'),
          type(clientNode, (w) => `conntrack -L -p tcp -d ${clusterIP(w)} -o extended`),
        ],
        'from-node': [
          foretell('from-node', 'client>service', 'client>pod', 'client>pod', 'pod>client', 'pod>client'),
          type(webNode, (w) => `curl -s http://${clusterIP(w)}`),
          FROM_NODE,
        ],
        itself: [type(webPod, 'curl -s http://my-web-service'), TO_ITSELF],
        'own-entry': [right('own-entry'), type('control', (w) => `ssh ${webNode(w)} conntrack -L --src-nat`)],
      },
    },
  ],
  wrong: [
    wrong('from-pod', null, 'sends without a prediction', fromClient),
    wrong(
      'from-pod',
      'called-pod-ip',
      'calls the Pod’s own address',
      FROM_POD,
      packet('pod/default/client', (w) => `${webIP(w)}:8080`),
    ),
    wrong(
      'from-pod',
      'late-dnat',
      'expects the clusterIP on the way',
      foretell('from-pod', 'client>service', 'client>pod', 'client>pod', 'pod>client', 'service>client'),
      fromClient,
    ),
    wrong(
      'from-pod',
      'needless-snat',
      'expects the node’s address',
      foretell('from-pod', 'client>pod', 'node>pod', 'node>pod', 'pod>node', 'service>client'),
      fromClient,
    ),
    wrong(
      'from-pod',
      'answer-from-pod',
      'expects the answer from the Pod',
      foretell('from-pod', 'client>pod', 'client>pod', 'client>pod', 'pod>client', 'pod>client'),
      fromClient,
    ),
    wrong(
      'entry',
      'other-node',
      'looks on the Pod’s node',
      right('entry'),
      right('back-rule'),
      type(webNode, 'conntrack -L'),
    ),
    wrong('entry', null, 'answers and looks nowhere', right('entry'), right('back-rule')),
    wrong(
      'from-node',
      'from-other-node',
      'calls from a node without the Pod',
      FROM_NODE,
      packet((w) => `node/${thirdNode(w)}`, toClusterIP),
    ),
    wrong(
      'from-node',
      'no-masquerade',
      'expects the InternalIP',
      foretell('from-node', 'client>pod', 'client>pod', 'client>pod', 'pod>client', 'service>client'),
      fromWebNode,
    ),
    wrong(
      'itself',
      'own-ip',
      'calls its own address',
      TO_ITSELF,
      packet(
        (w) => `pod/${webPod(w)}`,
        (w) => `${webIP(w)}:8080`,
      ),
    ),
    wrong(
      'itself',
      'no-hairpin-snat',
      'expects its own address',
      foretell('to-itself', 'client>pod', 'client>pod', 'client>pod', 'pod>client', 'service>client'),
      fromItself,
    ),
    wrong(
      'own-entry',
      'wrong-entry',
      'reads the client’s entry',
      right('own-entry'),
      type(clientNode, 'conntrack -L'),
    ),
    wrong('order', 'routed-first', 'routes before DNAT', order('hooks', [3, 0, 1, 5, 4, 6, 2])),
    wrong('order', 'masqueraded-first', 'masquerades before FORWARD', order('hooks', [3, 1, 0, 4, 5, 6, 2])),
    wrong('order', null, 'lets the Pod answer before it hears', order('hooks', [3, 1, 0, 5, 4, 2, 6])),
  ],
};
