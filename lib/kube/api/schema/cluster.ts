// Nodes, Namespaces, ConfigMaps, ServiceAccounts: k8s.io/api/core/v1/types.go.
import { imagePullSecrets } from './container';
import { condition, objectReference, resourceList, typeMeta } from './meta';
import {
  anything,
  bool,
  int32,
  int64,
  labels,
  list,
  map,
  named,
  obj,
  ptr,
  str,
  strings,
  time,
  when,
} from './types';

const TOP = ['apiVersion', 'kind', 'metadata'];

const nodeSpec = obj('v1.NodeSpec', {
  podCIDR: str,
  podCIDRs: list(str, ''),
  providerID: str,
  unschedulable: bool,
  taints: list(
    obj(
      'v1.Taint',
      {
        key: str,
        value: str,
        effect: named('v1.TaintEffect', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'),
        timeAdded: time,
      },
      ['key', 'effect'],
    ),
  ),
  configSource: anything,
  externalID: str,
});

const systemInfo = [
  'machineID',
  'systemUUID',
  'bootID',
  'kernelVersion',
  'osImage',
  'containerRuntimeVersion',
  'kubeletVersion',
  'kubeProxyVersion',
  'operatingSystem',
  'architecture',
] as const;

const nodeStatus = obj('v1.NodeStatus', {
  capacity: resourceList,
  allocatable: resourceList,
  phase: str,
  conditions: list(condition('v1.NodeCondition'), 'type'),
  addresses: list(
    obj(
      'v1.NodeAddress',
      {
        type: named(
          'v1.NodeAddressType',
          'Hostname',
          'InternalIP',
          'ExternalIP',
          'InternalDNS',
          'ExternalDNS',
        ),
        address: str,
      },
      ['type', 'address'],
    ),
    'type',
  ),
  daemonEndpoints: obj('v1.NodeDaemonEndpoints', {
    kubeletEndpoint: obj('v1.DaemonEndpoint', { Port: int32 }, ['Port']),
  }),
  nodeInfo: obj('v1.NodeSystemInfo', {
    ...Object.fromEntries(systemInfo.map((f) => [f, str])),
    swap: anything,
  }),
  images: list(obj('v1.ContainerImage', { names: strings, sizeBytes: int64 })),
  volumesInUse: list(named('v1.UniqueVolumeName')),
  volumesAttached: list(anything),
  config: anything,
  runtimeHandlers: when('nodeRuntimeHandlersField', list(anything)),
  features: when('nodeFeaturesField', anything),
});

export const node = obj('v1.Node', { ...typeMeta, spec: nodeSpec, status: nodeStatus }, TOP);

export const namespace = obj(
  'v1.Namespace',
  {
    ...typeMeta,
    spec: obj('v1.NamespaceSpec', { finalizers: list(named('v1.FinalizerName')) }),
    status: obj('v1.NamespaceStatus', {
      phase: named('v1.NamespacePhase', 'Active', 'Terminating'),
      conditions: list(condition('v1.NamespaceCondition'), 'type'),
    }),
  },
  TOP,
);

export const configMap = obj(
  'v1.ConfigMap',
  { ...typeMeta, immutable: ptr(bool), data: labels, binaryData: map({ type: 'string', go: '[]uint8' }) },
  TOP,
);

export const serviceAccount = obj(
  'v1.ServiceAccount',
  {
    ...typeMeta,
    secrets: list(objectReference, 'name'),
    imagePullSecrets,
    automountServiceAccountToken: ptr(bool),
  },
  TOP,
);
