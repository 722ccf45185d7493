// Which name resolves from this Pod? Each is looked up by curl in the Pod's terminal: exit status 6 means that it does not.
import { joined, pod, shuffled, type Draw } from './draw';
import type { Question } from './types';

const NAMESPACES = ['shop', 'pay', 'team-a'];

export function nameQuestion(draw: Draw, app: string): Question {
  const { random } = draw;
  const namespace = random.pick(NAMESPACES);
  draw.apply(
    joined([
      `apiVersion: v1
kind: Namespace
metadata:
  name: ${namespace}
`,
      pod({ name: app, namespace, labels: { app } }),
      `apiVersion: v1
kind: Service
metadata:
  name: ${app}
  namespace: ${namespace}
spec:
  selector:
    app: ${app}
  ports:
    - port: 80
      targetPort: 8080
`,
    ]),
  );
  const names = [
    app,
    `${app}.${namespace}`,
    `${app}.${namespace}.svc`,
    `${app}.${namespace}.svc.cluster.local`,
    `${namespace}.${app}`,
    `${app}.default`,
    `${app}.svc.${namespace}`,
    `${app}.svc.cluster.local`,
  ];
  const resolves = (name: string): boolean =>
    draw.run('default/client', `curl -s -m 5 http://${name}`).exit !== 6;
  const right = random.pick(names.filter(resolves));
  const wrong = shuffled(
    random,
    names.filter((name) => !resolves(name)),
  ).slice(0, 3);
  const options = shuffled(random, [right, ...wrong]);
  return {
    id: 'name',
    lesson: '1.6',
    code: 'name',
    why: 'nameWhy',
    params: { service: app, namespace, right },
    options: options.map((raw) => ({ raw })),
    correct: options.indexOf(right),
    computed: true,
  };
}
