// Lab 1.1: a client that knows a Pod by its IP loses it; one that knows a Service by its name does not notice.
import { calls, lastCall, lastOutput, stops, type MadeCall } from '@/lib/course/calls';
import { all, expect, predicted, readyEndpoints, readyPods, serviceOf } from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { packet, predict, set, type, write, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import type { Pod, Service } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';

const SERVICE = 'default/my-web-service';
const CLIENT = 'default/client';
const APP = 'my-web-app';

const isWeb = ({ metadata }: Pod): boolean => metadata.labels?.['app'] === APP;
const webPods = (world: World): readonly Pod[] => world.list<Pod>('Pod', 'default').filter(isWeb);
const readyWeb = (world: World): readonly Pod[] => readyPods(world, 'default').filter(isWeb);
const ipOf = (pod: Pod | undefined): string => pod?.status?.podIP ?? '';
const livesAt = (world: World, ip: string): boolean => webPods(world).some((pod) => ipOf(pod) === ip);

/** Calls of the client to a Pod's own address, answered. */
const toPods = (world: World): readonly MadeCall[] =>
  calls(world).filter(
    (c) =>
      c.answered &&
      c.from.pod === CLIENT &&
      c.service === undefined &&
      c.endpoint?.startsWith(`default/${APP}-`),
  );
/** The address that the client came to know, and that no Pod has any more. */
const lostAddress = (world: World): string | undefined =>
  toPods(world).findLast(({ to }) => !livesAt(world, to))?.to;
/** Its calls to that address that nobody answered. */
const inVain = (world: World): readonly MadeCall[] => {
  const lost = lostAddress(world);
  return calls(world).filter((c) => c.to === lost && c.from.pod === CLIENT && !c.answered);
};

// Task call-ip
const calledPod = (world: World): CheckResult => expect(toPods(world).length > 0, 'not-called');

// Task lose
function lost(world: World): CheckResult {
  const known = toPods(world).at(-1)?.to ?? '';
  return all(
    () => expect(predicted(world, 'after-delete'), 'check.prediction'),
    () => expect(lostAddress(world) !== undefined, 'still-there', { ip: known }),
    () => expect(inVain(world).length > 0, 'call-again', { ip: lostAddress(world) ?? '' }),
  );
}
/** A Pod has been stopped, but not the one that the client knows. */
const deletedOther = (world: World): boolean =>
  lostAddress(world) === undefined && stops(world, 'default').some(({ pod }) => pod.startsWith(`${APP}-`));

// Task find
function found(world: World): CheckResult {
  const since = inVain(world).at(0)?.at ?? Infinity;
  return expect(
    toPods(world).some((c) => c.at >= since && c.to !== lostAddress(world)),
    'not-found',
  );
}

// Task service
function served(world: World): CheckResult {
  const [have, want] = [readyEndpoints(world, SERVICE).length, readyWeb(world).length];
  return all(
    () => expect(serviceOf(world, SERVICE) !== undefined, 'no-service'),
    () => expect(have > 0 && have === want, 'check.endpoints', { have, want }),
    () => expect(answersOn80(world), 'not-answering'),
  );
}
const answersOn80 = (world: World): boolean =>
  world.connect({ pod: CLIENT }, { service: SERVICE, port: 80 })?.verdict === 'delivered';
const has = (world: World): boolean => serviceOf(world, SERVICE) !== undefined;
const misnamed = (world: World): boolean =>
  !has(world) && world.list<Service>('Service', 'default').some((s) => s.metadata.name !== 'kubernetes');

// Task survive
const byName = (world: World): readonly MadeCall[] =>
  calls(world).filter((c) => c.service === SERVICE && c.from.pod === CLIENT && c.answered);
const second = (ms: number): number => Math.floor(ms / 1000);

function survived(world: World): CheckResult {
  const first = byName(world).at(0)?.at ?? Infinity;
  const since = stops(world, 'default')
    .filter(({ pod, at }) => pod.startsWith(`${APP}-`) && at >= second(first) * 1000)
    .map(({ at }) => at);
  return all(
    () => expect(predicted(world, 'survives'), 'check.prediction'),
    () => expect(first < Infinity, 'not-called-name'),
    () => expect(since.length > 0, 'not-deleted'),
    () =>
      expect(
        byName(world).some((c) => since.some((at) => second(c.at) > second(at))),
        'not-again',
      ),
  );
}

const PREDICTIONS = { 'after-delete': { correct: 2 }, survives: { correct: 0 } } as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

const WRITE = write('service.yaml', MY_WEB_SERVICE.en, MY_WEB_SERVICE.zh);
const writeWith = (from: string, to: string): Step =>
  write('service.yaml', MY_WEB_SERVICE.en.replaceAll(from, to), MY_WEB_SERVICE.zh.replaceAll(from, to));
const firstPod = (world: World): Pod | undefined => readyWeb(world)[0];
/** The Pod whose address the client called last; else the first. */
const knownPod = (world: World): Pod | undefined =>
  webPods(world).find((pod) => ipOf(pod) === toPods(world).at(-1)?.to) ?? firstPod(world);
const call = (ip: (world: World) => string, more = ':8080'): Step =>
  type('control', (w) => `kubectl exec client -- curl -s http://${ip(w)}${more}`);
const drop = (pod: (world: World) => Pod | undefined): Step =>
  type('control', (w) => `kubectl delete pod ${pod(w)?.metadata.name ?? ''}`);
const lastKnown = (world: World): string => toPods(world).at(-1)?.to ?? '';
const clusterIP = (world: World): string => serviceOf(world, SERVICE)?.spec.clusterIP ?? '';
const CALL_NAME = type(CLIENT, 'curl -s http://my-web-service');

export const lab: Lab = {
  id: '1.1',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'deployment.yaml', text: MY_WEB_APP },
    {
      name: 'service.yaml',
      text: '# Task 4: the Service my-web-service.\n',
      translations: { zh: '# 任务 4：Service my-web-service。\n' },
    },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'call-ip',
      check: calledPod,
      mistakes: [
        {
          id: 'called-deployment',
          when: (w) => lastOutput(w)?.stderr.includes('Could not resolve host') ?? false,
        },
        { id: 'called-80', when: (w) => lastCall(w)?.pod !== undefined && lastCall(w)?.port === 80 },
        {
          id: 'called-from-elsewhere',
          when: (w) => lastCall(w) !== undefined && lastCall(w)?.from.pod !== CLIENT,
        },
      ],
    },
    {
      id: 'lose',
      check: lost,
      mistakes: [
        { id: 'scaled-down', when: (w) => lostAddress(w) !== undefined && webPods(w).length === 0 },
        { id: 'deleted-other', when: deletedOther },
      ],
    },
    {
      id: 'find',
      check: found,
      mistakes: [
        { id: 'old-ip', when: (w) => inVain(w).length > 1 && lastCall(w)?.to === lostAddress(w) },
        { id: 'found-80', when: (w) => lastCall(w)?.pod !== undefined && lastCall(w)?.port === 80 },
      ],
    },
    {
      id: 'service',
      check: served,
      state: served,
      mistakes: [
        { id: 'wrong-name', when: misnamed },
        {
          id: 'selector-typo',
          when: (w) => has(w) && readyWeb(w).length > 0 && readyEndpoints(w, SERVICE).length === 0,
        },
        {
          id: 'wrong-port',
          when: (w) => has(w) && !(serviceOf(w, SERVICE)?.spec.ports ?? []).some((p) => p.port === 80),
        },
        { id: 'wrong-target-port', when: (w) => has(w) && !answersOn80(w) },
      ],
    },
    {
      id: 'survive',
      check: survived,
      mistakes: [
        { id: 'deleted-service', when: (w) => !has(w) },
        {
          id: 'still-by-ip',
          when: (w) => lastCall(w)?.from.pod === CLIENT && lastCall(w)?.service === undefined,
        },
        { id: 'nobody-left', when: (w) => has(w) && readyWeb(w).length === 0 },
      ],
    },
  ],
  solution: {
    'call-ip': [call((w) => ipOf(firstPod(w)))],
    lose: [right('after-delete'), drop(knownPod), call(lastKnown)],
    find: [call((w) => ipOf(firstPod(w)))],
    service: [WRITE],
    survive: [right('survives'), CALL_NAME, drop(firstPod), CALL_NAME],
  },
  otherWays: [
    {
      name: 'in the Pod’s console and with packets',
      solution: {
        'call-ip': [packet(`pod/${CLIENT}`, (w) => `${ipOf(firstPod(w))}:8080`)],
        lose: [
          right('after-delete'),
          type('control', 'kubectl rollout restart deployment my-web-app'),
          packet(`pod/${CLIENT}`, (w) => `${lastKnown(w)}:8080`),
        ],
        find: [type(CLIENT, (w) => `curl http://${ipOf(firstPod(w))}:8080`)],
        service: [
          type(
            'control',
            'kubectl expose deployment my-web-app --name=my-web-service --port=80 --target-port=8080',
          ),
        ],
        survive: [
          right('survives'),
          packet(`pod/${CLIENT}`, (w) => `${clusterIP(w)}:80`),
          type('control', 'kubectl delete pod -l app=my-web-app'),
          type('control', 'kubectl exec client -- curl -s http://my-web-service.default'),
        ],
      },
    },
    {
      name: 'with scaling, a timeout of one’s own and kubectl create',
      solution: {
        lose: [
          right('after-delete'),
          type(
            'control',
            (w) => `kubectl delete pod ${knownPod(w)?.metadata.name ?? ''} --force --grace-period=0`,
          ),
          type(CLIENT, (w) => `curl -m 2 http://${lastKnown(w)}:8080`),
        ],
        service: [
          type('control', 'kubectl create service clusterip my-web-service --tcp=80:8080'),
          type('control', 'kubectl set selector service my-web-service app=my-web-app'),
        ],
        survive: [
          right('survives'),
          CALL_NAME,
          set('deployment.yaml', 'spec.replicas', 1),
          set('deployment.yaml', 'spec.replicas', 3),
          type('control', 'sleep 2'),
          CALL_NAME,
        ],
      },
    },
  ],
  wrong: [
    wrong(
      'call-ip',
      'called-deployment',
      'calls the Deployment by its name',
      type(CLIENT, 'curl http://my-web-app:8080'),
    ),
    wrong(
      'call-ip',
      'called-80',
      'forgets the port',
      call((w) => ipOf(firstPod(w)), ''),
    ),
    wrong(
      'call-ip',
      'called-from-elsewhere',
      'calls from a node',
      type('node-1', (w) => `curl -s http://${ipOf(firstPod(w))}:8080`),
    ),
    wrong(
      'lose',
      'deleted-other',
      'deletes another Pod',
      right('after-delete'),
      drop((w) => readyWeb(w).find((pod) => ipOf(pod) !== lastKnown(w))),
      call(lastKnown),
    ),
    wrong(
      'lose',
      'scaled-down',
      'scales to zero',
      right('after-delete'),
      set('deployment.yaml', 'spec.replicas', 0),
    ),
    wrong('lose', null, 'deletes it without predicting', drop(knownPod), call(lastKnown)),
    wrong('lose', null, 'does not call again', right('after-delete'), drop(knownPod)),
    wrong(
      'find',
      'old-ip',
      'tries the old address once more',
      call((w) => lostAddress(w) ?? ''),
    ),
    wrong(
      'find',
      'found-80',
      'calls port 80 of a Pod',
      call((w) => ipOf(firstPod(w)), ''),
    ),
    wrong('service', 'wrong-name', 'gives it another name', writeWith('name: my-web-service', 'name: web')),
    wrong(
      'service',
      'selector-typo',
      'misspells the selector',
      writeWith('app: my-web-app', 'app: my-webapp'),
    ),
    wrong(
      'service',
      'wrong-port',
      'puts the Service on 8080',
      type('control', 'kubectl expose deployment my-web-app --name=my-web-service --port=8080'),
    ),
    wrong(
      'service',
      'wrong-target-port',
      'leaves targetPort out',
      type(
        'control',
        'kubectl expose deployment my-web-app --name=my-web-service --port=80 --target-port=80',
      ),
    ),
    wrong(
      'survive',
      'still-by-ip',
      'goes on with the IP',
      right('survives'),
      drop(firstPod),
      call((w) => ipOf(firstPod(w))),
    ),
    wrong(
      'survive',
      'deleted-service',
      'deletes the Service',
      right('survives'),
      CALL_NAME,
      type('control', 'kubectl delete service my-web-service'),
    ),
    wrong(
      'survive',
      'nobody-left',
      'takes all Pods away',
      right('survives'),
      CALL_NAME,
      type('control', 'kubectl scale deployment my-web-app --replicas=0'),
      CALL_NAME,
    ),
    wrong('survive', null, 'deletes no Pod', right('survives'), CALL_NAME, CALL_NAME),
    wrong(
      'survive',
      null,
      'deletes a Pod before the first call by name',
      right('survives'),
      drop(firstPod),
      CALL_NAME,
    ),
  ],
};
