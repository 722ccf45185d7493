// NetworkPolicies, Ingresses, IngressClasses: k8s.io/api/networking/v1/types.go.
import { condition, labelSelector, typeMeta } from './meta';
import { int32, intOrString, list, named, obj, ptr, str, strings } from './types';

const TOP = ['apiVersion', 'kind', 'metadata'];

const policyPorts = list(
  obj('v1.NetworkPolicyPort', {
    protocol: ptr(named('v1.Protocol', 'TCP', 'UDP', 'SCTP')),
    port: ptr(intOrString),
    endPort: ptr(int32),
  }),
);
const peers = list(
  obj('v1.NetworkPolicyPeer', {
    podSelector: labelSelector,
    namespaceSelector: labelSelector,
    ipBlock: obj('v1.IPBlock', { cidr: str, except: strings }, ['cidr']),
  }),
);

export const networkPolicy = obj(
  'v1.NetworkPolicy',
  {
    ...typeMeta,
    spec: obj(
      'v1.NetworkPolicySpec',
      {
        podSelector: labelSelector,
        ingress: list(obj('v1.NetworkPolicyIngressRule', { ports: policyPorts, from: peers })),
        egress: list(obj('v1.NetworkPolicyEgressRule', { ports: policyPorts, to: peers })),
        policyTypes: list(named('v1.PolicyType', 'Ingress', 'Egress')),
      },
      ['podSelector'],
    ),
  },
  [...TOP, 'spec'],
);

const typedReference = obj('v1.TypedLocalObjectReference', { apiGroup: ptr(str), kind: str, name: str }, [
  'kind',
  'name',
]);
const backend = obj('v1.IngressBackend', {
  service: obj(
    'v1.IngressServiceBackend',
    { name: str, port: obj('v1.ServiceBackendPort', { name: str, number: int32 }) },
    ['name'],
  ),
  resource: typedReference,
});

export const ingress = obj(
  'v1.Ingress',
  {
    ...typeMeta,
    spec: obj('v1.IngressSpec', {
      ingressClassName: ptr(str),
      defaultBackend: backend,
      tls: list(obj('v1.IngressTLS', { hosts: strings, secretName: str })),
      rules: list(
        obj('v1.IngressRule', {
          host: str,
          http: obj(
            'v1.HTTPIngressRuleValue',
            {
              paths: list(
                obj(
                  'v1.HTTPIngressPath',
                  {
                    path: str,
                    pathType: ptr(named('v1.PathType', 'Exact', 'Prefix', 'ImplementationSpecific')),
                    backend,
                  },
                  ['pathType', 'backend'],
                ),
              ),
            },
            ['paths'],
          ),
        }),
      ),
    }),
    status: obj('v1.IngressStatus', {
      loadBalancer: obj('v1.IngressLoadBalancerStatus', {
        ingress: list(
          obj('v1.IngressLoadBalancerIngress', {
            ip: str,
            hostname: str,
            ports: list(
              obj('v1.IngressPortStatus', { port: int32, protocol: str, error: ptr(str) }, [
                'port',
                'protocol',
              ]),
            ),
          }),
        ),
      }),
    }),
  },
  TOP,
);

export const ingressClass = obj(
  'v1.IngressClass',
  {
    ...typeMeta,
    spec: obj('v1.IngressClassSpec', {
      controller: str,
      parameters: obj(
        'v1.IngressClassParametersReference',
        { apiGroup: ptr(str), kind: str, name: str, scope: ptr(str), namespace: ptr(str) },
        ['kind', 'name'],
      ),
    }),
  },
  TOP,
);

export const podDisruptionBudget = obj(
  'v1.PodDisruptionBudget',
  {
    ...typeMeta,
    spec: obj('v1.PodDisruptionBudgetSpec', {
      minAvailable: ptr(intOrString),
      selector: labelSelector,
      maxUnavailable: ptr(intOrString),
      unhealthyPodEvictionPolicy: ptr(
        named('v1.UnhealthyPodEvictionPolicyType', 'IfHealthyBudget', 'AlwaysAllow'),
      ),
    }),
    status: obj(
      'v1.PodDisruptionBudgetStatus',
      {
        observedGeneration: { type: 'integer', go: 'int64' },
        disruptedPods: { type: 'any', go: 'map[string]v1.Time' },
        disruptionsAllowed: int32,
        currentHealthy: int32,
        desiredHealthy: int32,
        expectedPods: int32,
        conditions: list(condition('v1.Condition'), 'type'),
      },
      ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'],
    ),
  },
  TOP,
);
