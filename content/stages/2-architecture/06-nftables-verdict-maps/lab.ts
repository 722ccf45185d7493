// Lab 2.6: take the nodes of a running cluster from iptables to nftables mode, one first and then all, read a verdict map, make
// kube-proxy crash on a typo, and mend it. The checks look at the nodes' rules and at where connections go.
import { expect, all, predicted } from '@/lib/course/checks';
import { MY_WEB_APP, MY_WEB_SERVICE } from '@/lib/course/lab-files';
import { pick, predict, type, wait, wrong } from '@/lib/course/lab-steps';
import type { CheckResult, Lab, Step, World } from '@/lib/course/types';
import { LEARNER_VERSIONS, nftablesSupport } from '@/lib/kube/versions';
import {
  configured,
  crashed,
  crashing,
  everyNode,
  gateIsOn,
  lookedInIptables,
  mended,
  modeOf,
  nftNodes,
  nftOnIptablesNode,
  oneNode,
  onlyWritten,
  pickedOther,
  podOn,
  readMap,
  restartedOther,
} from './checks';

const PREDICTIONS = {
  'edit-alone': { correct: 2 },
  'old-rules': { correct: 1 },
  'how-many-steps': { correct: 0 },
  typo: { correct: 2 },
} as const;
const right = (question: keyof typeof PREDICTIONS): Step => predict(question, PREDICTIONS[question].correct);
const asked = (question: keyof typeof PREDICTIONS, check: (world: World) => CheckResult) => (world: World) =>
  all(
    () => check(world),
    () => expect(predicted(world, question), 'check.prediction'),
  );

const GET = 'kubectl -n kube-system get cm kube-proxy -o yaml';
/** Writes mode and gate into the ConfigMap as one would with sed. */
const configure = (mode: string, gate?: boolean): Step =>
  type('control', (w) => {
    const on = gate ?? (nftablesSupport(w.k8s) === 'gate' ? true : undefined);
    const lines = on === undefined ? '' : `\\n    featureGates:\\n      NFTablesProxyMode: ${on}`;
    return `${GET} | sed -e '/NFTablesProxyMode:/d' -e '/featureGates:/d' -e 's/^    mode: .*/    mode: ${mode}${lines}/' | kubectl replace -f -`;
  });
const restartOn = (node: string): Step =>
  type('control', (w) => `kubectl -n kube-system delete pod ${podOn(w, node)}`);
const ROLLOUT = type('control', 'kubectl -n kube-system rollout restart daemonset kube-proxy');
const SHOW_MAP = 'nft list map ip kube-proxy service-ips';

