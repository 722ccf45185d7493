// Lab 1.2: write the Service of the course's source document, see its chain, call it from another Pod.
import { calls, callsTo, lastOutput } from '@/lib/course/calls';
import {
  all,
  endpointChains,
  expect,
  lastSelected,
  predicted,
  readyEndpoints,
  readyPods,
  selected,
  serviceChain,
  serviceOf,
} from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { packet, pick, predict, type, write, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import type { Service } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const CLIENT = 'default/client';

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
    () => expect(Object.keys(selector).length === 1 && selector['app'] === 'my-web-app', 'service-selector'),
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
const toService = (world: World) => callsTo(world, SERVICE);

function called(world: World): CheckResult {
  return expect(
    toService(world).some((c) => c.answered && c.from.pod === CLIENT && c.port === 80),
    'not-called',
  );
}

const lastCall = (world: World) => calls(world).at(-1);

const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);
/** The Service with a mistake: each occurrence of a text is replaced. */
const writeWith = (from: string, to: string): Step =>
  write('service.yaml', MY_WEB_SERVICE.en.replaceAll(from, to), MY_WEB_SERVICE.zh.replaceAll(from, to));
const swapped = (text: string): string =>
  text.replace('port: 80 ', 'port: 8080 ').replace('targetPort: 8080', 'targetPort: 80');
const SWAPPED = write('service.yaml', swapped(MY_WEB_SERVICE.en), swapped(MY_WEB_SERVICE.zh));
const WRITE = write('service.yaml', MY_WEB_SERVICE.en, MY_WEB_SERVICE.zh);
const firstEndpointChain = (world: World): string | undefined => {
  const chain = chainOf(world);
  return chain && endpointChains(world, nodeOf(world), chain)[0]?.name;
};
const clusterIP = (world: World): string => serviceOf(world, SERVICE)?.spec.clusterIP ?? '';
const CALL = packet(`pod/${CLIENT}`, (w) => `${clusterIP(w)}:80`);

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
    { name: 'deployment.yaml', text: MY_WEB_APP },
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
          when: (w) => lastOutput(w)?.stderr.includes('Could not resolve host: my-web-service') ?? false,
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
        {
          id: 'called-pod',
          when: (w) => lastCall(w)?.pod !== undefined && lastCall(w)?.service === undefined,
        },
      ],
    },
  ],
  solution: {
    write: [right('too-early'), WRITE],
    'read-chain': [right('arrives-with'), pick(firstEndpointChain)],
    call: [CALL],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        write: [
          right('too-early'),
          type(
            'control',
            'kubectl expose deployment my-web-app --name=my-web-service --port=80 --target-port=8080',
          ),
        ],
        call: [type(CLIENT, 'curl -s http://my-web-service')],
      },
    },
    {
      name: 'with kubectl alone',
      solution: {
        write: [
          right('too-early'),
          write('service.yaml', '# later\n', '# later\n'),
          type('control', `cat <<'EOF' | kubectl apply -f -\n${MY_WEB_SERVICE.en}EOF`),
        ],
        call: [type('control', 'kubectl exec client -- curl -s http://my-web-service')],
      },
    },
  ],
  wrong: [
    wrong(
      'write',
      'selector-typo',
      'misspells the selector',
      right('too-early'),
      writeWith('app: my-web-app', 'app: my-web-ap'),
    ),
    wrong(
      'write',
      'wrong-target-port',
      'sends connections to the wrong port of the Pods',
      right('too-early'),
      writeWith('targetPort: 8080', 'targetPort: 8008'),
    ),
    wrong(
      'write',
      'wrong-target-port',
      'leaves targetPort out',
      right('too-early'),
      writeWith('      targetPort: 8080', '      #'),
    ),
    wrong('write', 'ports-swapped', 'swaps the ports', right('too-early'), SWAPPED),
    wrong(
      'write',
      'wrong-port',
      'takes another port for callers',
      right('too-early'),
      writeWith('port: 80 ', 'port: 81 '),
    ),
    wrong(
      'write',
      'exposed',
      'opens a NodePort',
      right('too-early'),
      writeWith('type: ClusterIP', 'type: NodePort'),
    ),
    wrong(
      'write',
      'no-selector',
      'forgets the selector',
      right('too-early'),
      writeWith('  selector:\n    app: my-web-app\n', ''),
    ),
    wrong(
      'write',
      'wrong-name',
      'gives it another name',
      right('too-early'),
      writeWith('name: my-web-service', 'name: web-service'),
    ),
    wrong('write', null, 'writes it without predicting', WRITE),
    wrong(
      'read-chain',
      'picked-choice-chain',
      'selects the chain that chooses',
      right('arrives-with'),
      pick((w) => chainOf(w)?.name),
    ),
    wrong(
      'read-chain',
      'picked-dispatcher',
      'selects KUBE-SERVICES',
      right('arrives-with'),
      pick(() => 'KUBE-SERVICES'),
    ),
    wrong(
      'call',
      'called-too-early',
      'calls it before it exists',
      type('control', 'kubectl delete service my-web-service'),
      type(CLIENT, 'curl http://my-web-service'),
    ),
    wrong(
      'call',
      'called-target-port',
      'calls the targetPort by name',
      type(CLIENT, 'curl -s -m 3 http://my-web-service:8080'),
    ),
    wrong(
      'call',
      'called-refused',
      'calls it while targetPort is wrong',
      writeWith('targetPort: 8080', 'targetPort: 8008'),
      CALL,
    ),
    wrong(
      'call',
      'called-refused',
      'calls it while the selector matches nothing',
      writeWith('app: my-web-app', 'app: my-web-ap'),
      CALL,
    ),
    wrong(
      'call',
      'called-target-port',
      'calls the targetPort',
      packet(`pod/${CLIENT}`, (w) => `${clusterIP(w)}:8080`),
    ),
    wrong(
      'call',
      'called-pod',
      'calls a Pod by its IP',
      packet(`pod/${CLIENT}`, (w) => `${readyEndpoints(w, SERVICE)[0]?.address ?? ''}:8080`),
    ),
    wrong(
      'call',
      'called-outside',
      'calls it from a node',
      packet('node/node-1', (w) => `${clusterIP(w)}:80`),
    ),
  ],
};
