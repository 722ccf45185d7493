// Lab 2.8: make a client stick to one Pod, find where the kernel keeps that, let it be forgotten, take the Pod away, and see whom
// the kernel takes for one client. Checks ask where connections go, so they hold in every mode of kube-proxy.
import { callsTo, lastCall, lastOutput } from '@/lib/course/calls';
import { all, endpointChains, expect, lastSelected, predicted, serviceChain } from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP } from '@/lib/course/lab-files';
import { packet, pick, predict, set, type, wait, write, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import {
  SERVICE,
  CLIENT,
  SECONDS,
  spec,
  affinity,
  endpoints,
  callers,
  split,
  stuck,
  nodeOf,
  noteOf,
  foundMemory,
  timeout,
  forgotten,
  waited,
  movedOn,
  deletedPod,
  balancers,
  nodePort,
  throughBalancer,
  perNode,
  behindNat,
  directly,
  lastFrom,
  fromOutside,
  toBalancer,
  toNode,
} from './checks';

const SERVICE_YAML = `apiVersion: v1
kind: Service
metadata:
  name: my-web-service
spec:
  type: LoadBalancer
  selector:
    app: my-web-app
  ports:
    - port: 80
      targetPort: 8080
      nodePort: 30080
`;

/** A cloud whose balancer opens connections of its own to the nodes. */
const CLOUD = `apiVersion: v1
kind: ConfigMap
metadata: { name: cloud-config, namespace: kube-system }
data:
  cloud.conf: |
    loadBalancer:
      ipMode: Proxy
`;

const PREDICTIONS = {
  'how-many': { correct: 0 },
  'every-20': { correct: 2 },
  'pod-gone': { correct: 1 },
  'behind-nat': { correct: 0 },
  'masq-order': { correct: 1 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);
const asked = (question: keyof typeof PREDICTIONS, check: (world: World) => CheckResult) => (world: World) =>
  all(
    () => check(world),
    () => expect(predicted(world, question), 'check.prediction'),
  );

const STICK = set('service.yaml', 'spec.sessionAffinity', 'ClientIP');
const TIMEOUT = set('service.yaml', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', SECONDS);
const clusterIP = (world: World): string => spec(world)?.clusterIP ?? '';
const CALL = packet(`pod/${CLIENT}`, (w) => `${clusterIP(w)}:80`);
const CURL = type(CLIENT, 'curl -s http://my-web-service');
const PATCH = `kubectl patch service my-web-service -p '{"spec":{"sessionAffinity":"ClientIP"}}'`;
const lastEndpoint = (world: World): string => split(callsTo(world, SERVICE).at(-1)?.endpoint ?? '/')[1];
const anotherPod = (world: World): string =>
  endpoints(world).find((e) => e.pod !== lastEndpoint(world))?.pod ?? '';
const viaBalancer = (last: number): Step =>
  packet(`external/203.0.113.${last}`, (w) => `${balancers(w)[0] ?? ''}:80`);
const viaNode = (last: number, node = 11): Step =>
  packet(`external/203.0.113.${last}`, (w) => `192.168.10.${node}:${nodePort(w)}`);
const setReplicas = (n: number): Step => set('deployment.yaml', 'spec.replicas', n);

export const lab: Lab = {
  id: '2.8',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: SERVICE_YAML },
    { name: 'deployment.yaml', text: MY_WEB_APP.replace('replicas: 3', 'replicas: 4') },
  ],
  background: [
    { name: 'cloud.yaml', text: CLOUD },
    { name: 'client.yaml', text: CLIENT_POD.replace('spec:\n', 'spec:\n  nodeName: node-1\n') },
  ],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'stick',
      check: asked('how-many', stuck),
      mistakes: [
        {
          id: 'affinity-misspelt',
          when: (w) =>
            w.problems.some((p) => p.message?.includes('spec.sessionAffinity: Unsupported value') ?? false),
        },
        { id: 'one-pod', when: (w) => affinity(w) === 'ClientIP' && endpoints(w).length === 1 },
        { id: 'called-pod', when: (w) => lastCall(w)?.pod !== undefined },
        {
          id: 'called-before',
          when: (w) => affinity(w) === 'ClientIP' && callers(w).length > 0 && stuck(w) !== true,
        },
      ],
    },
    {
      id: 'memory',
      check: foundMemory,
      mistakes: [
        {
          id: 'read-conntrack',
          when: (w) => lastOutput(w)?.stderr.includes('flow entries have been shown') ?? false,
        },
        {
          id: 'other-node',
          when: (w) => {
            const last = lastOutput(w);
            return (
              last !== undefined &&
              last.exit === 0 &&
              w.nodes.includes(last.terminal) &&
              callers(w).some(({ pod }) => nodeOf(w, pod) !== last.terminal)
            );
          },
        },
        { id: 'other-endpoint', when: (w) => /^(KUBE-SEP-|endpoint-)/.test(lastSelected(w) ?? '') },
      ],
    },
    {
      id: 'timeout',
      check: asked('every-20', forgotten),
      mistakes: [
        {
          id: 'timeout-wrong-place',
          when: (w) =>
            w.problems.some((p) => /unknown field "[^"]*(timeout|clientIP)/i.test(p.message ?? '')),
        },
        {
          id: 'timeout-range',
          when: (w) =>
            w.problems.some(
              (p) => p.message?.includes('must be greater than 0 and less than 86400') ?? false,
            ),
        },
        {
          id: 'affinity-off',
          when: (w) => w.done.includes('stick') && affinity(w) === 'None' && w.problems.length === 0,
        },
        { id: 'time-renewed', when: (w) => timeout(w) === SECONDS && waited(w) > SECONDS * 1000 },
      ],
    },
    {
      id: 'lost',
      check: asked('pod-gone', movedOn),
      mistakes: [
        {
          id: 'deleted-other',
          when: (w) => {
            const pod = deletedPod(w);
            return (
              pod !== undefined &&
              callers(w).some(({ calls }) => calls.length > 0) &&
              !callers(w).some(({ calls }) => calls.at(-1)?.endpoint === `default/${pod}`)
            );
          },
        },
        { id: 'nobody-left', when: (w) => endpoints(w).length === 0 },
      ],
    },
    {
      id: 'nat',
      check: asked('behind-nat', behindNat),
      mistakes: [
        { id: 'not-outside', when: (w) => toBalancer(w) && !fromOutside(w) },
        { id: 'same-address', when: (w) => toBalancer(w) && throughBalancer(w) === 1 },
        { id: 'to-node', when: (w) => fromOutside(w) && toNode(w) },
      ],
    },
    {
      id: 'direct',
      check: asked('masq-order', directly),
      mistakes: [
        { id: 'cluster-ip-outside', when: (w) => fromOutside(w) && lastFrom(w)?.to === clusterIP(w) },
        { id: 'several-nodes', when: (w) => fromOutside(w) && perNode(w).filter((n) => n > 0).length > 1 },
        { id: 'through-balancer', when: (w) => fromOutside(w) && toBalancer(w) },
      ],
    },
  ],
  solution: {
    stick: [right('how-many'), STICK, CALL, CALL],
    memory: [type('node-1', 'grep . /proc/net/xt_recent/*')],
    timeout: [right('every-20'), TIMEOUT, CALL, wait(SECONDS + 1)],
    lost: [right('pod-gone'), CALL, type('control', (w) => `kubectl delete pod ${lastEndpoint(w)}`), CALL],
    nat: [right('behind-nat'), viaBalancer(7), viaBalancer(8), viaBalancer(9)],
    direct: [right('masq-order'), viaNode(7), viaNode(8), viaNode(9)],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        stick: [right('how-many'), type('control', PATCH), CURL, CURL],
        memory: [pick((w) => noteOf(w, CLIENT))],
        timeout: [
          right('every-20'),
          type(
            'control',
            `kubectl patch service my-web-service -p '{"spec":{"sessionAffinityConfig":{"clientIP":{"timeoutSeconds":${SECONDS}}}}}'`,
          ),
          type(CLIENT, 'sleep 31'),
        ],
        lost: [
          right('pod-gone'),
          CURL,
          type('control', (w) => `kubectl label pod ${lastEndpoint(w)} app-`),
          CURL,
        ],
      },
    },
    {
      name: 'with kubectl apply and exec',
      solution: {
        stick: [
          right('how-many'),
          type(
            'control',
            `cat <<'EOF' | kubectl apply -f -\n${SERVICE_YAML}  sessionAffinity: ClientIP\nEOF`,
          ),
          type('control', 'kubectl exec client -- curl -s http://my-web-service'),
          type('control', 'kubectl exec client -- curl -s http://my-web-service'),
        ],
        memory: [type('node-1', (w) => `cat /proc/net/xt_recent/${noteOf(w, CLIENT) ?? ''}`)],
        timeout: [
          right('every-20'),
          write(
            'service.yaml',
            `${SERVICE_YAML}  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 30\n`,
            `${SERVICE_YAML}  sessionAffinity: ClientIP\n  sessionAffinityConfig:\n    clientIP:\n      timeoutSeconds: 30\n`,
          ),
          wait(60),
        ],
      },
    },
  ],
  wrong: [
    wrong(
      'stick',
      'affinity-misspelt',
      'misspells ClientIP',
      right('how-many'),
      set('service.yaml', 'spec.sessionAffinity', 'clientIP'),
      CALL,
    ),
    wrong('stick', 'one-pod', 'leaves one Pod only', right('how-many'), STICK, setReplicas(1), CALL, CALL),
    wrong(
      'stick',
      'called-pod',
      'calls a Pod by its IP',
      right('how-many'),
      STICK,
      packet(`pod/${CLIENT}`, (w) => `${endpoints(w)[0]?.address ?? ''}:8080`),
    ),
    wrong(
      'stick',
      'called-before',
      'calls first and sets the affinity afterwards',
      right('how-many'),
      CALL,
      CALL,
      STICK,
    ),
    wrong('stick', null, 'does not predict', STICK, CALL, CALL),
    wrong('memory', 'read-conntrack', 'looks into the conntrack table', type('node-1', 'conntrack -L')),
    wrong('memory', 'other-node', 'looks on another node', type('node-2', 'cat /proc/net/xt_recent/*')),
    wrong(
      'memory',
      'other-endpoint',
      'selects the chain of another Pod',
      pick((w) => {
        const chain = serviceChain(w, 'node-1', SERVICE);
        return chain && endpointChains(w, 'node-1', chain).find((c) => c.name !== noteOf(w, CLIENT))?.name;
      }),
    ),
    wrong(
      'timeout',
      'timeout-wrong-place',
      'puts timeoutSeconds beside sessionAffinity',
      right('every-20'),
      set('service.yaml', 'spec.timeoutSeconds', SECONDS),
    ),
    wrong(
      'timeout',
      'timeout-range',
      'sets it to zero',
      right('every-20'),
      set('service.yaml', 'spec.sessionAffinityConfig.clientIP.timeoutSeconds', 0),
    ),
    wrong(
      'timeout',
      'affinity-off',
      'takes the affinity away instead',
      right('every-20'),
      write('service.yaml', SERVICE_YAML, SERVICE_YAML),
    ),
    wrong(
      'timeout',
      'time-renewed',
      'calls again before the time is up',
      right('every-20'),
      TIMEOUT,
      CALL,
      wait(20),
      CALL,
      wait(20),
    ),
    wrong('timeout', null, 'sets it and does not wait', right('every-20'), TIMEOUT, CALL),
    wrong(
      'lost',
      'deleted-other',
      'deletes another Pod',
      right('pod-gone'),
      CALL,
      type('control', (w) => `kubectl delete pod ${anotherPod(w)}`),
    ),
    wrong('lost', 'nobody-left', 'scales to zero', right('pod-gone'), CALL, setReplicas(0), CALL),
    wrong(
      'lost',
      null,
      'deletes the Pod and does not call again',
      right('pod-gone'),
      CALL,
      type('control', (w) => `kubectl delete pod ${lastEndpoint(w)}`),
    ),
    wrong(
      'nat',
      'not-outside',
      'calls the balancer from a node',
      right('behind-nat'),
      packet('node/node-1', (w) => `${balancers(w)[0] ?? ''}:80`),
    ),
    wrong(
      'nat',
      'same-address',
      'calls three times from one address',
      right('behind-nat'),
      viaBalancer(7),
      viaBalancer(7),
      viaBalancer(7),
    ),
    wrong('nat', 'to-node', 'calls the node', right('behind-nat'), viaNode(7), viaNode(8), viaNode(9)),
    wrong(
      'direct',
      'cluster-ip-outside',
      'calls the clusterIP from outside',
      right('masq-order'),
      packet('external/203.0.113.7', (w) => `${clusterIP(w)}:80`),
    ),
    wrong(
      'direct',
      'several-nodes',
      'calls a different node each time',
      right('masq-order'),
      viaNode(7, 11),
      viaNode(8, 12),
      viaNode(9, 13),
    ),
    wrong(
      'direct',
      'through-balancer',
      'goes through the balancer again',
      right('masq-order'),
      viaBalancer(7),
      viaBalancer(8),
      viaBalancer(9),
    ),
  ],
};
