import { describe, expect, test } from 'vitest';
import { RestApi, SERVICES, TABLE } from './testing';

// oxlint-disable-next-line typescript/no-explicit-any
const shown = (events: readonly any[]): string[] =>
  events.map((e) => `${String(e.type)} ${String(e.object.metadata?.name ?? e.object.reason ?? '')}`);

describe('a watch', () => {
  test('without a resourceVersion begins with what is there', () => {
    const rest = new RestApi();
    rest.service('a');
    const watch = rest.watch(`${SERVICES}?watch=true`);
    rest.service('b');
    rest.ask('DELETE', `${SERVICES}/a`);
    expect(shown(watch.events)).toEqual(['ADDED a', 'ADDED b', 'DELETED a']);
  });

  test('from a list on misses nothing and repeats nothing', () => {
    const rest = new RestApi();
    rest.service('a');
    const { resourceVersion } = rest.get(SERVICES).json.metadata;
    rest.service('b');
    const watch = rest.watch(`${SERVICES}?watch=true&resourceVersion=${resourceVersion}`);
    rest.service('c');
    expect(shown(watch.events)).toEqual(['ADDED b', 'ADDED c']);
    watch.stop();
    rest.service('d');
    expect(watch.events).toHaveLength(2);
  });

  test('with a selector: an object that starts or stops to match is added or deleted', () => {
    const rest = new RestApi();
    rest.service('a');
    const watch = rest.watch(
      `${SERVICES}?watch=1&resourceVersion=${rest.store.version}&labelSelector=tier%3Dfront`,
    );
    const label = (tier: string | null): void => {
      rest.ask(
        'PATCH',
        `${SERVICES}/a`,
        { metadata: { labels: { tier } } },
        { 'content-type': 'application/merge-patch+json' },
      );
    };
    label('front');
    label(null);
    label('back');
    expect(shown(watch.events)).toEqual(['ADDED a', 'DELETED a']);
  });

  test('from a forgotten resourceVersion gets 410 as an event and ends', () => {
    const rest = new RestApi();
    rest.store.restore(rest.store.snapshot());
    const watch = rest.watch(`${SERVICES}?watch=true&resourceVersion=1`);
    expect(watch.ended).toBe(true);
    expect(watch.events[0]).toMatchObject({ type: 'ERROR', object: { code: 410, reason: 'Expired' } });
    expect(watch.events[0].object.message).toMatch(/^too old resource version: 1 \(\d+\)$/);
  });

  test('ends with 410 when the cluster is rewound', () => {
    const rest = new RestApi();
    const before = rest.store.snapshot();
    const watch = rest.watch(`${SERVICES}?watch=true`);
    rest.service('a');
    rest.store.restore(before);
    expect([watch.ended, watch.events.at(-1).object.code]).toEqual([true, 410]);
  });

  test('streams the list and marks its end', () => {
    const rest = new RestApi();
    rest.service('a');
    const watch = rest.watch(
      `${SERVICES}?watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true`,
    );
    expect(shown(watch.events.slice(0, 1))).toEqual(['ADDED a']);
    expect(watch.events[1]).toMatchObject({
      type: 'BOOKMARK',
      object: {
        kind: 'Service',
        metadata: {
          resourceVersion: String(rest.store.version),
          annotations: { 'k8s.io/initial-events-end': 'true' },
        },
      },
    });
  });

  test('hears of the resourceVersion now and then, if it wants to', () => {
    const rest = new RestApi();
    const path = '/api/v1/namespaces/default/pods?watch=true';
    const quiet = rest.watch(path);
    const informed = rest.watch(`${path}&allowWatchBookmarks=true`);
    for (let i = 0; i < 250; i++) rest.service(`s-${i}`);
    expect([quiet.events.length, shown(informed.events)]).toEqual([0, ['BOOKMARK ']]);
  });

  test('as a Table has its columns in the first event only', () => {
    const rest = new RestApi();
    const watch = rest.watch(`${SERVICES}?watch=true`, TABLE);
    rest.service('a');
    rest.service('b');
    expect(
      watch.events.map((e) => [
        e.object.kind,
        e.object.rows[0].cells[0],
        e.object.columnDefinitions === null,
      ]),
    ).toEqual([
      ['Table', 'a', false],
      ['Table', 'b', true],
    ]);
  });
});
