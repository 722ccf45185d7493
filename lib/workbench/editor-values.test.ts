import { describe, expect, test } from 'vitest';
import { START_INSTANT } from '@/lib/course/log';
import { Cluster } from '@/lib/sim';
import { placeAt } from './editor-place';
import { clusterValues } from './editor-values';
import { vocabularyOf } from './editor-vocabulary';

const cluster = Cluster.create({ k8s: '1.32', seed: 1, now: START_INSTANT });
cluster.applyText(
  'a.yaml',
  `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web, ready: "yes"}}
    spec:
      containers:
      - {name: web, image: my-web-app, ports: [{name: http, containerPort: 8080}]}
---
{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}
---
{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}}
`,
);
const words = vocabularyOf(cluster.api);

/** What is inserted at the mark ‸ of a text. */
function proposed(text: string): readonly string[] {
  const lines = (text.split('‸')[0] ?? '').split('\n');
  const place = placeAt(text.replace('‸', ''), lines.length, (lines.at(-1)?.length ?? 0) + 1);
  return place ? clusterValues(place, words, '1.32').map(({ insert }) => insert) : [];
}

describe('values from the cluster', () => {
  test.each([
    ['kind: Service\nspec:\n  selector:\n    ‸', ['app: web', 'ready: "yes"']],
    ['kind: Service\nspec:\n  selector:\n    app: ‸', ['web']],
    ['kind: Deployment\nspec:\n  selector:\n    ‸', []],
    ['kind: Deployment\nspec:\n  selector:\n    matchLabels:\n      app: ‸', ['web']],
    ['kind: Service\nmetadata:\n  namespace: shop\nspec:\n  selector:\n    ‸', []],
    [
      'kind: Service\nmetadata:\n  namespace: ‸',
      ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'shop'],
    ],
    ['kind: Pod\nspec:\n  nodeName: ‸', ['node-1', 'node-2', 'node-3']],
    ['kind: Service\nspec:\n  ports:\n  - port: 80\n    targetPort: ‸', ['http', '8080']],
    ['kind: Service\nspec:\n  ports:\n  - port: ‸', []],
    ['kind: Service\nspec:\n  clusterIP: ‸', ['None']],
    ['kind: Service\nspec:\n  trafficDistribution: ‸', ['PreferClose']],
    ['kind: EndpointSlice\nmetadata:\n  labels:\n    kubernetes.io/service-name: ‸', ['kubernetes', 'web']],
    ['kind: NetworkPolicy\nspec:\n  podSelector:\n    matchLabels:\n      ‸', ['app: web', 'ready: "yes"']],
    [
      'kind: NetworkPolicy\nspec:\n  ingress:\n  - from:\n    - namespaceSelector:\n        matchLabels:\n          team: ‸',
      ['a'],
    ],
    [
      'kind: Ingress\nspec:\n  rules:\n  - http:\n      paths:\n      - backend:\n          service:\n            name: ‸',
      ['kubernetes', 'web'],
    ],
    ['kind: EndpointSlice\nendpoints:\n- zone: ‸', ['a', 'b', 'c']],
  ])('%j', (text, expected) => {
    expect(proposed(text)).toEqual(expected);
  });

  test('Pods that are alike count once', () => {
    expect(words.pods.find(({ labels }) => labels['app'] === 'web')).toMatchObject({ count: 3 });
  });
});
