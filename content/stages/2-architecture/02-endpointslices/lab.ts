// Lab 2.2: fill one Endpoints object to its limit, see what one Pod's change costs each API, then go over the limit and find out which
// Pod is no longer told of.
import { all, expect, predicted, readyEndpoints, readyPods, serviceOf } from '@/lib/course/checks';
import { MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { predict, set, type, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, LabFile, Step, World } from '@/lib/course/types';
import type { EndpointSlice, KubeObject, Pod } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const NAME = 'my-web-service';
/** Above this many addresses the controller cuts an Endpoints object off (endpoints_controller.go, maxCapacity). */
const CAPACITY = 1000;
const OVER_CAPACITY = 'endpoints.kubernetes.io/over-capacity';
/** The label that the learner puts on the Pod that Endpoints does not name. */
const LABEL = 'endpoints';
const MISSING = 'missing';

interface Endpoints extends KubeObject {
  readonly kind: 'Endpoints';
  readonly subsets?: readonly {
    readonly addresses?: readonly { readonly ip: string; readonly targetRef?: { readonly name?: string } }[];
  }[];
}

const endpointsOf = (world: World) => world.get<Endpoints>('Endpoints', 'default', NAME);
const addressesOf = (object: Endpoints | undefined) =>
  object?.subsets?.flatMap((s) => s.addresses ?? []) ?? [];
const isTruncated = (object: Endpoints | undefined): boolean =>
  object?.metadata.annotations?.[OVER_CAPACITY] === 'truncated';

const slices = (world: World): readonly EndpointSlice[] =>
  world
    .list<EndpointSlice>('EndpointSlice', 'default')
    .filter((s) => s.metadata.labels?.['kubernetes.io/service-name'] === NAME);
const ready = (world: World): number => readyEndpoints(world, SERVICE).length;
const webPods = (world: World): readonly Pod[] =>
  readyPods(world, 'default').filter((p) => p.metadata.labels?.['app'] === 'my-web-app');

// Task fill
function filled(world: World): CheckResult {
  const have = ready(world);
  const listed = addressesOf(endpointsOf(world)).length;
  const count = slices(world).length;
  const largest = Math.max(0, ...slices(world).map((s) => s.endpoints?.length ?? 0));
  return all(
    () => expect(serviceOf(world, SERVICE) !== undefined, 'no-service'),
    () => expect(have === CAPACITY, 'check.endpoints', { have, want: CAPACITY }),
    () => expect(listed === CAPACITY && !isTruncated(endpointsOf(world)), 'not-listed', { listed }),
    () => expect(count >= 10 && largest <= 100, 'slices', { count, largest }),
  );
}

// Task one-pod
interface Loss {
  readonly before: number;
  readonly lost: number;
}

/** By how many addresses the events of Endpoints became shorter, latest last; the Service's own, while it filled the object. */
function losses(world: World): readonly Loss[] {
  return world.watched<Endpoints>('Endpoints').flatMap(({ type, object, old }): readonly Loss[] => {
    if (type !== 'MODIFIED' || object.metadata.name !== NAME || !old) return [];
    const kept = new Set(addressesOf(object).map((a) => a.ip));
    const before = addressesOf(old).map((a) => a.ip);
    const lost = before.filter((ip) => !kept.has(ip)).length;
    return lost > 0 ? [{ before: before.length, lost }] : [];
  });
}

const oneOfThousand = ({ before, lost }: Loss): boolean => before >= CAPACITY && lost === 1;
const onePodChanged = (world: World): CheckResult => expect(losses(world).some(oneOfThousand), 'no-change');

// Task truncate
function cutOff(world: World): CheckResult {
  const have = ready(world);
  const listed = addressesOf(endpointsOf(world)).length;
  return all(
    () => expect(have > CAPACITY, 'not-over', { have }),
    () => expect(listed === CAPACITY && isTruncated(endpointsOf(world)), 'not-truncated', { listed }),
  );
}

// Task find-missing
/** Ready Pods of the Service that Endpoints does not name. */
function missing(world: World): ReadonlySet<string> {
  const listed = new Set(addressesOf(endpointsOf(world)).map((a) => a.targetRef?.name));
  return new Set(readyEndpoints(world, SERVICE).flatMap(({ pod }) => (pod && !listed.has(pod) ? [pod] : [])));
}
const labelled = (world: World): readonly string[] =>
  world
    .list<Pod>('Pod', 'default')
    .filter((p) => p.metadata.labels?.[LABEL] === MISSING)
    .map((p) => p.metadata.name ?? '');

function named(world: World): CheckResult {
  const lost = missing(world);
  const chosen = labelled(world);
  return all(
    () => expect(lost.size > 0, 'nothing-missing'),
    () => expect(chosen.length > 0, 'no-label'),
    () =>
      expect(
        chosen.every((name) => lost.has(name)),
        'wrong-label',
      ),
    () => expect(chosen.length === lost.size, 'more-missing', { have: chosen.length, want: lost.size }),
  );
}

/** Nodes 4 to 10: a kubelet takes 110 Pods, so a thousand need ten nodes. */
function moreNodes(): LabFile {
  const text = [4, 5, 6, 7, 8, 9, 10]
    .map(
      (n) => `apiVersion: v1
kind: Node
metadata:
  name: node-${n}
  labels:
    kubernetes.io/arch: amd64
    kubernetes.io/hostname: node-${n}
    kubernetes.io/os: linux
    topology.kubernetes.io/zone: ${'abc'[(n - 1) % 3] ?? 'a'}
spec:
  podCIDR: 10.244.${n}.0/24
  podCIDRs: [10.244.${n}.0/24]
status:
  addresses:
    - { type: InternalIP, address: 192.168.10.${10 + n} }
    - { type: Hostname, address: node-${n} }
  allocatable: { cpu: "4", memory: 8046336Ki, pods: "110" }
  capacity: { cpu: "4", memory: 8148736Ki, pods: "110" }
  conditions:
    - type: Ready
      status: "True"
      reason: KubeletReady
      message: kubelet is posting ready status
`,
    )
    .join('---\n');
  return { name: 'nodes.yaml', text };
}

const PREDICTIONS = {
  slices: { correct: 2 },
  'one-change': { correct: 1 },
  'over-limit': { correct: 3 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);
const scale = (replicas: number): Step => set('deployment.yaml', 'spec.replicas', replicas);
const podName = (world: World, i = 0): string => webPods(world)[i]?.metadata.name ?? '';
const deletePods = (count: number): Step =>
  type(
    'control',
    (w) => `kubectl delete pod ${Array.from({ length: count }, (_, i) => podName(w, i)).join(' ')}`,
  );

const NAMES = String.raw`{.targetRef.name}{"\n"}{end}`;
const FIND = [
  `kubectl get endpoints ${NAME} -o jsonpath='{range .subsets[*].addresses[*]}${NAMES}' > old.txt`,
  `kubectl get endpointslices -l kubernetes.io/service-name=${NAME} -o jsonpath='{range .items[*].endpoints[*]}${NAMES}' > new.txt`,
  `kubectl label pod $(grep -vxFf old.txt new.txt) ${LABEL}=${MISSING}`,
];

export const lab: Lab = {
  id: '2.2',
  versions: LEARNER_VERSIONS,
  size: 'large',
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP },
  ],
  background: [moreNodes()],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'fill',
      check: (w) =>
        all(
          () => filled(w),
          () => expect(predicted(w, 'slices'), 'check.prediction'),
        ),
      state: filled,
      mistakes: [{ id: 'too-many', when: (w) => ready(w) > CAPACITY }],
    },
    {
      id: 'one-pod',
      check: (w) =>
        all(
          () => onePodChanged(w),
          () => expect(predicted(w, 'one-change'), 'check.prediction'),
        ),
      mistakes: [
        { id: 'several', when: (w) => (losses(w).at(-1)?.lost ?? 0) > 1 },
        { id: 'too-small', when: (w) => (losses(w).at(-1)?.before ?? CAPACITY) < CAPACITY },
      ],
    },
    {
      id: 'truncate',
      check: (w) =>
        all(
          () => cutOff(w),
          () => expect(predicted(w, 'over-limit'), 'check.prediction'),
        ),
      state: cutOff,
      mistakes: [{ id: 'at-the-limit', when: (w) => predicted(w, 'over-limit') && ready(w) === CAPACITY }],
    },
    {
      id: 'find-missing',
      check: named,
      state: named,
      mistakes: [
        { id: 'listed-pod', when: (w) => missing(w).size > 0 && labelled(w).some((p) => !missing(w).has(p)) },
        { id: 'scaled-back', when: (w) => w.done.includes('truncate') && missing(w).size === 0 },
      ],
    },
  ],
  solution: {
    fill: [right('slices'), scale(1000)],
    'one-pod': [right('one-change'), deletePods(1)],
    truncate: [right('over-limit'), scale(1001)],
    'find-missing': FIND.map((line) => type('control', line)),
  },
  otherWays: [
    {
      name: 'in the terminal, with a label that takes the Pod out',
      solution: {
        fill: [right('slices'), type('control', 'kubectl scale deployment my-web-app --replicas=1000')],
        'one-pod': [right('one-change'), type('control', (w) => `kubectl label pod ${podName(w, 500)} app-`)],
        truncate: [
          right('over-limit'),
          type('control', `kubectl patch deployment my-web-app -p '{"spec":{"replicas":1003}}'`),
        ],
      },
    },
  ],
  wrong: [
    wrong('fill', 'too-many', 'scales over the limit', right('slices'), scale(1001)),
    wrong('one-pod', 'several', 'deletes two Pods', right('one-change'), deletePods(2)),
    wrong('one-pod', 'too-small', 'scales down first', right('one-change'), scale(995), deletePods(1)),
    wrong('truncate', 'at-the-limit', 'leaves it at 1 000', right('over-limit'), scale(1000)),
    wrong('truncate', null, 'scales before predicting', scale(1001)),
    wrong(
      'find-missing',
      'listed-pod',
      'labels any Pod',
      type('control', (w) => {
        const lost = missing(w);
        const other = webPods(w).find((p) => !lost.has(p.metadata.name ?? ''));
        return `kubectl label pod ${other?.metadata.name ?? ''} ${LABEL}=${MISSING}`;
      }),
    ),
    wrong('find-missing', 'scaled-back', 'scales back to 1 000', scale(1000)),
  ],
};
