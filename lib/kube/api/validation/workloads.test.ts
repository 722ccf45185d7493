import { describe, expect, test } from 'vitest';
import { messageOf, must, testApi, yaml } from '@/lib/kube/api/testing';
import type { Deployment, KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';

const refusal = (text: string, k8s: K8sVersion = '1.32'): string =>
  messageOf(testApi({ k8s }).api.create(yaml(text)));

const pod = (spec: string): string => `{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {${spec}}}`;
const container = (fields: string): string => pod(`containers: [{name: c, image: i, ${fields}}]`);
const podRefusal = (text: string, k8s?: K8sVersion): string =>
  refusal(text, k8s).replace('Pod "a" is invalid: ', '');

const deployment = (spec: string): string =>
  `{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {${spec}}}`;
const TEMPLATE = 'template: {metadata: {labels: {app: web}}, spec: {containers: [{name: c, image: i}]}}';
const SELECTOR = 'selector: {matchLabels: {app: web}}';

describe('Deployments', () => {
  test('a selector that does not match the template', () => {
    expect(refusal(deployment(`selector: {matchLabels: {app: wob}}, ${TEMPLATE}`))).toBe(
      'Deployment.apps "web" is invalid: spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`',
    );
  });

  test('a missing selector', () => {
    expect(refusal(deployment(TEMPLATE))).toBe(
      'Deployment.apps "web" is invalid: [spec.selector: Required value, spec.template.metadata.labels: Invalid value: map[string]string{"app":"web"}: `selector` does not match template `labels`]',
    );
  });

  test('a selector that changes', () => {
    const { api } = testApi();
    const live = must(api.create(yaml(deployment(`${SELECTOR}, ${TEMPLATE}`)))) as Deployment;
    const labels = { app: 'web', v: '2' };
    const template = { ...live.spec.template, metadata: { labels } };
    const changed = { ...live, spec: { ...live.spec, selector: { matchLabels: labels }, template } };
    expect(messageOf(api.update(changed))).toBe(
      'Deployment.apps "web" is invalid: spec.selector: Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"app":"web", "v":"2"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable',
    );
  });

  test.each([
    [`replicas: -1`, 'spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
    [
      `strategy: {type: Foo}`,
      'spec.strategy: Unsupported value: apps.DeploymentStrategy{Type:"Foo", RollingUpdate:(*apps.RollingUpdateDeployment)(nil)}: supported values: "Recreate", "RollingUpdate"',
    ],
    [
      `strategy: {rollingUpdate: {maxSurge: 0, maxUnavailable: 0}}`,
      'spec.strategy.rollingUpdate.maxUnavailable: Invalid value: intstr.IntOrString{Type:0, IntVal:0, StrVal:""}: may not be 0 when `maxSurge` is 0',
    ],
    [
      `progressDeadlineSeconds: 5, minReadySeconds: 9`,
      'spec.progressDeadlineSeconds: Invalid value: 5: must be greater than minReadySeconds',
    ],
  ])('%s', (spec, message) =>
    expect(refusal(deployment(`${spec}, ${SELECTOR}, ${TEMPLATE}`))).toBe(
      `Deployment.apps "web" is invalid: ${message}`,
    ),
  );

  test('faults of the template have its path', () => {
    const template = TEMPLATE.replace('image: i', 'ports: [{containerPort: 0}]').replace(
      'name: c',
      'name: C_1',
    );
    expect(refusal(deployment(`${SELECTOR}, ${template}`))).toBe(
      "Deployment.apps \"web\" is invalid: [spec.template.spec.containers[0].name: Invalid value: \"C_1\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?'), spec.template.spec.containers[0].image: Required value, spec.template.spec.containers[0].ports[0].containerPort: Required value]",
    );
  });
});

describe('Pods', () => {
  test.each([
    [pod(''), 'spec.containers: Required value'],
    [
      pod('containers: [{name: c, image: i}, {name: c, image: i}]'),
      'spec.containers[1].name: Duplicate value: "c"',
    ],
    [
      container('ports: [{containerPort: 70000}]'),
      'spec.containers[0].ports[0].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive',
    ],
    [
      container('ports: [{containerPort: 80, name: a--b}]'),
      'spec.containers[0].ports[0].name: Invalid value: "a--b": must not contain consecutive hyphens',
    ],
    [
      container('readinessProbe: {periodSeconds: 5}'),
      'spec.containers[0].readinessProbe: Required value: must specify a handler type',
    ],
    [
      container('livenessProbe: {tcpSocket: {port: 80}, successThreshold: 2}'),
      'spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1',
    ],
    [
      container('readinessProbe: {tcpSocket: {port: 80}, httpGet: {port: 80}}'),
      'spec.containers[0].readinessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type',
    ],
    [
      container('volumeMounts: [{name: v, mountPath: /v}]'),
      'spec.containers[0].volumeMounts[0].name: Not found: "v"',
    ],
    [
      container('imagePullPolicy: Sometimes'),
      'spec.containers[0].imagePullPolicy: Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
    ],
    [
      container('resources: {requests: {cpu: 2}, limits: {cpu: 1}}'),
      'spec.containers[0].resources.requests[cpu]: Invalid value: "2": must be less than or equal to cpu limit of 1',
    ],
    [
      pod('restartPolicy: Maybe, containers: [{name: c, image: i}]'),
      'spec.restartPolicy: Unsupported value: "Maybe": supported values: "Always", "OnFailure", "Never"',
    ],
    [
      pod('hostNetwork: true, containers: [{name: c, image: i, ports: [{containerPort: 80, hostPort: 81}]}]'),
      'spec.containers[0].ports[0].containerPort: Invalid value: 80: must match `hostPort` when `hostNetwork` is true',
    ],
    [
      pod(
        'initContainers: [{name: i, image: i, readinessProbe: {tcpSocket: {port: 1}}}], containers: [{name: c, image: i}]',
      ),
      'spec.initContainers[0].readinessProbe: Forbidden: may not be set for init containers without restartPolicy=Always',
    ],
    [
      pod('tolerations: [{key: a, operator: Like, effect: NoSchedule}], containers: [{name: c, image: i}]'),
      'spec.tolerations[0].operator: Unsupported value: "Like": supported values: "Equal", "Exists"',
    ],
  ])('%s', (text, message) => expect(podRefusal(text)).toBe(message));

  test('the sleep before a stop is a field from 1.29 on', () => {
    const text = container('lifecycle: {preStop: {sleep: {seconds: 99}}}');
    expect(podRefusal(text, '1.28')).toContain('unknown field "spec.containers[0].lifecycle.preStop.sleep"');
    expect(podRefusal(text, '1.30')).toBe(
      'spec.containers[0].lifecycle.preStop.sleep: Invalid value: 99: must be greater than 0 and less than terminationGracePeriodSeconds (30)',
    );
  });

  test('only few fields of a Pod may change', () => {
    const { api } = testApi();
    const live = must(api.create(yaml(container('args: [a]')))) as KubeObject & {
      spec: { containers: object[] };
    };
    const [first] = live.spec.containers;
    const withContainers = (containers: object[]): KubeObject => ({
      ...live,
      spec: { ...live.spec, containers },
    });
    expect(messageOf(api.update(withContainers([{ ...first, args: ['b'] }])))).toContain(
      'spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`',
    );
    expect(messageOf(api.update(withContainers([first ?? {}, { name: 'd', image: 'd' }])))).toBe(
      'Pod "a" is invalid: spec.containers: Forbidden: pod updates may not add or remove containers',
    );
    must(api.update(withContainers([{ ...first, image: 'other' }])));
    must(
      api.update({
        ...live,
        metadata: { name: 'a' },
        spec: { ...live.spec, containers: [{ ...first, image: 'other' }], nodeName: 'node-1' },
      }),
    );
  });
});

describe('other kinds', () => {
  test.each([
    [
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, addressType: IPV4, endpoints: []}',
      'EndpointSlice.discovery.k8s.io "s" is invalid: addressType: Unsupported value: "IPV4": supported values: "FQDN", "IPv4", "IPv6"',
    ],
    [
      '{apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: s}, addressType: IPv4, endpoints: [{addresses: []}]}',
      'EndpointSlice.discovery.k8s.io "s" is invalid: endpoints[0].addresses: Required value: must contain at least 1 address',
    ],
    [
      '{apiVersion: v1, kind: Endpoints, metadata: {name: e}, subsets: [{ports: [{port: 80}]}]}',
      'Endpoints "e" is invalid: subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`',
    ],
    [
      '{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {"a b": x}}',
      "ConfigMap \"m\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
    [
      '{apiVersion: v1, kind: Namespace, metadata: {name: a.b}}',
      'Namespace "a.b" is invalid: metadata.name: Invalid value: "a.b": must not contain dots',
    ],
    [
      '{apiVersion: v1, kind: ConfigMap, metadata: {}}',
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
  ])('%s', (text, message) => expect(refusal(text)).toBe(message));
});
