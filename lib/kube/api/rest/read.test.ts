import { describe, expect, test } from 'vitest';
import { names, RestApi, SERVICES, TABLE } from './testing';

function withServices(...services: readonly string[]): RestApi {
  const rest = new RestApi();
  for (const name of services) rest.service(name, { app: name, tier: name < 'c' ? 'front' : 'back' });
  return rest;
}

describe('one object', () => {
  test('comes as JSON with kind and apiVersion', () => {
    const { status, json } = withServices('web').get(`${SERVICES}/web`);
    expect([status, json.kind, json.apiVersion, json.spec.type]).toEqual([200, 'Service', 'v1', 'ClusterIP']);
  });

  test('that is not there is a Status', () => {
    const { status, json } = new RestApi().get(`${SERVICES}/nope`);
    expect(status).toBe(404);
    expect(json).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'services "nope" not found',
      reason: 'NotFound',
      details: { name: 'nope', kind: 'services' },
      code: 404,
    });
  });

  test('comes as YAML to who asks for that', () => {
    expect(withServices('web').get(`${SERVICES}/web`, 'application/yaml').text).toContain('kind: Service\n');
  });

  test('comes in no form that the server has not', () => {
    const { status, json } = withServices('web').get(`${SERVICES}/web`, 'image/png');
    expect(status).toBe(406);
    expect(json.message).toBe(
      'only the following media types are accepted: application/json, application/yaml, application/vnd.kubernetes.protobuf',
    );
  });
});

describe('a list', () => {
  test('is sorted by name, its items without kind', () => {
    const { json } = withServices('b', 'a').get(SERVICES);
    expect([json.kind, json.apiVersion]).toEqual(['ServiceList', 'v1']);
    expect(names(json)).toEqual(['a', 'b']);
    expect(json.items[0].kind).toBeUndefined();
    expect(Number(json.metadata.resourceVersion)).toBeGreaterThan(0);
  });

  test.each([
    ['labelSelector=tier%3Dfront', ['a', 'b']],
    ['labelSelector=tier%20in%20(back)', ['c']],
    ['labelSelector=tier%21%3Dback,app', ['a', 'b']],
    ['labelSelector=%21tier', []],
    ['fieldSelector=metadata.name%3Db', ['b']],
    ['fieldSelector=metadata.name%21%3Db,spec.type%3DClusterIP', ['a', 'c']],
  ])('is selected by %s', (query, expected) => {
    expect(names(withServices('a', 'b', 'c').get(`${SERVICES}?${query}`).json)).toEqual(expected);
  });

  test.each([
    ['labelSelector=a%20in%20b', "unable to parse requirement: found 'b' expected: '('"],
    ['labelSelector=a%3D%3D%3Db', "unable to parse requirement: found '=', expected: identifier"],
    ['fieldSelector=spec.foo%3Da', 'field label not supported: spec.foo'],
    ['fieldSelector=x', "invalid selector: 'x'; can't understand 'x'"],
  ])('is refused for %s', (query, message) => {
    const { status, json } = new RestApi().get(`${SERVICES}?${query}`);
    expect([status, json.reason, json.message]).toEqual([400, 'BadRequest', message]);
  });

  test('in pieces shows one state, whatever is written meanwhile', () => {
    const rest = withServices('a', 'b', 'c', 'd', 'e');
    const first = rest.get(`${SERVICES}?limit=2`).json;
    expect([names(first), first.metadata.remainingItemCount]).toEqual([['a', 'b'], 3]);
    rest.service('aa');
    rest.ask('DELETE', `${SERVICES}/d`);
    const second = rest.get(`${SERVICES}?limit=2&continue=${first.metadata.continue}`).json;
    expect([names(second), second.metadata.resourceVersion]).toEqual([
      ['c', 'd'],
      first.metadata.resourceVersion,
    ]);
    const third = rest.get(`${SERVICES}?limit=2&continue=${second.metadata.continue}`).json;
    expect([names(third), third.metadata.continue]).toEqual([['e'], undefined]);
  });

  test('in pieces that has become too old can be gone on with, inconsistently', () => {
    const rest = withServices('a', 'b', 'c');
    const { json } = rest.get(`${SERVICES}?limit=1`);
    rest.store.restore(rest.store.snapshot());
    rest.service('d');
    const old = rest.get(`${SERVICES}?limit=1&continue=${json.metadata.continue}`);
    expect([old.status, old.json.reason]).toEqual([410, 'Expired']);
    expect(names(rest.get(`${SERVICES}?continue=${old.json.metadata.continue}`).json)).toEqual([
      'b',
      'c',
      'd',
    ]);
  });

  test('of a resourceVersion that is still to come times out', () => {
    const { status, json } = new RestApi().get(`${SERVICES}?resourceVersion=99999`);
    expect([status, json.reason, json.details.retryAfterSeconds]).toEqual([504, 'Timeout', 1]);
  });
});

describe('a Table', () => {
  test('has columns, cells and the metadata of each object', () => {
    const { json } = withServices('web').get(SERVICES, TABLE);
    expect([json.kind, json.apiVersion]).toEqual(['Table', 'meta.k8s.io/v1']);
    expect(json.columnDefinitions.map((c: { name: string }) => c.name)).toEqual([
      'Name',
      'Type',
      'Cluster-IP',
      'External-IP',
      'Port(s)',
      'Age',
      'Selector',
    ]);
    const [{ cells, object }] = json.rows;
    expect(cells.toSpliced(2, 1)).toEqual(['web', 'ClusterIP', '<none>', '80/TCP', '0s', 'app=web']);
    expect([object.kind, object.metadata.name, object.spec]).toEqual([
      'PartialObjectMetadata',
      'web',
      undefined,
    ]);
  });

  test('carries whole objects to who sorts them', () => {
    const { json } = withServices('web').get(`${SERVICES}?includeObject=Object`, TABLE);
    expect(json.rows[0].object.spec.type).toBe('ClusterIP');
  });
});

describe('other paths', () => {
  test.each([
    ['/healthz', 200, 'ok'],
    ['/readyz', 200, 'ok'],
    ['/nothing', 404, '404 page not found\n'],
    ['/apis/metrics.k8s.io/v1beta1', 404, '404 page not found\n'],
  ])('%s', (path, status, text) => {
    const answer = new RestApi().get(path);
    expect([answer.status, answer.text]).toEqual([status, text]);
  });

  test('a resource that the API has not is a Status', () => {
    expect(new RestApi().get('/api/v1/namespaces/default/foos').json.message).toBe(
      'the server could not find the requested resource',
    );
    expect(new RestApi().ask('POST', `${SERVICES}/web`, {}).json.reason).toBe('MethodNotAllowed');
  });

  test('the version is that of the cluster', () => {
    expect(new RestApi('1.29').get('/version').json).toMatchObject({
      major: '1',
      minor: '29',
      platform: 'linux/amd64',
    });
  });

  test('v1 Endpoints warn from 1.33 on', () => {
    const path = '/api/v1/namespaces/default/endpoints';
    expect(new RestApi('1.32').get(path).warnings).toEqual([]);
    expect(new RestApi('1.33').get(path).warnings).toEqual([
      'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
    ]);
  });
});
