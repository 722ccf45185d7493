import { describe, expect, test } from 'vitest';
import { RestApi, SERVICES } from './testing';

const service = (name: string, extra: object = {}, spec: object = {}): object => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name },
  spec: { ports: [{ port: 80 }], ...spec },
  ...extra,
});
const SMP = { 'content-type': 'application/strategic-merge-patch+json' };
const MERGE = { 'content-type': 'application/merge-patch+json' };
const JSON_PATCH = { 'content-type': 'application/json-patch+json' };

describe('a create', () => {
  test('answers 201 with the object', () => {
    const { status, json } = new RestApi().ask('POST', SERVICES, service('web'));
    expect([status, json.metadata.namespace, json.spec.clusterIP]).toEqual([
      201,
      'default',
      expect.stringMatching(/^10\.96\./),
    ]);
  });

  test.each([
    ['', 'fieldValidation=Strict', 400],
    ['', 'fieldValidation=Warn', 201],
    ['', '', 201],
  ])('with unknown and duplicate fields and %s%s', (_, query, status) => {
    const body =
      '{"apiVersion":"v1","kind":"Service","metadata":{"name":"web"},"spec":{"selectr":{},"ports":[{"port":80,"port":81}]}}';
    const answer = new RestApi().ask('POST', `${SERVICES}?${query}`, body);
    expect(answer.status).toBe(status);
    if (status === 400)
      expect(answer.json.message).toBe(
        'Service in version "v1" cannot be handled as a Service: strict decoding error: duplicate field "spec.ports[0].port", unknown field "spec.selectr"',
      );
    else
      expect(answer.warnings).toEqual([
        'duplicate field "spec.ports[0].port"',
        'unknown field "spec.selectr"',
      ]);
  });

  test('ignores them without a word if told to', () => {
    const { status, warnings } = new RestApi().ask(
      'POST',
      `${SERVICES}?fieldValidation=Ignore`,
      service('a', { foo: 1 }),
    );
    expect([status, warnings]).toEqual([201, []]);
  });

  test.each([
    ['{"apiVersion": "v1", "kind"', 'unexpected end of JSON input'],
    ['{"apiVersion": "v1",}', "invalid character '}' looking for beginning of object key string"],
    ['{"a" 1}', "invalid character '1' after object key"],
    ['[1 2]', "invalid character '2' after array element"],
    ['{} x', "invalid character 'x' after top-level value"],
    [`${'['.repeat(20_000)}`, 'exceeded max depth'],
  ])('with malformed JSON %# says what Go says', (body, why) => {
    const { status, json } = new RestApi().ask('POST', SERVICES, body);
    expect([status, json.reason]).toEqual([400, 'BadRequest']);
    expect(json.message).toContain(`couldn't get version/kind; json parse error: ${why}`);
  });

  test('that is too large is not read', () => {
    const { status, json } = new RestApi().ask('POST', SERVICES, ' '.repeat(3 * 1024 * 1024 + 1));
    expect([status, json.reason]).toEqual([413, 'RequestEntityTooLarge']);
  });

  test.each([
    [
      service('a', { kind: 'Pod' }),
      'Pod in version "v1" cannot be handled as a Service: converting (v1.Pod) to (core.Service): unknown conversion',
    ],
    [
      service('a', { apiVersion: 'v2' }),
      'the API version in the data (v2) does not match the expected API version (v1)',
    ],
    [
      { ...service('a'), metadata: { name: 'a', namespace: 'other' } },
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
  ])('of something else is refused', (body, message) => {
    expect(new RestApi().ask('POST', SERVICES, body).json.message).toBe(message);
  });

  test('as a dry run checks and allocates, and stores nothing', () => {
    const rest = new RestApi();
    const { status, json } = rest.ask('POST', `${SERVICES}?dryRun=All`, service('web'));
    expect([status, typeof json.spec.clusterIP, json.metadata.resourceVersion]).toEqual([
      201,
      'string',
      undefined,
    ]);
    expect(rest.get(`${SERVICES}/web`).status).toBe(404);
    expect(rest.ask('POST', `${SERVICES}?dryRun=x`, service('web')).json.message).toBe(
      'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: "x": supported values: "All"',
    );
  });

  test('notes who writes: the fieldManager, or the first word of the user agent', () => {
    const rest = new RestApi();
    const manager = (query: string, name: string): string =>
      rest.ask('POST', `${SERVICES}?${query}`, service(name), { 'user-agent': 'curl/8.1 (x)' }).json.metadata
        .managedFields[0].manager;
    expect([manager('', 'a'), manager('fieldManager=me', 'b')]).toEqual(['curl', 'me']);
  });
});

describe('an update', () => {
  test('with a stale resourceVersion is a conflict', () => {
    const rest = new RestApi();
    const { json } = rest.service('web');
    rest.ask('PATCH', `${SERVICES}/web`, { metadata: { labels: { a: 'b' } } }, MERGE);
    const stale = rest.ask('PUT', `${SERVICES}/web`, json);
    expect([stale.status, stale.json.message]).toEqual([
      409,
      'Operation cannot be fulfilled on services "web": the object has been modified; please apply your changes to the latest version and try again',
    ]);
  });

  test('without a change keeps the resourceVersion', () => {
    const rest = new RestApi();
    const { json } = rest.service('web');
    expect(rest.ask('PUT', `${SERVICES}/web`, json).json.metadata.resourceVersion).toBe(
      json.metadata.resourceVersion,
    );
  });

  test('of another name is refused', () => {
    const rest = new RestApi();
    const { json } = rest.service('web');
    expect(rest.ask('PUT', `${SERVICES}/other`, json).json.message).toBe(
      'the name of the object (web) does not match the name on the URL (other)',
    );
  });
});

describe('a patch', () => {
  function patched(patch: unknown, headers: Readonly<Record<string, string>>, query = '') {
    const rest = new RestApi();
    rest.service('web', { app: 'web' });
    return rest.ask('PATCH', `${SERVICES}/web?${query}`, patch, headers);
  }

  test('strategic merges lists by their keys', () => {
    const { json } = patched(
      {
        spec: {
          ports: [
            { port: 80, name: 'http' },
            { port: 81, name: 'b', protocol: 'TCP' },
          ],
        },
      },
      SMP,
    );
    expect(json.spec.ports).toEqual([
      { name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 },
      { name: 'b', port: 81, protocol: 'TCP', targetPort: 81 },
    ]);
  });

  test('strategic takes out, orders and replaces by directives', () => {
    const two = {
      spec: {
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'b' },
        ],
      },
    };
    const rest = new RestApi();
    rest.service('web');
    rest.ask('PATCH', `${SERVICES}/web`, two, SMP);
    const ports = (patch: object): number[] =>
      rest.ask('PATCH', `${SERVICES}/web`, patch, SMP).json.spec.ports.map((p: { port: number }) => p.port);
    expect(ports({ spec: { '$setElementOrder/ports': [{ port: 81 }, { port: 80 }] } })).toEqual([81, 80]);
    expect(ports({ spec: { ports: [{ $patch: 'delete', port: 80 }] } })).toEqual([81]);
    expect(ports({ spec: { ports: [{ port: 90 }, { $patch: 'replace' }] } })).toEqual([90]);
  });

  test('merge replaces lists and removes by null', () => {
    const { json } = patched(
      { metadata: { labels: { app: null, x: 'y' } }, spec: { ports: [{ port: 9 }] } },
      MERGE,
    );
    expect([json.metadata.labels, json.spec.ports]).toEqual([
      { x: 'y' },
      [{ port: 9, protocol: 'TCP', targetPort: 9 }],
    ]);
  });

  test('of operations goes step by step', () => {
    const { json } = patched(
      [
        { op: 'test', path: '/spec/ports/0/port', value: 80 },
        { op: 'replace', path: '/spec/ports/0/targetPort', value: 9090 },
        { op: 'add', path: '/metadata/labels/a~1b', value: 'c' },
        { op: 'copy', from: '/metadata/labels/app', path: '/metadata/labels/d' },
      ],
      JSON_PATCH,
    );
    expect(json.spec.ports[0].targetPort).toBe(9090);
    expect(json.metadata.labels).toEqual({ app: 'web', 'a/b': 'c', d: 'web' });
  });

  test.each([
    [
      [{ op: 'remove', path: '/spec/nope' }],
      JSON_PATCH,
      '',
      422,
      'the server rejected our request due to an error in our request',
    ],
    [
      [{ op: 'test', path: '/kind', value: 'Pod' }],
      JSON_PATCH,
      '',
      422,
      'the server rejected our request due to an error in our request',
    ],
    [
      { spec: { foo: 'bar' } },
      SMP,
      'fieldValidation=Strict',
      422,
      ' "" is invalid: patch: Invalid value: "map[spec:map[foo:bar]]": strict decoding error: unknown field "spec.foo"',
    ],
    [
      { spec: { ports: [{ name: 'x' }] } },
      SMP,
      '',
      400,
      'map: map[name:x] does not contain declared merge key: port',
    ],
    ['x', MERGE, '', 400, "invalid character 'x' looking for beginning of value"],
    [{}, { 'content-type': 'text/plain' }, '', 415, expect.stringContaining('application/json-patch+json')],
    [{ spec: { type: 'X' } }, MERGE, '', 422, expect.stringContaining('spec.type: Unsupported value: "X"')],
  ])('that cannot be done says why (%#)', (patch, headers, query, status, message) => {
    const answer = patched(patch, headers as Record<string, string>, query);
    expect([answer.status, answer.json.message]).toEqual([status, message]);
  });

  test('with a resourceVersion is a precondition', () => {
    expect(patched({ metadata: { resourceVersion: '1' } }, MERGE).status).toBe(409);
  });
});

