import { test } from 'vitest';
import { bigNode, deployment, service, pod, TestCluster } from './testing';
import { defaultCluster } from './static-objects';
const time = (name: string, f: () => TestCluster) => { const t = performance.now(); const c = f(); console.log(name, (performance.now() - t).toFixed(1), 'ms', c.handled, 'handled', c.events.length, 'writes', 'virt', c.now - Date.parse('2026-01-01T00:00:00Z')); return c; };
test('perf', () => {
  for (let i = 0; i < 3; i++) {
    time('fresh', () => { const c = new TestCluster(defaultCluster('1.32')); c.create(service('web')); c.create(deployment('web', 3)); return c.settle(); });
    time('100 pods', () => { const c = new TestCluster(defaultCluster('1.32')); c.create(service('web')); c.create(deployment('web', 100)); return c.settle(); });
    const c = time('1000 svc x same 10 pods', () => { const c = new TestCluster(); for (let i = 0; i < 1000; i++) c.create(service('s' + i, { selector: { app: 'web' } })); c.create(deployment('web', 10)); return c.settle(); });
    time('scale', () => { c.edit('web', { replicas: 11 }); return c.settle(); });
    global.gc?.();
    const m0 = process.memoryUsage().heapUsed;
    const d = time('1000 svc x own 10 pods', () => { const c = new TestCluster(Array.from({ length: 40 }, (_, i) => bigNode('n' + i, `10.${i + 1}.0.0/22`, 500))); for (let i = 0; i < 1000; i++) { c.create(service('s' + i)); c.create(deployment('s' + i, 10)); } return c.settle(); });
    d.events.length = 0; global.gc?.();
    console.log('MB', (process.memoryUsage().heapUsed - m0) / 1e6);
    time('scale one', () => { d.edit('s5', { replicas: 11 }); return d.settle(); });
  }
});
