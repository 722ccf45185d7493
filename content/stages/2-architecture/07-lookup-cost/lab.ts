// Lab 2.7: measure what a number of Services costs a node, open one connection, and see the list grow in a cluster of one's own.
import { callsTo, lastCall } from '@/lib/course/calls';
import { all, expect, predicted, readyEndpoints, serviceChain, type ObjectKey } from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { predict, type, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import type { Service } from '@/lib/kube/types';
import { LEARNER_VERSIONS, nftablesSupport, type ClusterProxyMode } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const CLIENT = 'default/client';
const MORE = 3;

// Task measure
const MEASURED = /^measure:(iptables|nftables)\/(\d+)$/;
const SMALL = 100;
const LARGE = 3000;

/** The sizes that were measured in a mode. */
const sizes = (world: World, mode: ClusterProxyMode): readonly number[] =>
  world.clicks.flatMap((click) => {
    const [, found, size] = MEASURED.exec(click) ?? [];
    return found === mode ? [Number(size)] : [];
  });
const spans = (world: World, mode: ClusterProxyMode): boolean =>
  sizes(world, mode).some((n) => n <= SMALL) && sizes(world, mode).some((n) => n >= LARGE);

function measured(world: World): CheckResult {
  return all(
    () => expect(sizes(world, 'iptables').length > 0, 'not-measured'),
    () => expect(spans(world, 'iptables'), 'too-close'),
    () => expect(nftablesSupport(world.k8s) === 'none' || spans(world, 'nftables'), 'too-close'),
  );
}

// Task grow
const nodeOf = (world: World): string => world.nodes[0] ?? '';
const others = (world: World): readonly ObjectKey[] =>
  world
    .list<Service>('Service', 'default')
    .map((s): ObjectKey => `default/${s.metadata.name ?? ''}`)
    .filter((key) => key !== SERVICE && key !== 'default/kubernetes');
const withEndpoints = (world: World): readonly ObjectKey[] =>
  others(world).filter((key) => readyEndpoints(world, key).length > 0);

/** In nftables mode there is no KUBE-SERVICES; a Service with endpoints is in the map then. */
function dispatched(world: World, key: ObjectKey): boolean {
  const usesIptables = world.rules(nodeOf(world)).chain('nat', 'KUBE-SERVICES') !== undefined;
  return !usesIptables || serviceChain(world, nodeOf(world), key) !== undefined;
}

function grown(world: World): CheckResult {
  const have = withEndpoints(world).filter((key) => dispatched(world, key)).length;
  return expect(have >= MORE, 'not-grown', { have, want: MORE });
}

// Task call
const called = (world: World): CheckResult =>
  expect(
    callsTo(world, SERVICE).some((c) => c.answered && c.from.pod !== undefined),
    'not-called',
  );

const PREDICTIONS = {
  growth: { correct: 3 },
  'later-packets': { correct: 0 },
  list: { correct: 1 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);
const measure = (mode: ClusterProxyMode, services: number): Step => ({
  kind: 'click',
  target: `measure:${mode}/${services}`,
});
const both = (services: number): readonly Step[] => [
  measure('iptables', services),
  measure('nftables', services),
];
const EXPOSE =
  'for i in 1 2 3; do kubectl expose deployment my-web-app --name=web-$i --port=80 --target-port=8080; done';
const MANIFESTS = [1, 2, 3]
  .map(
    (i) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: extra-${i}}\nspec: {selector: {app: my-web-app}, ports: [{port: 8${i}, targetPort: 8080}]}\n`,
  )
  .join('---\n');

export const lab: Lab = {
  id: '2.7',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'measure',
      check: (w) =>
        all(
          () => expect(predicted(w, 'growth'), 'check.prediction'),
          () => measured(w),
        ),
      mistakes: [
        { id: 'measured-first', when: (w) => measured(w) === true },
        {
          id: 'one-size',
          when: (w) => predicted(w, 'growth') && sizes(w, 'iptables').length > 0 && !spans(w, 'iptables'),
        },
      ],
    },
    {
      id: 'call',
      check: (w) =>
        all(
          () => expect(predicted(w, 'later-packets'), 'check.prediction'),
          () => called(w),
        ),
      mistakes: [
        {
          id: 'called-pod',
          when: (w) => lastCall(w)?.pod !== undefined && lastCall(w)?.service === undefined,
        },
      ],
    },
    {
      id: 'grow',
      check: (w) =>
        all(
          () => grown(w),
          () => expect(predicted(w, 'list'), 'check.prediction'),
        ),
      state: grown,
      mistakes: [{ id: 'no-endpoints', when: (w) => others(w).length > withEndpoints(w).length }],
    },
  ],
  solution: {
    measure: [right('growth'), ...both(10), ...both(10_000)],
    call: [right('later-packets'), type(CLIENT, 'curl -s http://my-web-service')],
    grow: [right('list'), type('control', EXPOSE)],
  },
  otherWays: [
    {
      name: 'with other sizes and manifests',
      solution: {
        measure: [right('growth'), ...both(3000), ...both(30)],
        call: [
          right('later-packets'),
          type('control', 'kubectl exec client -- curl -s http://my-web-service'),
        ],
        grow: [right('list'), type('control', `cat <<'EOF' | kubectl apply -f -\n${MANIFESTS}EOF`)],
      },
    },
  ],
  wrong: [
    wrong('measure', 'measured-first', 'measures before predicting', ...both(10), ...both(10_000)),
    wrong('measure', 'one-size', 'measures one size', right('growth'), ...both(1000)),
    wrong(
      'grow',
      'no-endpoints',
      'creates Services that match no Pod',
      right('list'),
      type('control', 'for i in 1 2 3; do kubectl create service clusterip web-$i --tcp=80:8080; done'),
    ),
    wrong('grow', null, 'adds two', right('list'), type('control', EXPOSE.replace(' 3;', ';'))),
    wrong(
      'call',
      'called-pod',
      'calls a Pod by its IP',
      right('later-packets'),
      type(CLIENT, (w) => `curl -s http://${readyEndpoints(w, SERVICE)[0]?.address ?? ''}:8080`),
    ),
  ],
};