describe('a delete', () => {
  test('answers with the object, or with a Status', () => {
    const rest = new RestApi();
    rest.service('web');
    expect(rest.ask('DELETE', `${SERVICES}/web`).json.kind).toBe('Service');
    const maps = '/api/v1/namespaces/default/configmaps';
    rest.ask('POST', maps, { metadata: { name: 'a' } });
    expect(rest.ask('DELETE', `${maps}/a`).json).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'configmaps' },
    });
  });

  test('has preconditions', () => {
    const rest = new RestApi();
    rest.service('web');
    const { status, json } = rest.ask('DELETE', `${SERVICES}/web`, { preconditions: { uid: 'x' } });
    expect(status).toBe(409);
    expect(json.message).toMatch(
      /^Operation cannot be fulfilled on services "web": Precondition failed: UID in precondition: x, /,
    );
  });

  test('waits for finalizers', () => {
    const rest = new RestApi();
    rest.ask('POST', SERVICES, {
      ...service('web'),
      metadata: { name: 'web', finalizers: ['example.com/wait'] },
    });
    expect(rest.ask('DELETE', `${SERVICES}/web`).json.metadata.deletionTimestamp).toBe(
      '2026-01-05T08:00:00Z',
    );
    expect(rest.get(`${SERVICES}/web`).status).toBe(200);
    rest.ask('PATCH', `${SERVICES}/web`, { metadata: { finalizers: null } }, MERGE);
    expect(rest.get(`${SERVICES}/web`).status).toBe(404);
  });

  test('of a collection takes what the selector matches', () => {
    const rest = new RestApi();
    for (const name of ['a', 'b', 'c']) rest.service(name, { odd: name === 'b' ? 'no' : 'yes' });
    rest.ask('DELETE', `${SERVICES}?labelSelector=odd%3Dyes`);
    expect(rest.get(SERVICES).json.items.map((i: { metadata: { name: string } }) => i.metadata.name)).toEqual(
      ['b'],
    );
  });
});

