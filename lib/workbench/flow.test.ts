import { expect, test } from 'vitest';
import { WorkbenchEngine } from './engine';
import type { Flow, FlowTurn } from './flow';

const FILE = `apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: my-web-app, ports: [{containerPort: 8080}]}]}
`;

async function held(): Promise<WorkbenchEngine> {
  const engine = new WorkbenchEngine(() => 0);
  const files = [{ name: 'web.yaml', text: FILE }];
  await engine.open({ lab: null, k8s: '1.32', seed: 1, lang: 'en', files });
  await engine.clock('hold');
  await engine.shell('control', 'kubectl scale deployment web --replicas=3');
  return engine;
}

const flow = async (engine: WorkbenchEngine): Promise<Flow> =>
  (await engine.inspect({ ask: 'flow', service: 'default/web' })) as Flow;

/** A turn as one line: who, what, which fields. */
const line = ({ by, node, wrote }: FlowTurn): string =>
  `${by}${node ? ` (${node})` : ''}: ${wrote
    .map(({ type, kind, fields }) =>
      [type, kind, ...fields.map(({ path, after }) => `${path}=${after ?? ''}`)].filter(Boolean).join(' '),
    )
    .join('; ')}`;

test('each step tells whose turn it was and what it wrote, until all nodes have the endpoint', async () => {
  const engine = await held();
  const lines: string[] = [];
  for (let i = 0; i < 40; i++) {
    const { clock, now } = await engine.clock('step');
    const { turn } = await flow(engine);
    if (turn && turn.wrote.length > 0) lines.push(line(turn));
    if (!clock.next || clock.next.at > now + 60_000) break;
  }
  const found = (text: RegExp): number => lines.findIndex((l) => text.test(l));
  const order = [
    /^deployment-controller: MODIFIED ReplicaSet spec\.replicas=3/,
    /^replicaset-controller: ADDED Pod .*metadata\.labels\.app=web/,
    /^scheduler: MODIFIED Pod spec\.nodeName=node-2$/,
    /^kubelet \(node-2\): MODIFIED Pod .*waiting\.reason=ContainerCreating/,
    /^kubelet \(node-2\): MODIFIED Pod status\.podIP=10\.244\.2\.\d+ status\.conditions\[Ready\]\.status=True/,
    /^endpoint-controller: MODIFIED Endpoints subsets\[0\]\.addresses\[\d\]\.ip=10\.244\.2\.\d+$/,
    /^endpointslice-controller: MODIFIED EndpointSlice endpoints\[2\]\.addresses\[0\]=10\.244\.2\.\d+ endpoints\[2\]\.conditions\.ready=true$/,
    /^kube-proxy \(node-1\): RULES$/,
    /^kube-proxy \(node-2\): RULES$/,
    /^kube-proxy \(node-3\): RULES$/,
  ].map(found);
  expect(order).not.toContain(-1);
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  const { reach } = await flow(engine);
  expect(reach?.slices).toHaveLength(3);
  expect(reach?.nodes.map(({ node, endpoints }) => [node, endpoints.length])).toEqual([
    ['node-1', 3],
    ['node-2', 3],
    ['node-3', 3],
  ]);
});

test('the news reaches the slice before the rules, and one node before the next', async () => {
  const engine = await held();
  const until = async (done: (now: Flow) => boolean): Promise<Flow> => {
    for (let i = 0; i < 40; i++) {
      await engine.clock('step');
      const now = await flow(engine);
      if (done(now)) return now;
    }
    throw new Error('it never came so far');
  };
  const listed = await until(({ reach }) => reach?.slices.length === 3);
  expect(listed.reach?.pods.filter(({ ready }) => ready)).toHaveLength(3);
  expect(listed.reach?.nodes.map(({ endpoints }) => endpoints.length)).toEqual([2, 2, 2]);
  const first = await until(({ turn }) => turn?.by === 'kube-proxy');
  expect(first.reach?.nodes.map(({ endpoints }) => endpoints.length)).toEqual([3, 2, 2]);
});

test('the record begins with what the learner wrote; going back takes it back', async () => {
  const engine = await held();
  await engine.clock('step');
  await engine.clock('step');
  const { record } = await flow(engine);
  expect(record[0]).toMatchObject({
    own: true,
    wrote: [{ kind: 'Deployment', fields: [{ path: 'spec.replicas', after: '3' }] }],
  });
  const more = record.length;
  await engine.undo();
  await engine.undo();
  const back = await flow(engine);
  expect(back.record.length).toBeLessThan(more);
  expect(back.record).toHaveLength(1);
});

test('a turn that finds nothing to do is a turn', async () => {
  const engine = await held();
  const empty: string[] = [];
  for (let i = 0; i < 12; i++) {
    await engine.clock('step');
    const { turn } = await flow(engine);
    if (turn && turn.wrote.length === 0) empty.push(turn.by);
  }
  expect(empty).toContain('deployment-controller');
  expect(empty).not.toContain('kube-apiserver');
});

test('without such a Service the record is told all the same', async () => {
  const engine = await held();
  const told = (await engine.inspect({ ask: 'flow', service: null })) as Flow;
  expect(told.reach).toBeNull();
  expect(told.record).toHaveLength(1);
});
