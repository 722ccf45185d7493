// Lab 1.5: one application behind five types of Service; who reaches which of them, from where.
import { serviceOf } from '@/lib/course/checks';
import { CLIENT_POD, MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { predict, type, write, wrong } from '@/lib/course/lab-steps';
import type { Lab, Step, World } from '@/lib/course/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import {
  addressGiven,
  addressOf,
  aliased,
  ALIASED,
  BALANCER,
  byAlias,
  byBalancer,
  byFreeNode,
  byHeadless,
  calledBusyNode,
  calledPort80,
  CLIENT,
  cloudTooEarly,
  freeNodes,
  headlessOn80,
  insideOnly,
  ipAsName,
  keptClusterIP,
  nameOutside,
  NODE_PORT,
  opened,
  pending,
  selectsNobody,
  shortName,
  told,
  WEB,
  wished,
  withoutAddress,
  wrongNamespace,
} from './checks';

const PREDICTIONS = {
  'who-reaches': { correct: 1 },
  'empty-node': { correct: 2 },
  'no-cloud': { correct: 2 },
  'rules-of-alias': { correct: 2 },
  'no-translation': { correct: 1 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

const kubectl = (line: string): Step => type('control', `kubectl ${line}`);
const file = (text: string): Step => write('more.yaml', text, text);
const service = (name: string, spec: string): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
const PORTS = '  selector:\n    app: my-web-app\n  ports:\n    - port: 80\n      targetPort: 8080\n';
const NODE_PORT_FILE = service('web-nodeport', `  type: NodePort\n${PORTS}      nodePort: 30080\n`);
const BALANCER_FILE = `${NODE_PORT_FILE}---\n${service('web-balancer', `  type: LoadBalancer\n${PORTS}`)}`;
const CLOUD_FILE = `${BALANCER_FILE}---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cloud-config\n  namespace: kube-system\n`;
const alias = (name: string): string =>
  `${CLOUD_FILE}---\n${service('web-alias', `  type: ExternalName\n  externalName: ${name}\n`)}`;
const HEADLESS_FILE = `${alias(ALIASED)}---\n${service('web-headless', '  clusterIP: None\n  selector:\n    app: my-web-app\n  ports:\n    - port: 8080\n')}`;

const ipOf = (world: World): string => serviceOf(world, WEB)?.spec.clusterIP ?? '';
const INSIDE = kubectl('exec client -- curl -s http://my-web-service');
const OUTSIDE = type('control', (w) => `curl -m 3 http://${ipOf(w)}`);
const freeNode = (world: World): string => addressOf(freeNodes(world)[0]);
const busyNode = (world: World): string => {
  const free = new Set(freeNodes(world).map(addressOf));
  return world.nodes.map((_, i) => `192.168.10.${11 + i}`).find((ip) => !free.has(ip)) ?? '';
};
const portOf = (world: World): number => serviceOf(world, NODE_PORT)?.spec.ports?.[0]?.nodePort ?? 0;
const CALL_FREE = type('control', (w) => `curl -s http://${freeNode(w)}:${portOf(w)}`);
const publicIP = (world: World): string =>
  serviceOf(world, BALANCER)?.status?.loadBalancer?.ingress?.[0]?.ip ?? '';
const CALL_BALANCER = type('control', (w) => `curl -s http://${publicIP(w)}`);
const LOOK = kubectl('get svc');
const CALL_ALIAS = kubectl('exec client -- curl -s http://web-alias');
const CALL_HEADLESS = type(CLIENT, 'curl -s http://web-headless:8080');

export const lab: Lab = {
  id: '1.5',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP.replace('replicas: 3', 'replicas: 2') },
    {
      name: 'more.yaml',
      text: '# Tasks 2 to 6: further Services, with a line --- between one and the next.\n',
      translations: { zh: '# 任务 2 到 6：其他 Service，彼此之间用一行 --- 隔开。\n' },
    },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  tasks: [
    { id: 'clusterip', check: insideOnly, mistakes: [{ id: 'name-outside', when: nameOutside }] },
    {
      id: 'nodeport',
      check: byFreeNode,
      state: opened,
      mistakes: [
        { id: 'out-of-range', when: (w) => told(w, /not in the valid range/) },
        { id: 'selects-nobody', when: (w) => selectsNobody(w, NODE_PORT) },
        { id: 'port-80', when: calledPort80 },
        { id: 'busy-node', when: calledBusyNode },
      ],
    },
    {
      id: 'pending',
      check: pending,
      state: wished,
      mistakes: [
        { id: 'balancer-selects-nobody', when: (w) => selectsNobody(w, BALANCER) },
        { id: 'cloud-too-early', when: cloudTooEarly },
      ],
    },
    {
      id: 'balancer',
      check: byBalancer,
      state: addressGiven,
      mistakes: [{ id: 'wrong-namespace', when: wrongNamespace }],
    },
    {
      id: 'externalname',
      check: byAlias,
      state: aliased,
      mistakes: [
        { id: 'ip-as-name', when: ipAsName },
        { id: 'short-name', when: shortName },
      ],
    },
    {
      id: 'headless',
      check: byHeadless,
      state: withoutAddress,
      mistakes: [
        { id: 'kept-cluster-ip', when: keptClusterIP },
        { id: 'headless-80', when: headlessOn80 },
      ],
    },
  ],
  solution: {
    clusterip: [right('who-reaches'), INSIDE, OUTSIDE],
    nodeport: [right('empty-node'), file(NODE_PORT_FILE), CALL_FREE],
    pending: [right('no-cloud'), file(BALANCER_FILE), LOOK],
    balancer: [
      kubectl('create configmap cloud-config -n kube-system'),
      type('control', 'sleep 10'),
      CALL_BALANCER,
    ],
    externalname: [right('rules-of-alias'), file(alias(ALIASED)), CALL_ALIAS],
    headless: [right('no-translation'), file(HEADLESS_FILE), CALL_HEADLESS],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        clusterip: [
          right('who-reaches'),
          type('control', (w) => `curl -s --connect-timeout 2 ${ipOf(w)}:80`),
          type(CLIENT, 'curl http://my-web-service.default'),
        ],
        nodeport: [
          right('empty-node'),
          kubectl(
            'expose deployment my-web-app --name=web-nodeport --port=80 --target-port=8080 --type=NodePort',
          ),
          CALL_FREE,
        ],
        pending: [
          right('no-cloud'),
          kubectl(
            'expose deployment my-web-app --name=web-balancer --port=80 --target-port=8080 --type=LoadBalancer',
          ),
          kubectl('get services -o wide'),
        ],
        externalname: [
          right('rules-of-alias'),
          kubectl(`create service externalname web-alias --external-name=${ALIASED}`),
          type(CLIENT, 'curl http://web-alias.default.svc.cluster.local'),
        ],
        headless: [
          right('no-translation'),
          kubectl('expose deployment my-web-app --name=web-headless --cluster-ip=None --port=8080'),
          kubectl('exec client -- curl -s web-headless:8080'),
        ],
      },
    },
    {
      name: 'with the ConfigMap in the editor',
      solution: { balancer: [file(CLOUD_FILE), type('control', 'sleep 10'), CALL_BALANCER] },
    },
  ],
  wrong: [
    wrong(
      'clusterip',
      'name-outside',
      'calls the name from outside',
      right('who-reaches'),
      INSIDE,
      type('control', 'curl -s -S http://my-web-service'),
    ),
    wrong('clusterip', null, 'does not predict', INSIDE, OUTSIDE),
    wrong('clusterip', null, 'calls from inside only', right('who-reaches'), INSIDE),
    wrong(
      'nodeport',
      'out-of-range',
      'wants port 8080 on the nodes',
      right('empty-node'),
      file(NODE_PORT_FILE.replace('30080', '8080')),
    ),
    wrong(
      'nodeport',
      'selects-nobody',
      'lets kubectl create service choose the selector',
      right('empty-node'),
      kubectl('create service nodeport web-nodeport --tcp=80:8080'),
      type('control', (w) => `curl -m 3 http://${freeNode(w)}:${portOf(w)}`),
    ),
    wrong(
      'nodeport',
      'port-80',
      'calls port 80 of a node',
      right('empty-node'),
      file(NODE_PORT_FILE),
      type('control', (w) => `curl http://${freeNode(w)}`),
    ),
    wrong(
      'nodeport',
      'busy-node',
      'calls a node that has a Pod',
      right('empty-node'),
      file(NODE_PORT_FILE),
      type('control', (w) => `curl http://${busyNode(w)}:${portOf(w)}`),
    ),
    wrong(
      'pending',
      'balancer-selects-nobody',
      'lets kubectl create service choose the selector',
      right('no-cloud'),
      kubectl('create service loadbalancer web-balancer --tcp=80:8080'),
      LOOK,
    ),
    wrong(
      'pending',
      'cloud-too-early',
      'makes the cloud before the Service',
      right('no-cloud'),
      kubectl('create configmap cloud-config -n kube-system'),
      file(BALANCER_FILE),
      type('control', 'sleep 10'),
      LOOK,
    ),
    wrong('pending', null, 'does not look', right('no-cloud'), file(BALANCER_FILE)),
    wrong(
      'balancer',
      'wrong-namespace',
      'forgets the namespace',
      kubectl('create configmap cloud-config'),
      type('control', 'sleep 10'),
      LOOK,
    ),
    wrong(
      'externalname',
      'ip-as-name',
      'writes an IP',
      right('rules-of-alias'),
      (w) => ({
        kind: 'shell',
        terminal: 'control',
        line: `kubectl create service externalname web-alias --external-name=${ipOf(w)}`,
      }),
      CALL_ALIAS,
    ),
    wrong(
      'externalname',
      'short-name',
      'writes the short name',
      right('rules-of-alias'),
      file(alias('my-web-service')),
      CALL_ALIAS,
    ),
    wrong('externalname', null, 'does not call it', right('rules-of-alias'), file(alias(ALIASED))),
    wrong(
      'headless',
      'kept-cluster-ip',
      'forgets clusterIP: None',
      right('no-translation'),
      kubectl('expose deployment my-web-app --name=web-headless --port=8080'),
      CALL_HEADLESS,
    ),
    wrong(
      'headless',
      'headless-80',
      'counts on port 80',
      right('no-translation'),
      file(HEADLESS_FILE.replace('- port: 8080', '- port: 80\n      targetPort: 8080')),
      kubectl('exec client -- curl -s http://web-headless'),
    ),
  ],
};