describe('subresources', () => {
  const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' } },
        spec: { containers: [{ name: 'c', image: 'nginx' }] },
      },
    },
  };

  test('scale reads and writes the replicas', () => {
    const rest = new RestApi();
    rest.ask('POST', DEPLOYMENTS, deployment);
    expect(rest.get(`${DEPLOYMENTS}/web/scale`).json).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      spec: { replicas: 1 },
      status: { replicas: 0, selector: 'app=web' },
    });
    const { json } = rest.ask('PATCH', `${DEPLOYMENTS}/web/scale`, { spec: { replicas: 5 } }, MERGE);
    expect([json.kind, json.spec.replicas]).toEqual(['Scale', 5]);
    expect(rest.get(`${DEPLOYMENTS}/web`).json.spec.replicas).toBe(5);
  });

  test('status writes nothing but the status', () => {
    const rest = new RestApi();
    rest.ask('POST', SERVICES, service('web', {}, { type: 'LoadBalancer' }));
    const status = { loadBalancer: { ingress: [{ ip: '203.0.113.1', ipMode: 'VIP' }] } };
    const { json } = rest.ask(
      'PATCH',
      `${SERVICES}/web/status`,
      { spec: { externalIPs: ['198.51.100.1'] }, status },
      MERGE,
    );
    expect([json.spec.externalIPs, json.status]).toEqual([undefined, status]);
    expect(rest.ask('PATCH', `${SERVICES}/web`, { status: {} }, MERGE).json.status).toEqual(status);
  });

  test('may not be asked for what they have not', () => {
    const rest = new RestApi();
    rest.service('web');
    expect(rest.get(`${SERVICES}/web/scale`).status).toBe(404);
  });
});

