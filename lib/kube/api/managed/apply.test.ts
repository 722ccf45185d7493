import { describe, expect, test } from 'vitest';
import { must, messageOf, testApi, yaml } from '@/lib/kube/api/testing';
import type { ApiServer } from '@/lib/kube/api/server';
import type { KubeObject, Service } from '@/lib/kube/types';

const SERVICE = `{apiVersion: v1, kind: Service, metadata: {name: web, namespace: default, labels: {app: web}},
  spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}}`;
const who = (manager: string, apiVersion = 'v1', subresource = '') => ({ manager, apiVersion, subresource });

const apply = (api: ApiServer, text: string, manager = 'kubectl', force = false) =>
  api.serverSideApply(yaml(text), who(manager), { force, dryRun: false });
const live = (api: ApiServer): Service =>
  must({ ok: true, value: api.get<Service>('Service', 'default', 'web') as Service });

describe('server-side apply', () => {
  test('creates with one entry of what the configuration sets', () => {
    const { api } = testApi();
    const { object, created } = must(apply(api, SERVICE));
    expect(created).toBe(true);
    expect(object.metadata.managedFields).toEqual([
      {
        manager: 'kubectl',
        operation: 'Apply',
        apiVersion: 'v1',
        time: '2026-01-05T08:00:00Z',
        fieldsType: 'FieldsV1',
        fieldsV1: {
          'f:metadata': { 'f:labels': { 'f:app': {} } },
          'f:spec': {
            'f:ports': {
              'k:{"port":80,"protocol":"TCP"}': { '.': {}, 'f:name': {}, 'f:port': {}, 'f:targetPort': {} },
            },
            'f:selector': {},
          },
        },
      },
    ]);
  });

  test('a second time changes nothing, not even the resourceVersion', () => {
    const { api } = testApi();
    const { object } = must(apply(api, SERVICE));
    expect(must(apply(api, SERVICE)).object).toEqual(object);
  });

  test('removes what it no longer sets, and only that', () => {
    const { api } = testApi();
    must(apply(api, SERVICE));
    must(apply(api, SERVICE.replace('labels: {app: web}', 'labels: {tier: front}')));
    expect(live(api).metadata.labels).toEqual({ tier: 'front' });
    must(apply(api, SERVICE.replace('port: 80', 'port: 81')));
    expect(live(api).spec.ports).toEqual([{ name: 'http', port: 81, protocol: 'TCP', targetPort: 8080 }]);
    expect(live(api).spec.clusterIP).toMatch(/^10\.96\./);
  });

  test('conflicts with a field that another manager has changed; force takes it over', () => {
    const { api } = testApi();
    must(apply(api, SERVICE));
    const object = live(api);
    must(
      api.update(
        { ...object, metadata: { ...object.metadata, labels: { app: 'other' } } },
        { fieldManager: who('kubectl-label') },
      ),
    );
    expect(messageOf(apply(api, SERVICE))).toBe(
      'Apply failed with 1 conflict: conflict with "kubectl-label" using v1: .metadata.labels.app',
    );
    must(apply(api, SERVICE, 'kubectl', true));
    expect(live(api).metadata.labels).toEqual({ app: 'web' });
    expect(live(api).metadata.managedFields?.map((e) => e.manager)).toEqual(['kubectl']);
  });

  test('two managers that want the same value share it; it stays until both have let go', () => {
    const { api } = testApi();
    must(apply(api, SERVICE, 'one'));
    must(apply(api, SERVICE, 'two'));
    const bare = SERVICE.replace(', labels: {app: web}', '');
    must(apply(api, bare, 'one'));
    expect(live(api).metadata.labels).toEqual({ app: 'web' });
    must(apply(api, bare, 'two'));
    expect(live(api).metadata.labels).toBeUndefined();
  });

  test('names several conflicts by manager', () => {
    const { api } = testApi();
    must(apply(api, SERVICE, 'one'));
    expect(
      messageOf(
        apply(
          api,
          SERVICE.replace('{app: web}, ports', '{app: x}, ports').replace(
            'labels: {app: web}',
            'labels: {app: x}',
          ),
          'two',
        ),
      ),
    ).toBe('Apply failed with 2 conflicts: conflicts with "one":\n- .metadata.labels.app\n- .spec.selector');
  });

  test('refuses fields that the type has not', () => {
    const { api } = testApi();
    expect(messageOf(apply(api, SERVICE.replace('selector:', 'selectr:')))).toBe(
      'failed to create typed patch object (default/web; /v1, Kind=Service): .spec.selectr: field not declared in schema',
    );
  });
});

describe('managedFields of updates', () => {
  const DEPLOYMENT = `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: default}, spec: {
    selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: nginx}]}}}}`;

  test('a create owns what it sets and what is defaulted, not what the server allocates', () => {
    const { api } = testApi();
    const created = must(api.create(yaml(SERVICE), { fieldManager: who('kubectl-create') }));
    const fields = created.metadata.managedFields?.[0]?.fieldsV1 as { 'f:spec': Record<string, unknown> };
    expect(Object.keys(fields['f:spec']).sort()).toEqual([
      'f:internalTrafficPolicy',
      'f:ports',
      'f:selector',
      'f:sessionAffinity',
      'f:type',
    ]);
  });

  test('a scale takes the replicas over, under its subresource', () => {
    const { api } = testApi();
    const created: KubeObject = must(
      api.create(yaml(DEPLOYMENT), { fieldManager: who('kubectl-create', 'apps/v1') }),
    );
    const scaled = must(
      api.update(
        { ...created, spec: { ...(created.spec as object), replicas: 3 } },
        { fieldManager: who('kubectl', 'apps/v1', 'scale') },
      ),
    );
    const entries = scaled.metadata.managedFields ?? [];
    expect(entries.map((e) => [e.manager, e.subresource])).toEqual([
      ['kubectl', 'scale'],
      ['kubectl-create', undefined],
    ]);
    expect(entries[0]?.fieldsV1).toEqual({ 'f:spec': { 'f:replicas': {} } });
    expect(JSON.stringify(entries[1]?.fieldsV1)).not.toContain('f:replicas');
  });

  test("the control plane's own writes leave them alone", () => {
    const { api } = testApi();
    const created = must(api.create(yaml(SERVICE), { fieldManager: who('kubectl-create') }));
    const labelled = must(api.update({ ...created, metadata: { ...created.metadata, labels: { a: 'b' } } }));
    expect(labelled.metadata.managedFields).toEqual(created.metadata.managedFields);
  });
});