export const lab: Lab = {
  id: '2.6',
  versions: LEARNER_VERSIONS.filter((version) => nftablesSupport(version) !== 'none'),
  start: [
    { name: 'service.yaml', text: MY_WEB_SERVICE.en, translations: { zh: MY_WEB_SERVICE.zh } },
    { name: 'deployment.yaml', text: MY_WEB_APP },
  ],
  predictions: PREDICTIONS,
  tasks: [
    {
      id: 'configure',
      check: asked('edit-alone', configured),
      state: configured,
      mistakes: [
        { id: 'gate-off', when: (w) => modeOf(w) === 'nftables' && !gateIsOn(w) },
        {
          id: 'mode-misspelt',
          when: (w) => !['', 'iptables', 'ipvs', 'nftables'].includes(modeOf(w)),
        },
        { id: 'mode-ipvs', when: (w) => modeOf(w) === 'ipvs' },
      ],
    },
    {
      id: 'one-node',
      check: asked('old-rules', oneNode),
      state: oneNode,
      mistakes: [{ id: 'restarted-other', when: (w) => nftNodes(w).length === 0 && restartedOther(w) }],
    },
    {
      id: 'read-map',
      check: asked('how-many-steps', readMap),
      mistakes: [
        { id: 'looked-in-iptables', when: lookedInIptables },
        { id: 'iptables-node', when: nftOnIptablesNode },
        { id: 'picked-other', when: pickedOther },
      ],
    },
    {
      id: 'all',
      check: everyNode,
      state: everyNode,
      mistakes: [{ id: 'crashing', when: (w) => crashing(w).length > 0 }],
    },
    {
      id: 'crash',
      check: asked('typo', crashed),
      state: crashed,
      mistakes: [{ id: 'only-written', when: onlyWritten }],
    },
    {
      id: 'mend',
      check: mended,
      mistakes: [
        {
          id: 'backing-off',
          when: (w) => w.done.includes('crash') && configured(w) === true && crashing(w).length > 0,
        },
        {
          id: 'went-back',
          when: (w) => w.done.includes('crash') && ['', 'iptables'].includes(modeOf(w)),
        },
      ],
    },
  ],
  solution: {
    configure: [right('edit-alone'), configure('nftables')],
    'one-node': [right('old-rules'), restartOn('node-1')],
    'read-map': [right('how-many-steps'), type('node-1', SHOW_MAP)],
    all: [ROLLOUT],
    crash: [right('typo'), configure('nftable'), restartOn('node-2')],
    mend: [configure('nftables'), restartOn('node-2')],
  },
  otherWays: [
    {
      name: 'another node first, the chain view, waiting for the back-off',
      solution: {
        configure: [
          right('edit-alone'),
          type('control', (w) => {
            const gate =
              nftablesSupport(w.k8s) === 'gate' ? '\\nfeatureGates: {NFTablesProxyMode: true}' : '';
            return `kubectl -n kube-system patch cm kube-proxy --type merge -p '{"data":{"config.conf":"apiVersion: kubeproxy.config.k8s.io/v1alpha1\\nkind: KubeProxyConfiguration\\nclusterCIDR: 10.244.0.0/16\\nmode: \\"nftables\\"${gate}\\n"}}'`;
          }),
        ],
        'one-node': [right('old-rules'), restartOn('node-3')],
        'read-map': [right('how-many-steps'), pick(() => 'service-Q527AZCL-default/my-web-service/tcp/')],
        all: [type('control', 'kubectl -n kube-system delete pod -l k8s-app=kube-proxy')],
        crash: [
          right('typo'),
          type('control', `${GET} | sed 's/mode: .*/mode: nft/' | kubectl apply -f -`),
          type('control', 'kubectl -n kube-system delete pod -l k8s-app=kube-proxy'),
        ],
        mend: [
          type('control', `${GET} | sed 's/mode: nft$/mode: nftables/' | kubectl apply -f -`),
          wait(600),
        ],
      },
    },
  ],
  wrong: [
    wrong('configure', 'gate-off', 'leaves the gate off', right('edit-alone'), configure('nftables', false)),
    wrong('configure', 'mode-misspelt', 'writes nft', right('edit-alone'), configure('nft')),
    wrong('configure', 'mode-ipvs', 'takes ipvs', right('edit-alone'), configure('ipvs')),
    wrong('configure', null, 'restarts without an edit', right('edit-alone'), ROLLOUT),
    wrong(
      'one-node',
      'restarted-other',
      'restarts CoreDNS',
      right('old-rules'),
      type('control', 'kubectl -n kube-system delete pod -l k8s-app=kube-dns'),
    ),
    wrong('one-node', null, 'restarts nothing', right('old-rules')),
    wrong(
      'read-map',
      'looked-in-iptables',
      'reads iptables-save',
      right('how-many-steps'),
      type('node-1', 'iptables-save'),
    ),
    wrong(
      'read-map',
      'iptables-node',
      'asks a node that has not been restarted',
      right('how-many-steps'),
      type('node-2', SHOW_MAP),
    ),
    wrong(
      'read-map',
      'picked-other',
      'selects the chain of kube-dns',
      right('how-many-steps'),
      pick(() => 'service-NWBZK7IH-kube-system/kube-dns/tcp/dns-tcp'),
    ),
    wrong('all', 'crashing', 'rolls out a typo', configure('nftable'), ROLLOUT),
    wrong('all', null, 'restarts one more node only', restartOn('node-2')),
    wrong(
      'crash',
      'only-written',
      'writes the typo and restarts nothing',
      right('typo'),
      configure('nftable'),
    ),
    wrong('mend', 'backing-off', 'mends the text and does not wait', configure('nftables')),
    wrong('mend', 'went-back', 'goes back to iptables', configure('iptables'), restartOn('node-2')),
  ],
};
