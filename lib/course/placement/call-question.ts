// What does curl say? A Service with a fault drawn by lot (or none), called in the Pod's own terminal.
import { joined, pod, transcript, type Draw } from './draw';
import type { Option, Question } from './types';

const FAULTS = ['none', 'selector', 'targetPort', 'name'] as const;
/** What curl's exit status means to whoever waits for an answer (curl(1), EXIT CODES). */
const ANSWERS = { 0: 'answered', 6: 'unresolved', 7: 'refused', 28: 'silent' } as const;
const WORDS = ['answered', 'unresolved', 'refused', 'silent'] as const;

export function callQuestion(draw: Draw, app: string): Question {
  const fault = draw.random.pick(FAULTS);
  const selector = fault === 'selector' ? `${app}-web` : app;
  const target = fault === 'targetPort' ? 8008 : 8080;
  const service = `apiVersion: v1
kind: Service
metadata:
  name: ${app}
spec:
  selector:
    app: ${selector}
  ports:
    - port: 80
      targetPort: ${target}
`;
  draw.apply(
    joined([pod({ name: `${app}-1`, labels: { app } }), pod({ name: `${app}-2`, labels: { app } }), service]),
  );
  const called = fault === 'name' ? `${app}-service` : app;
  const line = `curl -sS -m 5 http://${called}`;
  const { exit } = draw.run('default/client', line);
  const right = Object.hasOwn(ANSWERS, exit) ? ANSWERS[exit as keyof typeof ANSWERS] : undefined;
  if (!right) throw new Error(`placement: curl ended with ${exit}`);
  return {
    id: 'call',
    lesson: fault === 'selector' ? '1.3' : fault === 'targetPort' ? '1.4' : '1.2',
    code: 'call',
    why: `callWhy.${fault}`,
    params: { service: app, called, selector, target: String(target) },
    shown: `${service}
${transcript(draw, `kubectl get pods ${app}-1 ${app}-2 --show-labels`)}
$ kubectl exec client -- ${line}
`,
    options: WORDS.map((word): Option => ({ word })),
    correct: WORDS.indexOf(right),
    computed: true,
  };
}
