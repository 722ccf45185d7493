import { describe, expect, test } from 'vitest';
import { messageOf, must, testApi, yaml } from './testing';

const refusal = (text: string): string => messageOf(testApi().api.create(yaml(text)));
const SERVICE = 'Service in version "v1" cannot be handled as a Service: ';

describe('unknown fields', () => {
  test('are refused with their paths, in the order of sorted keys', () => {
    expect(
      refusal(
        '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selectr: {a: b}, ports: [{port: 80, targetport: 1}]}}',
      ),
    ).toBe(
      `${SERVICE}strict decoding error: unknown field "spec.ports[0].targetport", unknown field "spec.selectr"`,
    );
  });

  test('of grouped kinds name the version without the group', () => {
    expect(refusal('{apiVersion: apps/v1, kind: Deployment, metadata: {name: a}, spec: {replica: 3}}')).toBe(
      'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.replica"',
    );
  });
});

describe('wrong types', () => {
  test.each([
    [
      'ports: [{port: eighty}]',
      'json: cannot unmarshal string into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      'ports: {port: 80}',
      'json: cannot unmarshal object into Go struct field ServiceSpec.spec.ports of type []v1.ServicePort',
    ],
    [
      'ports: [80]',
      'json: cannot unmarshal number into Go struct field ServiceSpec.spec.ports of type v1.ServicePort',
    ],
    [
      'type: 5',
      'json: cannot unmarshal number into Go struct field ServiceSpec.spec.type of type v1.ServiceType',
    ],
    [
      'selector: {a: 1}',
      'json: cannot unmarshal number into Go struct field ServiceSpec.spec.selector of type string',
    ],
    [
      'selector: [a]',
      'json: cannot unmarshal array into Go struct field ServiceSpec.spec.selector of type map[string]string',
    ],
    [
      'ports: [{port: 1.5}]',
      'json: cannot unmarshal number 1.5 into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      'ports: [{port: 3000000000}]',
      'json: cannot unmarshal number 3000000000 into Go struct field ServicePort.spec.ports.port of type int32',
    ],
    [
      'ports: [{port: 80, targetPort: true}]',
      'json: cannot unmarshal bool into Go struct field ServicePort.spec.ports.targetPort of type int32',
    ],
    [
      'publishNotReadyAddresses: "yes"',
      'json: cannot unmarshal string into Go struct field ServiceSpec.spec.publishNotReadyAddresses of type bool',
    ],
    [
      'clusterIPs: 10.96.0.1',
      'json: cannot unmarshal string into Go struct field ServiceSpec.spec.clusterIPs of type []string',
    ],
  ])('%s', (spec, message) =>
    expect(refusal(`{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {${spec}}}`)).toBe(
      SERVICE + message,
    ),
  );

  test('the first one is reported, before any unknown field', () => {
    expect(
      refusal('{apiVersion: v1, kind: Service, metadata: {labels: {a: 1}, name: 5}, spec: {foo: 1}}'),
    ).toBe(
      `${SERVICE}json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string`,
    );
  });

  test('quantities have their own words', () => {
    expect(
      refusal(
        '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: c, image: i, resources: {limits: {cpu: lots}}}]}}',
      ),
    ).toBe(
      'Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
    );
  });
});

test('null and zero values are as good as absent', () => {
  const { api } = testApi();
  const created = must(
    api.create(
      yaml(
        '{apiVersion: v1, kind: Service, metadata: {name: a, labels: null}, spec: {selector: {}, externalIPs: [], externalName: "", ports: [{port: 80, nodePort: 0, name: null}]}}',
      ),
    ),
  );
  expect(created.metadata).not.toHaveProperty('labels');
  expect(created.spec).toMatchObject({ ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }] });
  for (const field of ['selector', 'externalIPs', 'externalName'])
    expect(created.spec).not.toHaveProperty(field);
});

test('zero replicas are kept, quantities become canonical', () => {
  const { api } = testApi();
  const created = must(
    api.create(
      yaml(`
apiVersion: apps/v1
kind: Deployment
metadata: { name: a }
spec:
  replicas: 0
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b } }
    spec: { containers: [{ name: c, image: i, resources: { requests: { cpu: 0.5, memory: 1024Mi } } }] }
`),
    ),
  );
  expect(created.spec).toMatchObject({
    replicas: 0,
    template: { spec: { containers: [{ resources: { requests: { cpu: '500m', memory: '1Gi' } } }] } },
  });
});
