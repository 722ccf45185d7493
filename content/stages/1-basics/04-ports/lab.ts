// Lab 1.4: two versions of an application that listen on different ports behind one Service port; a second protocol on the same number;
// a port of the nodes.
import { callsTo } from '@/lib/course/calls';
import { serviceOf } from '@/lib/course/checks';
import { CLIENT_POD } from '@/lib/course/lab-files';
import { predict, set, type, write, wrong } from '@/lib/course/lab-steps';
import type { Lab, Step } from '@/lib/course/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import {
  SERVICE,
  CLIENT,
  tcp80,
  udp80,
  versions,
  resolved,
  sawBoth,
  allAnswer,
  named,
  lacksName,
  bothProtocols,
  spoken,
  told,
  toNodes,
  opened,
  reachedFromOutside,
  lostPort,
} from './checks';
import { NAMED_SERVICE, SERVICE_AT_START, V1, V2, WHOLE_SERVICE } from './files';

const PREDICTIONS = {
  half: { correct: 1 },
  slices: { correct: 1 },
  'same-number': { correct: 1 },
  'which-port': { correct: 2 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);

const kubectl = (line: string): Step => type('control', `kubectl ${line}`);
const service = (text: string): Step => write('service.yaml', text, text);
const TWENTY = type(CLIENT, 'for i in $(seq 20); do curl -s http://my-web-service; done');
const UDP = type(CLIENT, 'nc -zvu my-web-service 80');
const FROM_CONTROL = type('control', 'curl -s http://192.168.10.11:30080');
const NAME_V2 = set('web-v2.yaml', 'spec.template.spec.containers[0].ports[0].name', 'http');
const patch = (...operations: readonly unknown[]): Step =>
  kubectl(`patch svc my-web-service --type=json -p '${JSON.stringify(operations)}'`);
const UDP_PORT = { name: 'stats', protocol: 'UDP', port: 80, targetPort: 'stats' };

export const lab: Lab = {
  id: '1.4',
  versions: LEARNER_VERSIONS,
  start: [
    { name: 'service.yaml', text: SERVICE_AT_START },
    { name: 'web-v1.yaml', text: V1 },
    { name: 'web-v2.yaml', text: V2 },
  ],
  background: [{ name: 'client.yaml', text: CLIENT_POD }],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'mixed',
      check: sawBoth,
      mistakes: [
        {
          id: 'called-target-port',
          when: (w) => callsTo(w, SERVICE).length > 0 && callsTo(w, SERVICE).at(-1)?.port !== 80,
        },
        {
          id: 'fixed-first',
          when: (w) => typeof tcp80(w)?.targetPort === 'string' && lacksName(w) === false,
        },
      ],
    },
    {
      id: 'name',
      check: named,
      state: allAnswer,
      mistakes: [
        { id: 'moved-number', when: (w) => tcp80(w)?.targetPort === 9090 },
        {
          id: 'named-service-port',
          when: (w) => tcp80(w)?.targetPort === 8080 && tcp80(w)?.name !== undefined,
        },
        { id: 'lacks-name', when: lacksName },
        {
          id: 'dropped-v2',
          when: (w) =>
            versions(w).size < 2 || serviceOf(w, SERVICE)?.spec.selector?.['version'] !== undefined,
        },
      ],
    },
    {
      id: 'udp',
      check: spoken,
      state: bothProtocols,
      mistakes: [
        { id: 'names-required', when: (w) => told(w, /ports\[\d\]\.name: Required value/) },
        { id: 'same-protocol', when: (w) => told(w, /Duplicate value/) },
        { id: 'lost-a-port', when: lostPort },
        {
          id: 'udp-no-target',
          when: (w) => udp80(w) !== undefined && resolved(w, udp80(w)).join() !== '8125',
        },
      ],
    },
    {
      id: 'outside',
      check: reachedFromOutside,
      state: opened,
      mistakes: [
        { id: 'out-of-range', when: (w) => told(w, /not in the valid range/) },
        { id: 'needs-type', when: (w) => told(w, /may not be used when `?type`? is 'ClusterIP'/) },
        {
          id: 'called-other-port',
          when: (w) =>
            (tcp80(w)?.nodePort ?? 0) > 0 && toNodes(w).length > 0 && toNodes(w).at(-1)?.answered === false,
        },
      ],
    },
  ],
  solution: {
    mixed: [right('half'), TWENTY],
    name: [right('slices'), NAME_V2, service(NAMED_SERVICE), TWENTY],
    udp: [right('same-number'), service(WHOLE_SERVICE), UDP],
    outside: [
      right('which-port'),
      set('service.yaml', 'spec.type', 'NodePort'),
      set('service.yaml', 'spec.ports[0].nodePort', 30_080),
      FROM_CONTROL,
    ],
  },
  otherWays: [
    {
      name: 'in the terminal',
      solution: {
        mixed: [
          right('half'),
          kubectl(
            `exec client -- sh -c 'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do curl -s http://my-web-service; done'`,
          ),
        ],
        name: [
          right('slices'),
          kubectl(
            `patch deployment web-v2 --type=json -p '[{"op":"add","path":"/spec/template/spec/containers/0/ports/0/name","value":"http"}]'`,
          ),
          kubectl('rollout status deployment web-v2'),
          patch({ op: 'replace', path: '/spec/ports/0/targetPort', value: 'http' }),
          TWENTY,
        ],
        udp: [
          right('same-number'),
          patch(
            { op: 'add', path: '/spec/ports/0/name', value: 'web' },
            { op: 'add', path: '/spec/ports/-', value: UDP_PORT },
          ),
          kubectl('exec client -- nc -zvu my-web-service 80'),
        ],
        outside: [
          right('which-port'),
          patch({ op: 'replace', path: '/spec/type', value: 'NodePort' }),
          patch({ op: 'replace', path: '/spec/ports/0/nodePort', value: 30_080 }),
          type('control', 'curl http://192.168.10.13:30080'),
        ],
      },
    },
    {
      name: 'with server-side apply',
      solution: {
        udp: [
          right('same-number'),
          type(
            'control',
            `cat <<'EOF' | kubectl apply --server-side --force-conflicts -f -\n${WHOLE_SERVICE}EOF`,
          ),
          UDP,
        ],
      },
    },
  ],
  wrong: [
    wrong(
      'mixed',
      'called-target-port',
      'calls the port of a Pod by the name of the Service',
      right('half'),
      type(CLIENT, 'curl -s -m 2 http://my-web-service:9090'),
    ),
    wrong(
      'mixed',
      'fixed-first',
      'mends it before seeing it fail',
      right('half'),
      NAME_V2,
      set('service.yaml', 'spec.ports[0].targetPort', 'http'),
      TWENTY,
    ),
    wrong('mixed', null, 'does not predict', TWENTY),
    wrong(
      'name',
      'moved-number',
      'takes the number of v2',
      right('slices'),
      set('service.yaml', 'spec.ports[0].targetPort', 9090),
      TWENTY,
    ),
    wrong(
      'name',
      'named-service-port',
      'names the port of the Service',
      right('slices'),
      NAME_V2,
      set('service.yaml', 'spec.ports[0].name', 'http'),
    ),
    wrong(
      'name',
      'lacks-name',
      'forgets the name in v2',
      right('slices'),
      set('service.yaml', 'spec.ports[0].targetPort', 'http'),
      TWENTY,
    ),
    wrong(
      'name',
      'lacks-name',
      'takes a name that no container has',
      right('slices'),
      NAME_V2,
      set('service.yaml', 'spec.ports[0].targetPort', 'web'),
    ),
    wrong(
      'name',
      'dropped-v2',
      'takes v2 away',
      right('slices'),
      NAME_V2,
      set('service.yaml', 'spec.ports[0].targetPort', 'http'),
      kubectl('scale deployment web-v2 --replicas=0'),
    ),
    wrong(
      'name',
      null,
      'does not call v2',
      right('slices'),
      NAME_V2,
      set('service.yaml', 'spec.ports[0].targetPort', 'http'),
    ),
    wrong(
      'udp',
      'names-required',
      'gives the ports no names',
      right('same-number'),
      patch(
        { op: 'remove', path: '/spec/ports/0/name' },
        { op: 'add', path: '/spec/ports/-', value: { protocol: 'UDP', port: 80, targetPort: 'stats' } },
      ),
    ),
    wrong(
      'udp',
      'same-protocol',
      'forgets protocol: UDP',
      right('same-number'),
      service(
        WHOLE_SERVICE.replace(
          '    - name: stats\n      protocol: UDP',
          '    - name: stats\n      protocol: TCP',
        ),
      ),
    ),
    wrong(
      'udp',
      'lost-a-port',
      'adds it with kubectl apply',
      right('same-number'),
      type('control', `cat <<'EOF' | kubectl apply -f -\n${WHOLE_SERVICE}EOF`),
      UDP,
    ),
    wrong(
      'udp',
      'lost-a-port',
      'adds it with kubectl patch',
      right('same-number'),
      kubectl(`patch svc my-web-service -p '${JSON.stringify({ spec: { ports: [UDP_PORT] } })}'`),
      UDP,
    ),
    wrong(
      'udp',
      'udp-no-target',
      'leaves targetPort out',
      right('same-number'),
      service(WHOLE_SERVICE.replace('      targetPort: stats\n', '')),
      UDP,
    ),
    wrong(
      'outside',
      'out-of-range',
      'wants port 8080 on the nodes',
      right('which-port'),
      set('service.yaml', 'spec.type', 'NodePort'),
      set('service.yaml', 'spec.ports[0].nodePort', 8080),
    ),
    wrong(
      'outside',
      'needs-type',
      'forgets the type',
      right('which-port'),
      set('service.yaml', 'spec.ports[0].nodePort', 30_080),
    ),
    wrong(
      'outside',
      'called-other-port',
      'calls port 80 of a node',
      right('which-port'),
      set('service.yaml', 'spec.type', 'NodePort'),
      set('service.yaml', 'spec.ports[0].nodePort', 30_080),
      type('control', 'curl -s http://192.168.10.11'),
    ),
  ],
};
