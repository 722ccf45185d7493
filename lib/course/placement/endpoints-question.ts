// How many endpoints does this Service have? Labels, one Pod that is not ready, and what the EndpointSlice controller made of them.
import type { EndpointSlice } from '@/lib/kube/types';
import { SERVICE_NAME_LABEL } from '@/lib/sim';
import { joined, pod, shuffled, transcript, type Draw, type PodSpec } from './draw';
import type { Question } from './types';

export function endpointsQuestion(draw: Draw, app: string): Question {
  const { random } = draw;
  const pods = podsOf(draw, app);
  const service = `apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    app: ${app}
    tier: web
  ports:
    - port: 80
      targetPort: 8080
`;
  draw.apply(joined([...pods.map(pod), service]));
  const ready = draw.cluster.api
    .list<EndpointSlice>('EndpointSlice', 'default')
    .filter(({ metadata }) => metadata.labels?.[SERVICE_NAME_LABEL] === app)
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false).length;
  const ofApp = pods.filter(({ labels }) => labels?.['app'] === app);
  const matching = ofApp.filter(({ labels }) => labels?.['tier'] === 'web').length;
  const numbers = [ready, matching, ofApp.length, pods.length];
  // Four different numbers: those that common mistakes lead to, then their neighbours.
  for (let next = 0; new Set(numbers).size < 4; next++) numbers.push(next);
  const options = shuffled(random, [...new Set(numbers)].slice(0, 4));
  return {
    id: 'endpoints',
    lesson: '1.3',
    code: 'endpoints',
    why: 'endpointsWhy',
    params: { service: app, ready, matching, app: ofApp.length },
    shown: transcript(
      draw,
      'kubectl get pods -l course=placement --show-labels',
      `kubectl get service ${app} -o jsonpath='{.spec.selector}'`,
    ),
    options: options.map((n) => ({ raw: String(n) })),
    correct: options.indexOf(ready),
    computed: true,
  };
}

function podsOf({ random }: Draw, app: string): readonly PodSpec[] {
  const web = 2 + random.integer(2);
  const specs = [
    ...Array.from({ length: web }, () => ({ tier: 'web', app, ready: true })),
    { tier: 'web', app, ready: false },
    ...Array.from({ length: 1 + random.integer(2) }, () => ({ tier: 'cache', app, ready: true })),
    { tier: 'web', app: `${app}-v2`, ready: true },
  ];
  return shuffled(random, specs).map(({ tier, app: label, ready }, i) => ({
    name: `pod-${i + 1}`,
    labels: { app: label, course: 'placement', tier },
    ready,
  }));
}
