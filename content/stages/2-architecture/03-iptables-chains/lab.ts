// Lab 2.3: read the chains of my-web-service, scale it, make it sticky, break it and mend it. Names of chains are never written
// down here: they depend on hashes, and the checks follow the rules.
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
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';

const COMMENTS = [
  'the port of the Service',
  'the port that the Pods listen on',
  'the default: reachable inside the cluster only',
] as const;
const SELECTOR = `  selector:
    app: my-web-app
`;

const service = (comments: readonly [string, string, string]): string => `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
${SELECTOR}  ports:
    - protocol: TCP
      port: 80         # ${comments[0]}
      targetPort: 8080 # ${comments[1]}
  type: ClusterIP      # ${comments[2]}
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: my-web-app
spec:
  replicas: 3
  selector:
    matchLabels:
      app: my-web-app
  template:
    metadata:
      labels:
        app: my-web-app
    spec:
      containers:
        - name: web
          image: my-web-app
          ports:
            - containerPort: 8080
`;

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

const answer = (question: string, index: number): Step => ({
  kind: 'predict',
  question,
  answer: String(index),
});
const setService = (path: string, value: string | number): Step => ({
  kind: 'set',
  file: 'service.yaml',
  path,
  value,
});
const setReplicas = (value: number): Step => ({
  kind: 'set',
  file: 'deployment.yaml',
  path: 'spec.replicas',
  value,
});
const setTemplateLabel = (value: string): Step => ({
  kind: 'set',
  file: 'deployment.yaml',
  path: 'spec.template.metadata.labels.app',
  value,
});
const pick =
  (name: (world: World) => string | undefined): Step =>
  (world) => ({ kind: 'click', target: `chain:${name(world) ?? ''}` });
const firstEndpointChain = (world: World): string | undefined => {
  const chain = chainOf(world);
  return chain && endpointChains(world, nodeOf(world), chain)[0]?.name;
};

const PREDICTIONS = {
  'second-rule': { correct: 1 },
  'affinity-rules': { correct: 2 },
  'no-endpoints': { correct: 0 },
} as const;
const predict = (question: keyof typeof PREDICTIONS): Step => answer(question, PREDICTIONS[question].correct);

export const lab: Lab = {
  id: '2.3',
  versions: LEARNER_VERSIONS,
  start: [
    {
      name: 'service.yaml',
      text: service(COMMENTS),
      translations: {
        zh: service(['Service 暴露的端口', '后端 Pod 的业务端口', '默认类型，仅集群内部访问']),
      },
    },
    { name: 'deployment.yaml', text: DEPLOYMENT },
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
    scale: [predict('second-rule'), setReplicas(4)],
    affinity: [
      predict('affinity-rules'),
      setService('spec.sessionAffinity', 'ClientIP'),
      pick(firstEndpointChain),
    ],
    break: [predict('no-endpoints'), setService('spec.selector.app', 'my-web-ap')],
    mend: [setService('spec.selector.app', 'my-web-app')],
  },
  wrong: [
    {
      name: 'selects an endpoint chain',
      steps: [pick(firstEndpointChain)],
      failsAt: 'find-chain',
      mistake: 'picked-endpoint-chain',
    },
    {
      name: 'selects KUBE-SERVICES',
      steps: [pick(() => 'KUBE-SERVICES')],
      failsAt: 'find-chain',
      mistake: 'picked-dispatcher',
    },
    {
      name: 'selects the chain of kube-dns',
      steps: [pick((w) => serviceChain(w, nodeOf(w), 'kube-system/kube-dns')?.name)],
      failsAt: 'find-chain',
      mistake: 'picked-other-service',
    },
    { name: 'scales before predicting', steps: [setReplicas(4)], failsAt: 'scale', mistake: 'predict-first' },
    {
      name: 'scales to five',
      steps: [predict('second-rule'), setReplicas(5)],
      failsAt: 'scale',
      mistake: 'over-scaled',
    },
    {
      name: 'misspells ClientIP',
      steps: [predict('affinity-rules'), setService('spec.sessionAffinity', 'ClientIp')],
      failsAt: 'affinity',
      mistake: 'affinity-misspelt',
    },
    {
      name: 'misspells sessionAffinity',
      steps: [predict('affinity-rules'), setService('spec.sessionaffinity', 'ClientIP')],
      failsAt: 'affinity',
      mistake: 'affinity-wrong-field',
    },
    {
      name: 'sets the affinity and reads nothing',
      steps: [predict('affinity-rules'), setService('spec.sessionAffinity', 'ClientIP')],
      failsAt: 'affinity',
    },
    {
      name: 'scales to zero',
      steps: [predict('no-endpoints'), setReplicas(0)],
      failsAt: 'break',
      mistake: 'scaled-to-zero',
    },
    {
      name: 'changes targetPort',
      steps: [predict('no-endpoints'), setService('spec.ports[0].targetPort', 8008)],
      failsAt: 'break',
      mistake: 'wrong-port',
    },
    {
      name: 'changes the label in the Pod template',
      steps: [predict('no-endpoints'), setTemplateLabel('my-web-ap')],
      failsAt: 'break',
      mistake: 'template-label',
    },
    {
      name: 'mends one typo with another',
      steps: [setService('spec.selector.app', 'my-web-apps')],
      failsAt: 'mend',
    },
    { name: 'leaves it broken and scales', steps: [setReplicas(6)], failsAt: 'mend' },
    {
      name: 'fits the Pod template to the typo',
      steps: [setTemplateLabel('my-web-ap')],
      failsAt: 'mend',
      mistake: 'relabelled-template',
    },
    {
      name: 'takes the selector out',
      steps: [{ kind: 'apply', file: 'service.yaml', text: service(COMMENTS).replace(SELECTOR, '') }],
      failsAt: 'mend',
      mistake: 'no-selector',
    },
  ],
};
