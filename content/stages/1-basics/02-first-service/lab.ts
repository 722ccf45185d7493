// Lab 1.2: write the Service of the course's source document, see its chain, call it from another Pod.
import {
  all,
  calls,
  endpointChains,
  expect,
  lastSelected,
  lastTerminal,
  predicted,
  readyEndpoints,
  readyPods,
  selected,
  serviceChain,
  serviceOf,
} from '@/lib/course/checks';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import type { Service } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const CLIENT = { pod: 'default/client' } as const;

const service = (comments: readonly [string, string, string]): string => `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
  selector:
    app: my-web-app
  ports:
    - protocol: TCP
      port: 80         # ${comments[0]}
      targetPort: 8080 # ${comments[1]}
  type: ClusterIP      # ${comments[2]}
`;

const SERVICE_EN = service([
  'the port of the Service',
  'the port that the Pods listen on',
  'the default: reachable inside the cluster only',
]);
/** As in the document that the course is based on, character for character (a test holds it to the lesson's text). */
const SERVICE_ZH = service(['Service 暴露的端口', '后端 Pod 的业务端口', '默认类型，仅集群内部访问']);

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

const CLIENT_POD = `apiVersion: v1
kind: Pod
metadata:
  name: client
spec:
  containers:
    - name: client
      image: curlimages/curl
      command: [sleep, infinity]
`;

const nodeOf = (world: World): string => world.nodes[0] ?? '';
const chainOf = (world: World) => serviceChain(world, nodeOf(world), SERVICE);
const webPods = (world: World): number =>
  readyPods(world, 'default').filter((p) => p.metadata.labels?.['app'] === 'my-web-app').length;
const portOf = (world: World) => serviceOf(world, SERVICE)?.spec.ports?.[0];
const numbers = (world: World): { readonly port: number; readonly target: number | string } => {
  const { port = 0, targetPort = port } = portOf(world) ?? {};
  return { port, target: targetPort };
};

// Task write
function written(world: World): CheckResult {
  const found = serviceOf(world, SERVICE);
  const { ports = [], selector = {}, type = 'ClusterIP' } = found?.spec ?? {};
  const { port, target } = numbers(world);
  const have = readyEndpoints(world, SERVICE).length;
  const want = webPods(world);
  return all(
    () => expect(found !== undefined, 'no-service'),
    () =>
      expect(
        ports.length === 1 && port === 80 && target === 8080 && (ports[0]?.protocol ?? 'TCP') === 'TCP',
        'service-port',
        { port, target },
      ),
    () => expect(type === 'ClusterIP', 'service-type', { have: type }),
    () =>
      expect(
        Object.keys(selector).length === 1 && selector['app'] === 'my-web-app',
        'service-selector',
      ),
    () => expect(have > 0 && have === want, 'check.endpoints', { have, want }),
  );
}

/** A Service of the learner's own under another name. */
const misnamed = (world: World): boolean =>
  serviceOf(world, SERVICE) === undefined &&
  world.list<Service>('Service', 'default').some((s) => s.metadata.name !== 'kubernetes');

const hasService = (world: World): boolean => serviceOf(world, SERVICE) !== undefined;

// Task read-chain
function pickedDnat(world: World): CheckResult {
  const chain = chainOf(world);
  const chains = chain ? endpointChains(world, nodeOf(world), chain) : [];
  return all(
    () => expect(chain !== undefined && chains.length > 0, 'check.noChain', { service: 'my-web-service' }),
    () => expect(predicted(world, 'arrives-with'), 'check.prediction'),
    () =>
      expect(
        chains.some((c) => selected(world, c.name)),
        'pick-dnat',
      ),
  );
}

const lastPick = (world: World, prefix: string): boolean => lastSelected(world)?.startsWith(prefix) ?? false;

// Task call
const toService = (world: World) => calls(world).filter((c) => c.service === SERVICE);

function called(world: World): CheckResult {
  return expect(
    toService(world).some((c) => c.answered && c.from.pod === CLIENT.pod && c.port === 80),
    'not-called',
  );
}

const lastCall = (world: World) => calls(world).at(-1);

