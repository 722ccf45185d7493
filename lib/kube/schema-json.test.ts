import { describe, expect, test } from 'vitest';
import { LEARNER_VERSIONS, type K8sVersion } from '@/lib/kube/versions';
import { jsonSchemaOf, type Describe, type JsonSchema } from './schema-json';

/** The part of the schema that holds for a manifest of this kind. */
function ofKind(kind: string, k8s: K8sVersion = '1.32', describe?: Describe): JsonSchema {
  const branch = jsonSchemaOf(k8s, describe).allOf?.find(({ if: condition }) => {
    const pattern = condition?.properties?.['kind']?.pattern;
    return pattern !== undefined && new RegExp(pattern).test(kind);
  });
  return branch?.then ?? {};
}

function at(schema: JsonSchema, path: string): JsonSchema | undefined {
  let here: JsonSchema | undefined = schema;
  for (const step of path.split('.')) here = (here?.items ?? here)?.properties?.[step];
  return here;
}

describe('jsonSchemaOf', () => {
  test('a Service has the fields and values that the server knows', () => {
    const service = ofKind('Service');
    expect(at(service, 'apiVersion')).toEqual({ const: 'v1' });
    expect(at(service, 'spec.type')?.enum).toEqual(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']);
    expect(at(service, 'spec.sessionAffinityConfig.clientIP.timeoutSeconds')).toEqual({ type: 'integer' });
    expect(at(service, 'spec.ports')?.items?.required).toEqual(['port']);
    expect(at(service, 'spec.ports.targetPort')).toEqual({ type: ['integer', 'string'] });
    expect(at(service, 'spec.selector')).toEqual({
      type: 'object',
      additionalProperties: { type: 'string' },
    });
  });

  test('a Service is not taken for a ServiceAccount, nor the other way round', () => {
    expect(at(ofKind('Service'), 'secrets')).toBeUndefined();
    expect(at(ofKind('ServiceAccount'), 'spec')).toBeUndefined();
  });

  test('a field is offered in the versions that have it only', () => {
    expect(at(ofKind('Service', '1.28'), 'spec.trafficDistribution')).toBeUndefined();
    expect(at(ofKind('Service', '1.32'), 'spec.trafficDistribution')).toBeDefined();
  });

  test('what the server writes is not proposed', () => {
    const service = ofKind('Service');
    expect(at(service, 'status')?.doNotSuggest).toBe(true);
    expect(at(service, 'metadata.uid')?.doNotSuggest).toBe(true);
    expect(at(service, 'metadata.labels')?.doNotSuggest).toBeUndefined();
    expect(at(ofKind('Deployment'), 'spec.template.metadata.uid')?.doNotSuggest).toBe(true);
  });

  test('apiVersion decides which kinds there are', () => {
    const schema = jsonSchemaOf('1.32');
    const kindsOf = (apiVersion: string): readonly string[] =>
      schema.allOf
        ?.filter(({ if: condition }) => {
          const pattern = condition?.properties?.['apiVersion']?.pattern;
          return pattern !== undefined && new RegExp(pattern).test(apiVersion);
        })
        .flatMap(({ then }) => then?.properties?.['kind']?.enum ?? []) ?? [];
    expect(kindsOf('apps/v1')).toEqual(['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet']);
    expect(kindsOf('discovery.k8s.io/v1')).toEqual(['EndpointSlice']);
    expect(kindsOf('v1')).toContain('Service');
  });

  test('a sentence is attached to the field that it explains, and to no other', () => {
    const describe: Describe = (object, field) =>
      object === 'v1.ServicePort' && field === 'nodePort' ? 'A port of every node.' : undefined;
    expect(at(ofKind('Service', '1.32', describe), 'spec.ports.nodePort')?.description).toBe(
      'A port of every node.',
    );
    expect(at(ofKind('Service', '1.32', describe), 'spec.ports.port')?.description).toBeUndefined();
  });

  test.each(LEARNER_VERSIONS)('v%s: plain data that a worker can be sent', (k8s) => {
    const schema = jsonSchemaOf(k8s);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    for (const kind of ['Service', 'Pod', 'Deployment', 'EndpointSlice', 'Node', 'ConfigMap'])
      expect(ofKind(kind, k8s).type).toBe('object');
  });
});
