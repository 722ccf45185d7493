import { describe, expect, test } from 'vitest';
import { EventQueue } from '@/lib/core/event-queue';
import { Random } from '@/lib/core/random';
import type { ApiClient } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import { ControllerManager, type ManagerEvent } from './manager';
import { ServiceIndex } from './service-index';
import type { Controller, ControllerContext } from './types';

/** A manager over one controller that writes down what it is asked to reconcile, and when. */
function recording(act: (key: string, context: ControllerContext) => void = () => undefined) {
  const seen: string[] = [];
  let now = 0;
  let queue = EventQueue.empty<ManagerEvent>();
  const controller: Controller = {
    name: 'recorder',
    watches: ['Pod'],
    latencyMs: 5,
    keysFor: ({ object }) => [object.metadata.name ?? ''],
    reconcile(key, context) {
      seen.push(`${key}@${context.now}`);
      act(key, context);
    },
  };
  const manager = new ControllerManager({
    api: {} as ApiClient,
    random: Random.seeded(1),
    k8s: '1.32',
    controllers: [controller],
    now: () => now,
    schedule: (at, event) => (queue = queue.with(at, event)),
  });
  return {
    seen,
    manager,
    get queued() {
      return queue.size;
    },
    observe(at: number, name: string, kind = 'Pod') {
      now = at;
      const object: KubeObject = { apiVersion: 'v1', kind, metadata: { name } };
      manager.observe({ type: 'MODIFIED', object });
    },
    run() {
      for (let head = queue.head; head; head = queue.head) {
        queue = queue.withoutHead();
        now = Math.max(now, head.at);
        manager.handle(head.event);
      }
    },
  };
}

describe('the controller manager', () => {
  test('reconciles a key once for all the events of one moment, in the order in which keys came', () => {
    const m = recording();
    for (const name of ['b', 'a', 'b', 'b']) m.observe(0, name);
    expect(m.queued).toBe(1);
    m.run();
    expect(m.seen).toEqual(['b@5', 'a@5']);
    expect(m.manager.busy).toBe(false);
  });

  test('events of kinds that are not watched cost nothing', () => {
    const m = recording();
    m.observe(0, 'x', 'Node');
    expect(m.queued).toBe(0);
  });

  test('a delayed key neither holds up an event nor is lost by it; the earlier delay counts', () => {
    const m = recording((key, context) => {
      if (context.now === 5) {
        context.requeueAfter(key, 200);
        context.requeueAfter(key, 100);
      }
    });
    m.observe(0, 'a');
    m.run();
    expect(m.seen).toEqual(['a@5', 'a@105']);
  });

  test('what waits when a snapshot is taken waits again after it is restored', () => {
    const m = recording();
    m.observe(0, 'a');
    const state = m.manager.snapshot();
    m.manager.handle({ controller: 'recorder', lane: 'queue', at: 5 });
    expect(m.manager.busy).toBe(false);
    m.manager.restore(state);
    expect(m.manager.busy).toBe(true);
    m.manager.handle({ controller: 'recorder', lane: 'queue', at: 5 });
    expect(m.seen).toHaveLength(2);
  });
});

describe('the index of selectors', () => {
  const event = (type: 'ADDED' | 'MODIFIED' | 'DELETED', name: string, selector: object) => ({
    type,
    object: {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace: 'default', name },
      spec: { selector },
    },
  });

  test('finds the Services that select a Pod, and follows their changes', () => {
    let index = ServiceIndex.empty;
    for (let i = 0; i < 50; i++)
      index = index.with(event('ADDED', `s${i}`, { app: 'web', shard: String(i) }));
    expect(index.selecting('default', { app: 'web', shard: '7', extra: 'x' })).toEqual(['default/s7']);
    expect(index.selecting('other', { app: 'web', shard: '7' })).toEqual([]);
    index = index.with(event('MODIFIED', 's7', { app: 'api' }));
    expect(index.selecting('default', { app: 'web', shard: '7' })).toEqual([]);
    expect(index.selecting('default', { app: 'api' })).toEqual(['default/s7']);
    index = index.with(event('DELETED', 's7', { app: 'api' }));
    expect(index.selecting('default', { app: 'api' })).toEqual([]);
  });

  test('a Service without a selector selects nothing', () => {
    expect(ServiceIndex.empty.with(event('ADDED', 'all', {})).selecting('default', { app: 'web' })).toEqual(
      [],
    );
  });
});