const answer = (question: keyof typeof PREDICTIONS): Step => ({
  kind: 'predict',
  question,
  answer: String(PREDICTIONS[question].correct),
});
const write = (name: string, en: string, zh: string): Step => ({
  kind: 'write',
  name,
  text: en,
  translations: { zh },
});
/** The Service with a mistake: each occurrence of a text is replaced. */
const writeWith = (from: string, to: string): Step =>
  write('service.yaml', SERVICE_EN.replaceAll(from, to), SERVICE_ZH.replaceAll(from, to));
const WRITE = write('service.yaml', SERVICE_EN, SERVICE_ZH);
const pick =
  (name: (world: World) => string | undefined): Step =>
  (world) => ({ kind: 'click', target: `chain:${name(world) ?? ''}` });
const firstEndpointChain = (world: World): string | undefined => {
  const chain = chainOf(world);
  return chain && endpointChains(world, nodeOf(world), chain)[0]?.name;
};
const type = (terminal: string, line: string): Step => ({ kind: 'shell', terminal, line });
const CURL = type('pod/default/client', 'curl -s http://my-web-service');

const PREDICTIONS = {
  'too-early': { correct: 0 },
  'arrives-with': { correct: 2 },
} as const;

export const lab: Lab = {
  id: '1.2',
  versions: LEARNER_VERSIONS,
  start: [
    {
      name: 'service.yaml',
      text: '# Write the Service my-web-service here.\n',
      translations: { zh: '# 在这里写 Service my-web-service。\n' },
    },
    { name: 'deployment.yaml', text: DEPLOYMENT },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'write',
      check: (w) =>
        all(
          () => written(w),
          () => expect(predicted(w, 'too-early'), 'check.prediction'),
        ),
      state: written,
      mistakes: [
        { id: 'wrong-name', when: misnamed },
        {
          id: 'ports-swapped',
          when: (w) => numbers(w).port === 8080 && numbers(w).target === 80,
        },
        {
          id: 'wrong-target-port',
          when: (w) => hasService(w) && numbers(w).port === 80 && numbers(w).target !== 8080,
        },
        { id: 'wrong-port', when: (w) => hasService(w) && numbers(w).port !== 80 },
        { id: 'exposed', when: (w) => hasService(w) && serviceOf(w, SERVICE)?.spec.type !== 'ClusterIP' },
        {
          id: 'no-selector',
          when: (w) => hasService(w) && Object.keys(serviceOf(w, SERVICE)?.spec.selector ?? {}).length === 0,
        },
        {
          id: 'selector-typo',
          when: (w) => hasService(w) && webPods(w) > 0 && readyEndpoints(w, SERVICE).length === 0,
        },
      ],
    },
    {
      id: 'read-chain',
      check: pickedDnat,
      mistakes: [
        { id: 'picked-choice-chain', when: (w) => hasService(w) && lastPick(w, 'KUBE-SVC-') },
        { id: 'picked-dispatcher', when: (w) => hasService(w) && lastPick(w, 'KUBE-SERVICES') },
      ],
    },
    {
      id: 'call',
      check: called,
      mistakes: [
        {
          id: 'called-too-early',
          when: (w) => lastTerminal(w)?.stderr.includes('Could not resolve host: my-web-service') ?? false,
        },
        {
          id: 'called-target-port',
          when: (w) => lastCall(w)?.service === SERVICE && lastCall(w)?.port === 8080,
        },
        {
          id: 'called-refused',
          when: (w) => toService(w).at(-1)?.answered === false && toService(w).at(-1)?.port === 80,
        },
        { id: 'called-outside', when: (w) => toService(w).at(-1)?.from.node !== undefined },
        { id: 'called-pod', when: (w) => lastCall(w)?.pod !== undefined && lastCall(w)?.service === undefined },
      ],
    },
  ],
  solution: {
    write: [answer('too-early'), WRITE],
    'read-chain': [answer('arrives-with'), pick(firstEndpointChain)],
    call: [CURL],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        write: [
          answer('too-early'),
          type(
            'control',
            'kubectl expose deployment my-web-app --name=my-web-service --port=80 --target-port=8080',
          ),
        ],
        call: [type('control', 'kubectl exec client -- curl -s http://my-web-service')],
      },
    },
  ],
  wrong: [
    {
      name: 'misspells the selector',
      steps: [answer('too-early'), writeWith('app: my-web-app', 'app: my-web-ap')],
      failsAt: 'write',
      mistake: 'selector-typo',
    },
    {
      name: 'sends connections to the wrong port of the Pods',
      steps: [answer('too-early'), writeWith('targetPort: 8080', 'targetPort: 8008')],
      failsAt: 'write',
      mistake: 'wrong-target-port',
    },
    {
      name: 'leaves targetPort out',
      steps: [answer('too-early'), writeWith('      targetPort: 8080', '      #')],
      failsAt: 'write',
      mistake: 'wrong-target-port',
    },
    {
      name: 'swaps the ports',
      steps: [
        answer('too-early'),
        write(
          'service.yaml',
          SERVICE_EN.replace('port: 80 ', 'port: 8080 ').replace('targetPort: 8080', 'targetPort: 80'),
          SERVICE_ZH.replace('port: 80 ', 'port: 8080 ').replace('targetPort: 8080', 'targetPort: 80'),
        ),
      ],
      failsAt: 'write',
      mistake: 'ports-swapped',
    },
    {
      name: 'takes another port for callers',
      steps: [answer('too-early'), writeWith('port: 80 ', 'port: 81 ')],
      failsAt: 'write',
      mistake: 'wrong-port',
    },
    {
      name: 'opens a NodePort',
      steps: [answer('too-early'), writeWith('type: ClusterIP', 'type: NodePort')],
      failsAt: 'write',
      mistake: 'exposed',
    },
    {
      name: 'forgets the selector',
      steps: [answer('too-early'), writeWith('  selector:\n    app: my-web-app\n', '')],
      failsAt: 'write',
      mistake: 'no-selector',
    },
    {
      name: 'gives it another name',
      steps: [answer('too-early'), writeWith('name: my-web-service', 'name: web-service')],
      failsAt: 'write',
      mistake: 'wrong-name',
    },
    { name: 'writes it without predicting', steps: [WRITE], failsAt: 'write' },
    {
      name: 'selects the chain that chooses',
      steps: [answer('arrives-with'), pick((w) => chainOf(w)?.name)],
      failsAt: 'read-chain',
      mistake: 'picked-choice-chain',
    },
    {
      name: 'selects KUBE-SERVICES',
      steps: [answer('arrives-with'), pick(() => 'KUBE-SERVICES')],
      failsAt: 'read-chain',
      mistake: 'picked-dispatcher',
    },
    {
      name: 'calls it before it exists',
      steps: [type('control', 'kubectl delete service my-web-service'), CURL],
      failsAt: 'call',
      mistake: 'called-too-early',
    },
    {
      name: 'calls it while targetPort is wrong',
      steps: [writeWith('targetPort: 8080', 'targetPort: 8008'), CURL],
      failsAt: 'call',
      mistake: 'called-refused',
    },
    {
      name: 'calls it while the selector matches nothing',
      steps: [writeWith('app: my-web-app', 'app: my-web-ap'), CURL],
      failsAt: 'call',
      mistake: 'called-refused',
    },
    {
      name: 'calls the targetPort',
      steps: [type('pod/default/client', 'curl -s -m 3 http://my-web-service:8080')],
      failsAt: 'call',
      mistake: 'called-target-port',
    },
    {
      name: 'calls a Pod by its IP',
      steps: [
        (w) => ({
          kind: 'shell',
          terminal: 'pod/default/client',
          line: `curl -s http://${readyEndpoints(w, SERVICE)[0]?.address ?? ''}:8080`,
        }),
      ],
      failsAt: 'call',
      mistake: 'called-pod',
    },
    {
      name: 'calls it from a node',
      steps: [
        (w) => ({
          kind: 'shell',
          terminal: 'node/node-1',
          line: `curl -s http://${serviceOf(w, SERVICE)?.spec.clusterIP ?? ''}`,
        }),
      ],
      failsAt: 'call',
      mistake: 'called-outside',
    },
  ],
};
