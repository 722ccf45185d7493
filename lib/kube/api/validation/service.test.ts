import { describe, expect, test } from 'vitest';
import { messageOf, must, service, testApi } from '@/lib/kube/api/testing';
import type { Service, ServiceSpec } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';

/** What the server says to a new Service, without the leading "Service … is invalid: ". */
const refusal = (spec: unknown, k8s: K8sVersion = '1.32', name = 'web'): string =>
  messageOf(testApi({ k8s }).api.create(service(spec as ServiceSpec, name))).replace(
    `Service "${name}" is invalid: `,
    '',
  );

/** What the server says to the second version of a Service. */
function changeRefusal(before: ServiceSpec, after: (live: Service) => ServiceSpec, cidrs?: string[]): string {
  const { api } = testApi(cidrs ? { serviceCIDRs: cidrs } : {});
  const live = must(api.create(service(before)));
  return messageOf(api.update({ ...live, spec: after(live) })).replace('Service "web" is invalid: ', '');
}

const port = { port: 80 };

describe('ports', () => {
  test.each([
    [{}, 'spec.ports: Required value'],
    [
      { ports: [{ port: 0, targetPort: 80 }] },
      'spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive',
    ],
    [{ ports: [port, { port: 81, name: 'b' }] }, 'spec.ports[0].name: Required value'],
    [
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 81, name: 'a' },
        ],
      },
      'spec.ports[1].name: Duplicate value: "a"',
    ],
    [
      { ports: [{ port: 80, name: 'Http' }] },
      "spec.ports[0].name: Invalid value: \"Http\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')",
    ],
    [
      { ports: [{ port: 80, protocol: 'HTTP' }] },
      'spec.ports[0].protocol: Unsupported value: "HTTP": supported values: "SCTP", "TCP", "UDP"',
    ],
    [
      { ports: [{ port: 80, targetPort: 99_999 }] },
      'spec.ports[0].targetPort: Invalid value: 99999: must be between 1 and 65535, inclusive',
    ],
    [
      { ports: [{ port: 80, targetPort: 'a-very-long-port-name' }] },
      'spec.ports[0].targetPort: Invalid value: "a-very-long-port-name": must be no more than 15 characters',
    ],
    [
      { ports: [{ port: 80, targetPort: '8080' }] },
      'spec.ports[0].targetPort: Invalid value: "8080": must contain at least one letter (a-z)',
    ],
    [
      {
        ports: [
          { port: 80, name: 'a' },
          { port: 80, name: 'b' },
        ],
      },
      'spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}',
    ],
    [
      { ports: [{ port: 80, nodePort: 30080 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
  ])('%j', (spec, message) => expect(refusal(spec)).toBe(message));

  test('several faults are listed in the order of the real server, each once', () => {
    expect(refusal({ type: 'Foo', ports: [{ port: 0, targetPort: 1 }], sessionAffinity: 'Maybe' })).toBe(
      '[spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive, spec.sessionAffinity: Unsupported value: "Maybe": supported values: "ClientIP", "None", spec.type: Unsupported value: "Foo": supported values: "ClusterIP", "ExternalName", "LoadBalancer", "NodePort"]',
    );
  });

  test('the causes name their fields', () => {
    const result = testApi().api.create(service({ ports: [{ port: 0, targetPort: 80 }] }));
    expect(result).toMatchObject({
      error: {
        code: 422,
        reason: 'Invalid',
        details: { kind: 'Service', name: 'web' },
        causes: [
          {
            reason: 'FieldValueInvalid',
            field: 'spec.ports[0].port',
            message: 'Invalid value: 0: must be between 1 and 65535, inclusive',
          },
        ],
      },
    });
  });
});

describe('names and types', () => {
  test('names are DNS-1035 labels', () => {
    expect(refusal({ ports: [port] }, '1.32', '1-web')).toBe(
      "metadata.name: Invalid value: \"1-web\": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')",
    );
  });

  test.each([
    [
      { type: 'NodePort', clusterIP: 'None', ports: [port] },
      'spec.clusterIPs[0]: Invalid value: "None": may not be set to \'None\' for NodePort services',
    ],
    [{ type: 'ExternalName' }, 'spec.externalName: Required value'],
    [
      { type: 'ExternalName', externalName: 'a.example', clusterIP: '10.96.0.9' },
      'spec.clusterIPs: Forbidden: may not be set for ExternalName services',
    ],
    [
      { type: 'ExternalName', externalName: 'Not_a_name' },
      "spec.externalName: Invalid value: \"Not_a_name\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      { ports: [port], selector: { app: 'a b' } },
      "spec.selector: Invalid value: \"a b\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ])('%j', (spec, message) => expect(refusal(spec)).toBe(message));

  test('headless Services and ExternalNames need no ports', () => {
    expect(refusal({ clusterIP: 'None', selector: { a: 'b' } })).toBe('ok');
    expect(refusal({ type: 'ExternalName', externalName: 'db.example.com.' })).toBe('ok');
  });
});

describe('affinity, policies, addresses', () => {
  test.each([
    [
      {
        ports: [port],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 86_401 } },
      },
      'spec.sessionAffinityConfig.clientIP.timeoutSeconds: Invalid value: 86401: must be greater than 0 and less than 86400',
    ],
    [
      { ports: [port], externalTrafficPolicy: 'Local' },
      'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ],
    [
      { type: 'NodePort', ports: [port], externalTrafficPolicy: 'Here' },
      'spec.externalTrafficPolicy: Unsupported value: "Here": supported values: "Cluster", "Local"',
    ],
    [
      { ports: [port], internalTrafficPolicy: 'Here' },
      'spec.internalTrafficPolicy: Unsupported value: "Here": supported values: "Cluster", "Local"',
    ],
    [
      { type: 'NodePort', ports: [port], healthCheckNodePort: 31_000 },
      "spec.healthCheckNodePort: Invalid value: 31000: may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'",
    ],
    [
      { ports: [port], externalIPs: ['1.2.3'] },
      'spec.externalIPs[0]: Invalid value: "1.2.3": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      { ports: [port], externalIPs: ['127.0.0.1'] },
      'spec.externalIPs[0]: Invalid value: "127.0.0.1": may not be in the loopback range (127.0.0.0/8, ::1/128)',
    ],
    [
      { ports: [port], loadBalancerSourceRanges: ['10.0.0.0/8'] },
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
    [
      { type: 'LoadBalancer', ports: [port], loadBalancerSourceRanges: ['10.0.0.0/33'] },
      'spec.LoadBalancerSourceRanges[0]: Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
    ],
    [
      { ports: [port], loadBalancerClass: 'x' },
      "spec.loadBalancerClass: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
    [
      { ports: [port], trafficDistribution: 'Near' },
      'spec.trafficDistribution: Unsupported value: "Near": supported values: "PreferClose"',
    ],
    [
      { ports: [port], ipFamilyPolicy: 'RequireDualStack' },
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
    ],
    [
      { ports: [port], ipFamilies: ['IPv6'] },
      'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster',
    ],
    [
      { ports: [port], clusterIP: 'x' },
      'spec.clusterIPs[0]: Invalid value: "x": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      { ports: [port], clusterIPs: ['10.96.0.9'] },
      'spec.clusterIPs: Invalid value: []string{"10.96.0.9"}: must be empty when `clusterIP` is not specified',
    ],
  ])('%j', (spec, message) => expect(refusal(spec)).toBe(message));

  test('old versions have one message for all source ranges', () => {
    const spec = { type: 'LoadBalancer', ports: [port], loadBalancerSourceRanges: ['10.0.0.0/8', 'x'] };
    expect(refusal(spec, '1.28')).toBe(
      'spec.LoadBalancerSourceRanges: Invalid value: "[10.0.0.0/8 x]": must be a list of IP ranges. For example, 10.240.0.0/24,10.250.0.0/24 ',
    );
  });

  test('trafficDistribution is no field before 1.30, and 1.34 knows more of them', () => {
    expect(refusal({ ports: [port], trafficDistribution: 'PreferClose' }, '1.29')).toBe(
      'Service in version "v1" cannot be handled as a Service: strict decoding error: unknown field "spec.trafficDistribution"',
    );
    expect(refusal({ ports: [port], trafficDistribution: 'PreferSameNode' }, '1.34')).toBe('ok');
  });
});

describe('changes', () => {
  test('the cluster IP stays', () => {
    expect(changeRefusal({ ports: [port] }, (live) => ({ ...live.spec, clusterIP: '10.96.0.99' }))).toBe(
      'spec.clusterIPs[0]: Invalid value: []string{"10.96.0.99"}: may not change once set',
    );
    expect(
      changeRefusal({ ports: [port] }, ({ spec: { clusterIPs: _clusterIPs, ...rest } }) => ({
        ...rest,
        clusterIP: 'None',
      })),
    ).toBe('spec.clusterIPs[0]: Invalid value: []string{"None"}: may not change once set');
  });

  test('the load-balancer class and the health-check node port stay', () => {
    const spec: ServiceSpec = {
      type: 'LoadBalancer',
      ports: [port],
      loadBalancerClass: 'a/b',
      externalTrafficPolicy: 'Local',
    };
    expect(changeRefusal(spec, (live) => ({ ...live.spec, loadBalancerClass: 'a/c' }))).toBe(
      'spec.loadBalancerClass: Invalid value: "a/c": may not change once set',
    );
    expect(changeRefusal(spec, (live) => ({ ...live.spec, healthCheckNodePort: 30_001 }))).toBe(
      'spec.healthCheckNodePort: Forbidden: field is immutable',
    );
  });

  test('a second family is given up in words', () => {
    const spec: ServiceSpec = { ports: [port], ipFamilyPolicy: 'RequireDualStack' };
    const cidrs = ['10.96.0.0/16', 'fd00:10::/112'];
    const single = (live: Service): ServiceSpec => ({
      ...live.spec,
      clusterIPs: (live.spec.clusterIPs ?? []).slice(0, 1),
    });
    expect(changeRefusal(spec, single, cidrs)).toBe(
      'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": must be \'SingleStack\' to release the secondary cluster IP',
    );
    expect(changeRefusal(spec, (live) => ({ ...live.spec, ipFamilyPolicy: 'SingleStack' }), cidrs)).toBe(
      'ok',
    );
  });
});
