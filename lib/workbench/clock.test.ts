import { expect, test } from 'vitest';
import { WorkbenchEngine } from './engine';
import type { ChangeView } from './change-views';
import type { WorkbenchState } from './protocol';

const SERVICE =
  'apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 80}]}\n';

async function opened(): Promise<{ engine: WorkbenchEngine; state: WorkbenchState }> {
  const engine = new WorkbenchEngine(() => 0);
  const files = [{ name: 'service.yaml', text: SERVICE }];
  return { engine, state: await engine.open({ lab: null, k8s: '1.32', seed: 1, lang: 'en', files }) };
}

test('a held clock: an edit reaches the API server and nothing else, step by step the rest follows', async () => {
  const { engine } = await opened();
  expect((await engine.clock('hold')).clock.held).toBe(true);
  const before = (await engine.edit('service.yaml', SERVICE.replace('port: 80', 'port: 81'))).graph;
  engine.commit();
  const held = await engine.clock('step');
  expect(held.clock.held).toBe(true);
  let state = held;
  for (let i = 0; i < 20 && state.clock.next !== null && state.clock.next.at < state.now + 60_000; i++)
    state = await engine.clock('step');
  const texts = (graph: WorkbenchState['graph']): string =>
    JSON.stringify(graph.nodes.flatMap((n) => n.rules.map((r) => r.text)));
  expect(texts(before)).not.toContain('--dport 81');
  expect(texts(state.graph)).toContain('--dport 81');
});

test('time that goes on is one action, and one turn to take back', async () => {
  const { engine, state } = await opened();
  await engine.pass(state.now + 1000);
  await engine.pass(state.now + 2000);
  const after = await engine.pass(state.now + 3500);
  expect(after.now).toBe(state.now + 3500);
  const back = await engine.undo();
  expect(back.now).toBe(state.now);
  expect(back.canUndo).toBe(false);
});

test('what was written, by whom, field by field', async () => {
  const { engine } = await opened();
  await engine.edit('service.yaml', SERVICE.replace('port: 80', 'port: 81'));
  const [change] = (
    (await engine.inspect({
      ask: 'changes',
      limit: 50,
      about: 'service default/web',
    })) as readonly ChangeView[]
  ).filter((c) => c.type === 'MODIFIED');
  expect(change).toMatchObject({ by: 'editor', kind: 'Service', namespace: 'default', name: 'web' });
  expect(change?.fields).toContainEqual({ path: 'spec.ports[0].port', before: '80', after: '81' });
  expect(
    ((await engine.inspect({ ask: 'changes', limit: 5, about: '' })) as readonly ChangeView[])[0],
  ).toMatchObject({ by: 'kube-proxy', type: 'RULES' });
});
