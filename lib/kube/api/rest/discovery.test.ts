import { describe, expect, test } from 'vitest';
import { kinds } from '@/lib/kube/api/kinds';
import { RestApi } from './testing';

const aggregated = (version: string): string =>
  `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList,application/json`;

describe('discovery', () => {
  test('of all groups at once has the media type that clients look for', () => {
    const { headers, json } = new RestApi().get('/apis', aggregated('v2'));
    expect(headers['content-type']).toBe(
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    );
    expect([json.kind, json.apiVersion]).toEqual(['APIGroupDiscoveryList', 'apidiscovery.k8s.io/v2']);
    const apps = json.items.find((g: { metadata: { name: string } }) => g.metadata.name === 'apps');
    expect(
      apps.versions[0].resources.find((r: { resource: string }) => r.resource === 'deployments'),
    ).toMatchObject({
      responseKind: { group: 'apps', version: 'v1', kind: 'Deployment' },
      scope: 'Namespaced',
      shortNames: ['deploy'],
      categories: ['all'],
      subresources: [
        { subresource: 'scale', responseKind: { group: 'autoscaling', version: 'v1', kind: 'Scale' } },
        { subresource: 'status' },
      ],
    });
  });

  test('knows v2 from 1.30 on', () => {
    expect(new RestApi('1.29').get('/api', aggregated('v2')).json.kind).toBe('APIVersions');
    expect(new RestApi('1.29').get('/api', aggregated('v2beta1')).json.apiVersion).toBe(
      'apidiscovery.k8s.io/v2beta1',
    );
  });

  test('one by one names every kind', () => {
    const rest = new RestApi();
    const groups = rest
      .get('/apis')
      .json.groups.flatMap((g: { versions: { groupVersion: string }[] }) =>
        g.versions.map((v) => v.groupVersion),
      ) as string[];
    const lists = ['/api/v1', ...groups.map((g) => `/apis/${g}`)].map((path) => rest.get(path).json);
    const found = new Set(lists.flatMap((l) => l.resources.map((r: { kind: string }) => r.kind)));
    expect(kinds().filter(({ kind }) => !found.has(kind))).toEqual([]);
  });
});

describe('OpenAPI', () => {
  test('v3 has a document for each group version, cached by its hash', () => {
    const rest = new RestApi();
    const { paths } = rest.get('/openapi/v3').json;
    const url = paths['apis/apps/v1'].serverRelativeURL as string;
    const { headers, json } = rest.get(url);
    expect(headers['cache-control']).toBe('public, immutable');
    expect(json.paths['/apis/apps/v1/namespaces/{namespace}/deployments/{name}'].patch).toMatchObject({
      parameters: expect.arrayContaining([expect.objectContaining({ name: 'fieldValidation', in: 'query' })]),
      'x-kubernetes-group-version-kind': { group: 'apps', version: 'v1', kind: 'Deployment' },
    });
    expect(json.components.schemas['io.k8s.api.apps.v1.DeploymentSpec'].properties.template.allOf).toEqual([
      { $ref: '#/components/schemas/io.k8s.api.core.v1.PodTemplateSpec' },
    ]);
  });

  test('v3 leaves no reference open, in any version', () => {
    for (const k8s of ['1.28', '1.33'] as const) {
      const rest = new RestApi(k8s);
      for (const { serverRelativeURL } of Object.values<{ serverRelativeURL: string }>(
        rest.get('/openapi/v3').json.paths,
      )) {
        const { text, json } = rest.get(serverRelativeURL);
        const wanted = [...text.matchAll(/#\/components\/schemas\/([\w.]+)/g)].map((m) => m[1] ?? '');
        expect(wanted.filter((name) => !(name in json.components.schemas))).toEqual([]);
      }
    }
  });

  test('v2 comes as protobuf to who asks for that, as JSON else', () => {
    const rest = new RestApi();
    const accept = 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf';
    const { headers, body } = rest.raw('GET', '/openapi/v2', undefined, { accept });
    expect(headers['content-type']).toBe('application/com.github.proto-openapi.spec.v2.v1.0+protobuf');
    expect(body).toBeInstanceOf(Uint8Array);
    expect(rest.get('/openapi/v2').json.definitions['io.k8s.api.core.v1.Service'].type).toBe('object');
  });
});
