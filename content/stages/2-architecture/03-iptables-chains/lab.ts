// Lab 2.3: read the chains of my-web-service, scale it, make it sticky, break it and mend it. The checks follow the rules; names of
// chains are never written down here.
import {
  affinityRules,
  all,
  choiceRules,
  endpointChains,
  expect,
  lastSelected,
  predicted,
  probabilities,
  readyEndpoints,
  readyPods,
  refusal,
  remembersClient,
  selected,
  serviceChain,
  serviceOf,
} from '@/lib/course/checks';
import { callsTo, cameBy, lastCall, reachedItself } from '@/lib/course/calls';
import { MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { packet, pick, predict, set, type, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import type { Pod } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';

const nodeOf = (world: World): string => world.nodes[0] ?? '';
const chainOf = (world: World) => serviceChain(world, nodeOf(world), SERVICE);
const endpointsOf = (world: World): number => readyEndpoints(world, SERVICE).length;
const podsOf = (world: World): number => readyPods(world, 'default').length;
const lastPick = (world: World, prefix: string): boolean => lastSelected(world)?.startsWith(prefix) ?? false;

// Task find-chain
function foundChain(world: World): CheckResult {
  const chain = chainOf(world);
  const clusterIP = serviceOf(world, SERVICE)?.spec.clusterIP ?? '';
  return all(
    () => expect(chain !== undefined, 'check.noChain', { service: 'my-web-service' }),
    () => expect(chain !== undefined && selected(world, chain.name), 'pick-chain', { clusterIP }),
  );
}

// Task scale
function fourEndpoints(world: World): CheckResult {
  const chain = chainOf(world);
  const have = endpointsOf(world);
  return all(
    () => expect(have === 4, 'check.endpoints', { have, want: 4 }),
    () => expect(chain !== undefined && choiceRules(chain).length === 4, 'check.choiceRules', { want: 4 }),
    () =>
      expect(chain !== undefined && probabilities(chain)[1] === '0.3333333333', 'check.choiceRules', {
        want: 4,
      }),
  );
}

// Task mark
function marked(world: World): CheckResult {
  const fits = callsTo(world, SERVICE).filter((c) => c.answered && c.from.pod === undefined);
  return expect(
    fits.some((c) => cameBy(c, 'KUBE-MARK-MASQ', 'KUBE-POSTROUTING')),
    'not-marked',
  );
}

// Task hairpin
function cameBack(world: World): CheckResult {
  const own = callsTo(world, SERVICE).filter(reachedItself);
  return expect(
    own.some((c) => cameBy(c, 'KUBE-MARK-MASQ')),
    'no-hairpin',
  );
}

const toThis = (world: World): boolean => lastCall(world)?.service === SERVICE;
const isEndpoint = (world: World, pod = ''): boolean =>
  readyEndpoints(world, SERVICE).some((e) => `default/${e.pod ?? ''}` === pod);
const firstWebPod = (world: World): string => {
  const pods = world.list<Pod>('Pod', 'default').filter((p) => p.metadata.labels?.['app'] === 'my-web-app');
  return `default/${pods[0]?.metadata.name ?? ''}`;
};
const firstWebIP = (world: World): string =>
  readyEndpoints(world, SERVICE).find((e) => `default/${e.pod ?? ''}` === firstWebPod(world))?.address ?? '';
const clusterIP = (world: World): string => serviceOf(world, SERVICE)?.spec.clusterIP ?? '';

// Task affinity
function sticky(world: World): CheckResult {
  const chain = chainOf(world);
  const have = serviceOf(world, SERVICE)?.spec.sessionAffinity ?? 'None';
  const choices = chain ? choiceRules(chain).length : 0;
  return all(
    () => expect(have === 'ClientIP', 'affinity-none', { have }),
    () => expect(choices > 0, 'check.noChain', { service: 'my-web-service' }),
    () => expect(chain !== undefined && affinityRules(chain).length === choices, 'affinity-rules'),
    () =>
      expect(
        chain !== undefined && endpointChains(world, nodeOf(world), chain).every(remembersClient),
        'affinity-rules',
      ),
  );
}

function pickedEndpointChain(world: World): CheckResult {
  const chain = chainOf(world);
  const chains = chain ? endpointChains(world, nodeOf(world), chain) : [];
  return expect(
    chains.some((c) => selected(world, c.name)),
    'pick-endpoint-chain',
  );
}

// Task break
function refused(world: World): CheckResult {
  const have = endpointsOf(world);
  const pods = podsOf(world);
  return all(
    () => expect(have === 0, 'still-endpoints', { have }),
    () => expect(pods > 0, 'no-ready-pods'),
    () => expect(refusal(world, nodeOf(world), SERVICE)?.target?.kind === 'reject', 'no-reject'),
    () => expect(chainOf(world) === undefined, 'no-reject'),
  );
}

// Task mend
function mended(world: World): CheckResult {
  const have = endpointsOf(world);
  const want = podsOf(world);
  return all(
    () => expect(have > 0 || want === 0, 'no-match', { want }),
    () => expect(have > 0 && have === want, 'check.endpoints', { have, want }),
    () => expect(refusal(world, nodeOf(world), SERVICE) === undefined, 'still-reject'),
    () => expect(chainOf(world) !== undefined, 'check.noChain', { service: 'my-web-service' }),
  );
}

const selectorOf = (world: World) => serviceOf(world, SERVICE)?.spec.selector;
/** A Deployment's selector must match the labels of its template and never changes. */
const refusedLabels = (world: World): boolean =>
  complains(world, 'spec.template.metadata.labels') || complains(world, 'field is immutable');

const complains = (world: World, about: string): boolean =>
  world.problems.some((p) => p.message?.includes(about) ?? false);
const setService = (path: string, value: string | number): Step => set('service.yaml', path, value);
const setReplicas = (value: number): Step => set('deployment.yaml', 'spec.replicas', value);
const setTemplateLabel = (value: string): Step =>
  set('deployment.yaml', 'spec.template.metadata.labels.app', value);
const firstEndpointChain = (world: World): string | undefined => {
  const chain = chainOf(world);
  return chain && endpointChains(world, nodeOf(world), chain)[0]?.name;
};

const toService = (world: World): string => `${clusterIP(world)}:80`;
const callFromNode = packet('node/node-1', toService);
const callFromPod = packet((w) => `pod/${firstWebPod(w)}`, toService);

const PREDICTIONS = {
  'second-rule': { correct: 1 },
  'mark-who': { correct: 1 },
  'hairpin-source': { correct: 2 },
  'affinity-rules': { correct: 2 },
  'no-endpoints': { correct: 0 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

export const lab: Lab = {
  id: '2.3',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP },
  ],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'find-chain',
      check: foundChain,
      mistakes: [
        { id: 'picked-endpoint-chain', when: (w) => lastPick(w, 'KUBE-SEP-') },
        { id: 'picked-dispatcher', when: (w) => lastPick(w, 'KUBE-SERVICES') },
        { id: 'picked-other-service', when: (w) => lastPick(w, 'KUBE-SVC-') },
      ],
    },
    {
      id: 'scale',
      check: (w) =>
        all(
          () => fourEndpoints(w),
          () => expect(predicted(w, 'second-rule'), 'check.prediction'),
        ),
      state: fourEndpoints,
      mistakes: [
        { id: 'predict-first', when: (w) => endpointsOf(w) === 4 && !predicted(w, 'second-rule') },
        { id: 'over-scaled', when: (w) => endpointsOf(w) > 4 },
      ],
    },
    {
      id: 'mark',
      check: (w) =>
        all(
          () => expect(predicted(w, 'mark-who'), 'check.prediction'),
          () => marked(w),
        ),
      mistakes: [
        { id: 'called-from-pod', when: (w) => toThis(w) && lastCall(w)?.from.pod !== undefined },
        { id: 'mark-refused', when: (w) => lastCall(w)?.answered === false },
      ],
    },
    {
      id: 'hairpin',
      check: (w) =>
        all(
          () => expect(predicted(w, 'hairpin-source'), 'check.prediction'),
          () => cameBack(w),
        ),
      mistakes: [
        { id: 'own-address', when: (w) => lastCall(w)?.pod === (lastCall(w)?.from.pod ?? null) },
        {
          id: 'not-an-endpoint',
          when: (w) => toThis(w) && w.done.includes('mark') && !isEndpoint(w, lastCall(w)?.from.pod),
        },
        { id: 'other-pod', when: (w) => toThis(w) && lastCall(w)?.answered === true },
      ],
    },
    {
      id: 'affinity',
      check: (w) =>
        all(
          () => expect(predicted(w, 'affinity-rules'), 'check.prediction'),
          () => sticky(w),
          () => pickedEndpointChain(w),
        ),
      state: sticky,
      mistakes: [
        { id: 'affinity-misspelt', when: (w) => complains(w, 'spec.sessionAffinity: Unsupported value') },
        {
          id: 'affinity-wrong-field',
          when: (w) => w.problems.some((p) => /unknown field "[^"]*affinity/i.test(p.message ?? '')),
        },
      ],
    },
    {
      id: 'break',
      check: (w) =>
        all(
          () => expect(predicted(w, 'no-endpoints'), 'check.prediction'),
          () => refused(w),
        ),
      mistakes: [
        { id: 'scaled-to-zero', when: (w) => endpointsOf(w) === 0 && podsOf(w) === 0 },
        { id: 'template-label', when: refusedLabels },
        {
          id: 'wrong-port',
          when: (w) => endpointsOf(w) > 0 && serviceOf(w, SERVICE)?.spec.ports?.[0]?.targetPort !== 8080,
        },
      ],
    },
    {
      id: 'mend',
      check: (w) =>
        all(
          () => expect(w.done.includes('break'), 'break-first'),
          () => mended(w),
        ),
      state: mended,
      mistakes: [
        { id: 'relabelled-template', when: refusedLabels },
        { id: 'no-selector', when: (w) => endpointsOf(w) === 0 && selectorOf(w) === undefined },
      ],
    },
  ],
  solution: {
    'find-chain': [pick((w) => chainOf(w)?.name)],
    scale: [right('second-rule'), setReplicas(4)],
    mark: [right('mark-who'), callFromNode],
    hairpin: [right('hairpin-source'), setReplicas(1), callFromPod, setReplicas(4)],
    affinity: [
      right('affinity-rules'),
      setService('spec.sessionAffinity', 'ClientIP'),
      pick(firstEndpointChain),
    ],
    break: [right('no-endpoints'), setService('spec.selector.app', 'my-web-ap')],
    mend: [setService('spec.selector.app', 'my-web-app')],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        scale: [right('second-rule'), type('control', 'kubectl scale deployment my-web-app --replicas=4')],
        mark: [right('mark-who'), type('node-1', (w) => `curl -s http://${clusterIP(w)}`)],
        hairpin: [
          right('hairpin-source'),
          type(firstWebPod, 'for i in $(seq 40); do curl -s http://my-web-service; done'),
        ],
        affinity: [
          right('affinity-rules'),
          type(
            'control',
            `kubectl patch service my-web-service -p '{"spec":{"sessionAffinity":"ClientIP"}}'`,
          ),
          pick(firstEndpointChain),
        ],
        break: [
          right('no-endpoints'),
          type('control', 'kubectl set selector service my-web-service app=my-web-ap'),
        ],
        mend: [type('control', 'kubectl apply -f service.yaml')],
      },
    },
  ],
  wrong: [
    wrong('find-chain', 'picked-endpoint-chain', 'selects an endpoint chain', pick(firstEndpointChain)),
    wrong(
      'find-chain',
      'picked-dispatcher',
      'selects KUBE-SERVICES',
      pick(() => 'KUBE-SERVICES'),
    ),
    wrong(
      'find-chain',
      'picked-other-service',
      'selects the chain of kube-dns',
      pick((w) => serviceChain(w, nodeOf(w), 'kube-system/kube-dns')?.name),
    ),
    wrong('scale', 'predict-first', 'scales before predicting', setReplicas(4)),
    wrong('scale', 'over-scaled', 'scales to five', right('second-rule'), setReplicas(5)),
    wrong('mark', 'called-from-pod', 'calls from a Pod', right('mark-who'), callFromPod),
    wrong(
      'mark',
      'mark-refused',
      'calls a port that the Service does not have',
      right('mark-who'),
      packet('node/node-1', (w) => `${clusterIP(w)}:8080`),
    ),
    wrong('mark', null, 'calls without predicting', callFromNode),
    wrong(
      'hairpin',
      'own-address',
      'calls its own IP',
      right('hairpin-source'),
      packet(
        (w) => `pod/${firstWebPod(w)}`,
        (w) => `${firstWebIP(w)}:8080`,
      ),
    ),
    wrong('hairpin', 'not-an-endpoint', 'calls from a node', right('hairpin-source'), callFromNode),
    wrong(
      'hairpin',
      'other-pod',
      'gives up when the lots chose another Pod',
      right('hairpin-source'),
      callFromPod,
    ),
    wrong(
      'affinity',
      'affinity-misspelt',
      'misspells ClientIP',
      right('affinity-rules'),
      setService('spec.sessionAffinity', 'ClientIp'),
    ),
    wrong(
      'affinity',
      'affinity-wrong-field',
      'misspells sessionAffinity',
      right('affinity-rules'),
      setService('spec.sessionaffinity', 'ClientIP'),
    ),
    wrong(
      'affinity',
      null,
      'sets the affinity and reads nothing',
      right('affinity-rules'),
      setService('spec.sessionAffinity', 'ClientIP'),
    ),
    wrong('break', 'scaled-to-zero', 'scales to zero', right('no-endpoints'), setReplicas(0)),
    wrong(
      'break',
      'wrong-port',
      'changes targetPort',
      right('no-endpoints'),
      setService('spec.ports[0].targetPort', 8008),
    ),
    wrong(
      'break',
      'template-label',
      'changes the label in the Pod template',
      right('no-endpoints'),
      setTemplateLabel('my-web-ap'),
    ),
    wrong('mend', null, 'mends one typo with another', setService('spec.selector.app', 'my-web-apps')),
    wrong('mend', null, 'leaves it broken and scales', setReplicas(6)),
    wrong('mend', 'relabelled-template', 'fits the Pod template to the typo', setTemplateLabel('my-web-ap')),
    wrong('mend', 'no-selector', 'takes the selector out', {
      kind: 'apply',
      file: 'service.yaml',
      text: MY_WEB_SERVICE.en.replace('  selector:\n    app: my-web-app\n', ''),
    }),
  ],
};
