// Lab 1.3: a Service whose selector has a typo: seen by its client, found in the list behind it, mended; then a Pod leaves that list.
import { calls, callsTo, lastOutput, stops } from '@/lib/course/calls';
import { all, expect, predicted, readyEndpoints, readyPods, serviceOf } from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { packet, predict, set, type, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import type { EndpointSlice, Pod } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const CLIENT = 'default/client';
const LABEL = 'my-web-app';
const TYPO = 'my-webapp';

const appOf = ({ metadata }: Pod): string | undefined => metadata.labels?.['app'];
/** Pods that run the application, whatever their labels are. */
const running = (world: World): readonly Pod[] =>
  readyPods(world, 'default').filter((pod) => pod.spec.containers.some((c) => c.image === 'my-web-app'));
const labelled = (world: World): readonly Pod[] => running(world).filter((pod) => appOf(pod) === LABEL);
const listed = (world: World): readonly string[] =>
  readyEndpoints(world, SERVICE).map(({ pod }) => pod ?? '');
const isListed = (world: World, { metadata }: Pod): boolean => listed(world).includes(metadata.name ?? '');
const selectorText = (world: World): string =>
  Object.entries(serviceOf(world, SERVICE)?.spec.selector ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** Some command, whichever it was, has shown a text. */
const shown = (world: World, text: RegExp): boolean => world.outputs.some(({ stdout }) => text.test(stdout));
const sliceNames = (world: World): readonly string[] =>
  world
    .list<EndpointSlice>('EndpointSlice', 'default')
    .filter(({ metadata }) => metadata.labels?.['kubernetes.io/service-name'] === 'my-web-service')
    .map(({ metadata }) => metadata.name ?? '');
const shownSlice = (world: World): boolean =>
  sliceNames(world).some((name) => world.outputs.some(({ stdout }) => stdout.includes(name)));
/** As `app=my-webapp`, or as YAML or JSON writes it. */
const assigned = (value: string): RegExp => new RegExp(`\\bapp["']?\\s*[=:]\\s*["']?${value}(?![\\w-])`);

// Task symptom
const refusedCalls = (world: World) =>
  callsTo(world, SERVICE).filter((c) => c.from.pod === CLIENT && !c.answered);

function saw(world: World): CheckResult {
  return all(
    () => expect(predicted(world, 'how-many'), 'check.prediction'),
    () => expect(refusedCalls(world).length > 0, 'call-it'),
    () => expect(shownSlice(world), 'list-it'),
  );
}

// Task cause
function knows(world: World): CheckResult {
  const mended = listed(world).length > 0;
  return all(
    () => expect(mended || shown(world, assigned(TYPO)), 'show-selector'),
    () => expect(mended || shown(world, assigned(LABEL)), 'show-labels'),
    () => expect(predicted(world, 'who-refuses'), 'check.prediction'),
  );
}

// Task mend
function mended(world: World): CheckResult {
  const pods = labelled(world);
  const have = listed(world).length;
  return all(
    () => expect(have > 0 || pods.length === 0, 'no-match', { selector: selectorText(world) }),
    () =>
      expect(
        have > 0 && have === pods.length && pods.every((pod) => isListed(world, pod)),
        'check.endpoints',
        {
          have,
          want: pods.length,
        },
      ),
  );
}
const answered = (world: World): boolean =>
  callsTo(world, SERVICE).some((c) => c.answered && c.from.pod === CLIENT);

/** The API server refused a selector that is written as a Deployment's. */
const wroteMatchLabels = (world: World): boolean =>
  world.problems.some((p) => p.message?.includes('selector') ?? false);

// Task take-out
const outside = (world: World): readonly Pod[] =>
  running(world).filter((pod) => appOf(pod) !== LABEL && !isListed(world, pod));

function tookOut(world: World): CheckResult {
  const want = labelled(world).length;
  return all(
    () => expect(predicted(world, 'pods-after'), 'check.prediction'),
    () => expect(outside(world).length > 0, 'nobody-out'),
    () =>
      expect(want > 0 && listed(world).length === want, 'check.endpoints', {
        have: listed(world).length,
        want,
      }),
  );
}
/** Nobody's ReplicaSet looks for it any more, and the Service still does. */
const lostHash = (world: World): boolean =>
  labelled(world).some(({ metadata }) => metadata.labels?.['pod-template-hash'] === undefined);

const PREDICTIONS = {
  'how-many': { correct: 0 },
  'who-refuses': { correct: 1 },
  'pods-after': { correct: 2 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

const kubectl = (line: string): Step => type('control', `kubectl ${line}`);
const CALL = type(CLIENT, 'curl -s http://my-web-service');
const MEND = set('service.yaml', 'spec.selector.app', LABEL);
const firstPod = (world: World): string => labelled(world)[0]?.metadata.name ?? '';
const label = (change: string): Step => type('control', (w) => `kubectl label pod ${firstPod(w)} ${change}`);
const withTypo = (text: string): string => text.replace('app: my-web-app', `app: ${TYPO}`);

export const lab: Lab = {
  id: '1.3',
  versions: LEARNER_VERSIONS,
  start: [
    {
      name: 'service.yaml',
      text: withTypo(MY_WEB_SERVICE.en),
      translations: { zh: withTypo(MY_WEB_SERVICE.zh) },
    },
    { name: 'deployment.yaml', text: MY_WEB_APP },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'symptom',
      check: saw,
      mistakes: [
        { id: 'mended-first', when: (w) => refusedCalls(w).length === 0 && listed(w).length > 0 },
        {
          id: 'called-8080',
          when: (w) => callsTo(w, SERVICE).length > 0 && callsTo(w, SERVICE).at(-1)?.port !== 80,
        },
        { id: 'past-the-service', when: (w) => calls(w).at(-1)?.pod !== undefined },
        {
          id: 'list-of-pods',
          when: (w) => refusedCalls(w).length > 0 && shown(w, /my-web-app-\w+-\w+\s+1\/1/),
        },
      ],
    },
    {
      id: 'cause',
      check: knows,
      mistakes: [
        { id: 'asked-with-typo', when: (w) => lastOutput(w)?.stderr.includes('No resources found') ?? false },
      ],
    },
    {
      id: 'mend',
      check: (w) =>
        all(
          () => mended(w),
          () => expect(answered(w), 'not-answered'),
        ),
      state: mended,
      mistakes: [
        {
          id: 'relabelled-pods',
          when: (w) => running(w).some((pod) => appOf(pod) !== LABEL && isListed(w, pod)),
        },
        {
          id: 'changed-template',
          when: (w) => w.problems.some((p) => /template\.metadata\.labels|immutable/.test(p.message ?? '')),
        },
        { id: 'match-labels', when: wroteMatchLabels },
        { id: 'no-selector', when: (w) => serviceOf(w, SERVICE) !== undefined && selectorText(w) === '' },
        {
          id: 'another-typo',
          when: (w) => listed(w).length === 0 && !['', `app=${TYPO}`].includes(selectorText(w)),
        },
      ],
    },
    {
      id: 'take-out',
      check: tookOut,
      mistakes: [
        { id: 'removed-hash', when: lostHash },
        { id: 'unlabelled-service', when: (w) => listed(w).length === 0 },
        {
          id: 'deleted-pod',
          when: (w) =>
            outside(w).length === 0 && stops(w, 'default').some(({ pod }) => pod.startsWith('my-web-app-')),
        },
      ],
    },
  ],
  solution: {
    symptom: [
      right('how-many'),
      CALL,
      kubectl('get svc'),
      kubectl('get endpointslices -l kubernetes.io/service-name=my-web-service'),
    ],
    cause: [kubectl('describe svc my-web-service'), kubectl('get pods --show-labels'), right('who-refuses')],
    mend: [MEND, CALL],
    'take-out': [right('pods-after'), label('app-')],
  },
  otherWays: [
    {
      name: 'with other commands',
      solution: {
        symptom: [
          right('how-many'),
          kubectl('exec client -- curl -s http://my-web-service'),
          kubectl('get endpointslices'),
        ],
        cause: [right('who-refuses'), kubectl('get svc -o wide'), kubectl('get pods -o yaml')],
        mend: [
          kubectl(`patch svc my-web-service -p '{"spec":{"selector":{"app":"my-web-app"}}}'`),
          packet(`pod/${CLIENT}`, (w) => `${serviceOf(w, SERVICE)?.spec.clusterIP ?? ''}:80`),
        ],
        'take-out': [right('pods-after'), label('app=debug --overwrite')],
      },
    },
    {
      name: 'without looking at the selector before mending it',
      solution: {
        cause: [
          right('who-refuses'),
          kubectl('get svc my-web-service -o json'),
          kubectl('get deployment my-web-app -o yaml'),
        ],
        mend: [kubectl('set selector svc my-web-service app=my-web-app'), CALL],
        'take-out': [
          right('pods-after'),
          type(
            'control',
            `for p in $(kubectl get pods -l app=my-web-app -o name); do kubectl label $p app-; done`,
          ),
        ],
      },
    },
  ],
  wrong: [
    wrong('symptom', 'mended-first', 'mends it before seeing it fail', right('how-many'), MEND, CALL),
    wrong(
      'symptom',
      'called-8080',
      'calls the port of the Pods',
      right('how-many'),
      type(CLIENT, 'curl -s -m 2 http://my-web-service:8080'),
    ),
    wrong(
      'symptom',
      'past-the-service',
      'calls a Pod by its IP',
      right('how-many'),
      packet(`pod/${CLIENT}`, (w) => `${labelled(w)[0]?.status?.podIP ?? ''}:8080`),
    ),
    wrong('symptom', 'list-of-pods', 'looks at the Pods only', right('how-many'), CALL, kubectl('get pods')),
    wrong('symptom', null, 'does not predict', CALL, kubectl('get endpointslices')),
    wrong(
      'cause',
      'asked-with-typo',
      'looks for Pods with the selector’s own label',
      kubectl(`get pods -l app=${TYPO}`),
    ),
    wrong(
      'cause',
      null,
      'looks at the Service only',
      right('who-refuses'),
      kubectl('describe svc my-web-service'),
    ),
    wrong(
      'mend',
      'relabelled-pods',
      'fits the Pods to the typo',
      kubectl(`label pods -l app=my-web-app app=${TYPO} --overwrite`),
      CALL,
    ),
    wrong('mend', 'match-labels', 'writes the selector as a Deployment’s', {
      kind: 'apply',
      file: 'service.yaml',
      text: MY_WEB_SERVICE.en.replace('    app: my-web-app', '    matchLabels:\n      app: my-web-app'),
    }),
    wrong(
      'mend',
      'changed-template',
      'fits the Pod template to the typo',
      set('deployment.yaml', 'spec.template.metadata.labels.app', TYPO),
    ),
    wrong('mend', 'no-selector', 'takes the selector out', {
      kind: 'apply',
      file: 'service.yaml',
      text: MY_WEB_SERVICE.en.replace('  selector:\n    app: my-web-app\n', ''),
    }),
    wrong(
      'mend',
      'another-typo',
      'makes another typo',
      set('service.yaml', 'spec.selector.app', 'my_web_app'),
    ),
    wrong('mend', null, 'does not call it', MEND),
    wrong(
      'take-out',
      'deleted-pod',
      'deletes the Pod',
      right('pods-after'),
      type('control', (w) => `kubectl delete pod ${firstPod(w)}`),
    ),
    wrong(
      'take-out',
      'removed-hash',
      'removes the other label',
      right('pods-after'),
      label('pod-template-hash-'),
    ),
    wrong(
      'take-out',
      'unlabelled-service',
      'changes the selector instead',
      right('pods-after'),
      set('service.yaml', 'spec.selector.app', 'debug'),
    ),
    wrong('take-out', null, 'takes it out without predicting', label('app-')),
  ],
};
