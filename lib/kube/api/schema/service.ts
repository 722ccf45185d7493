// Services, EndpointSlices, Endpoints: k8s.io/api/core/v1/types.go, k8s.io/api/discovery/v1/types.go.
import { condition, objectReference, typeMeta } from './meta';
import { bool, int32, intOrString, labels, list, named, obj, ptr, str, strings, when } from './types';

const protocol = named('v1.Protocol', 'TCP', 'UDP', 'SCTP');
const trafficPolicy = (go: string): ReturnType<typeof named> => named(go, 'Cluster', 'Local');

const servicePort = obj(
  'v1.ServicePort',
  { name: str, protocol, appProtocol: ptr(str), port: int32, targetPort: intOrString, nodePort: int32 },
  ['port'],
);

const serviceSpec = obj('v1.ServiceSpec', {
  ports: list(servicePort, 'port'),
  selector: labels,
  clusterIP: str,
  clusterIPs: strings,
  type: named('v1.ServiceType', 'ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'),
  externalIPs: strings,
  sessionAffinity: named('v1.ServiceAffinity', 'None', 'ClientIP'),
  loadBalancerIP: str,
  loadBalancerSourceRanges: strings,
  externalName: str,
  externalTrafficPolicy: trafficPolicy('v1.ServiceExternalTrafficPolicy'),
  healthCheckNodePort: int32,
  publishNotReadyAddresses: bool,
  sessionAffinityConfig: obj('v1.SessionAffinityConfig', {
    clientIP: obj('v1.ClientIPConfig', { timeoutSeconds: ptr(int32) }),
  }),
  ipFamilies: list(named('v1.IPFamily', 'IPv4', 'IPv6')),
  ipFamilyPolicy: ptr(named('v1.IPFamilyPolicy', 'SingleStack', 'PreferDualStack', 'RequireDualStack')),
  allocateLoadBalancerNodePorts: ptr(bool),
  loadBalancerClass: ptr(str),
  internalTrafficPolicy: ptr(trafficPolicy('v1.ServiceInternalTrafficPolicy')),
  trafficDistribution: when('trafficDistributionField', ptr(str)),
});

const serviceStatus = obj('v1.ServiceStatus', {
  loadBalancer: obj('v1.LoadBalancerStatus', {
    ingress: list(
      obj('v1.LoadBalancerIngress', {
        ip: str,
        hostname: str,
        ipMode: when('loadBalancerIPModeField', ptr(named('v1.LoadBalancerIPMode', 'VIP', 'Proxy'))),
        ports: list(obj('v1.PortStatus', { port: int32, protocol, error: ptr(str) }, ['port', 'protocol'])),
      }),
    ),
  }),
  conditions: list(condition('v1.Condition'), 'type'),
});

export const service = obj('v1.Service', { ...typeMeta, spec: serviceSpec, status: serviceStatus }, [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
]);

const hinted = (go: string): ReturnType<typeof list> => list(obj(go, { name: str }, ['name']));

const endpoint = obj(
  'v1.Endpoint',
  {
    addresses: strings,
    conditions: obj('v1.EndpointConditions', {
      ready: ptr(bool),
      serving: ptr(bool),
      terminating: ptr(bool),
    }),
    hostname: ptr(str),
    targetRef: objectReference,
    deprecatedTopology: labels,
    nodeName: ptr(str),
    zone: ptr(str),
    hints: obj('v1.EndpointHints', {
      forZones: hinted('v1.ForZone'),
      forNodes: when('forNodesHints', hinted('v1.ForNode')),
    }),
  },
  ['addresses'],
);

const endpointPort = obj('v1.EndpointPort', {
  name: ptr(str),
  protocol: ptr(protocol),
  port: ptr(int32),
  appProtocol: ptr(str),
});

export const endpointSlice = obj(
  'v1.EndpointSlice',
  {
    ...typeMeta,
    addressType: named('v1.AddressType', 'IPv4', 'IPv6', 'FQDN'),
    endpoints: ptr(list(endpoint)),
    ports: ptr(list(endpointPort)),
  },
  ['apiVersion', 'kind', 'metadata', 'addressType', 'endpoints'],
);

const addresses = list(
  obj('v1.EndpointAddress', { ip: str, hostname: str, nodeName: ptr(str), targetRef: objectReference }, [
    'ip',
  ]),
);

export const endpoints = obj(
  'v1.Endpoints',
  {
    ...typeMeta,
    subsets: list(
      obj('v1.EndpointSubset', {
        addresses,
        notReadyAddresses: addresses,
        ports: list(
          obj('v1.EndpointPort', { name: str, port: int32, protocol, appProtocol: ptr(str) }, ['port']),
        ),
      }),
    ),
  },
  ['apiVersion', 'kind', 'metadata'],
);