describe('rights', () => {
  test('whoever is not the administrator may read about the API only', () => {
    const rest = new RestApi();
    const viewer = { 'impersonate-user': 'viewer' };
    expect(rest.ask('GET', '/apis', undefined, viewer).status).toBe(200);
    const { status, json } = rest.ask('GET', '/api/v1/namespaces/dev/services', undefined, viewer);
    expect([status, json.message]).toEqual([
      403,
      'services is forbidden: User "viewer" cannot list resource "services" in API group "" in the namespace "dev"',
    ]);
    expect(rest.get('/as/viewer/api/v1/nodes').json.message).toBe(
      'nodes is forbidden: User "viewer" cannot list resource "nodes" in API group "" at the cluster scope',
    );
  });

  test('can be asked about', () => {
    const rest = new RestApi();
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    const body = { spec: { resourceAttributes: { verb: 'create', resource: 'services' } } };
    expect(rest.ask('POST', path, body).json.status.allowed).toBe(true);
    expect(rest.ask('POST', path, body, { 'impersonate-user': 'viewer' }).json.status.allowed).toBe(false);
  });
});

describe('warnings', () => {
  test.each([
    [
      { externalIPs: ['010.0.0.5'] },
      'spec.externalIPs[0]: non-standard IP address "010.0.0.5" will be considered invalid in a future Kubernetes release: use "10.0.0.5"',
    ],
    [{ externalName: 'x.y' }, 'spec.externalName is ignored when spec.type is not "ExternalName"'],
  ])('about what the server takes all the same (%#)', (spec, warning) => {
    const { status, warnings } = new RestApi('1.33').ask('POST', SERVICES, service('web', {}, spec));
    expect([status, warnings]).toEqual([201, [warning]]);
  });

  test('are not repeated when something else changes', () => {
    const rest = new RestApi('1.33');
    rest.ask('POST', SERVICES, service('web', {}, { externalName: 'x.y' }));
    expect(
      rest.ask('PATCH', `${SERVICES}/web`, { metadata: { labels: { a: 'b' } } }, MERGE).warnings,
    ).toEqual([]);
  });
});
