// Pods: PodSpec and PodStatus of k8s.io/api/core/v1/types.go.
import {
  appArmorProfile,
  container,
  ephemeralContainer,
  imagePullSecrets,
  resourceRequirements,
  seccompProfile,
  seLinuxOptions,
  windowsOptions,
} from './container';
import { condition, labelSelector, objectMeta, resourceList, typeMeta } from './meta';
import {
  anything,
  bool,
  int32,
  int64,
  labels,
  list,
  named,
  obj,
  ptr,
  retaining,
  str,
  strings,
  time,
  when,
} from './types';
import { volume } from './volume';

const nodeSelectorRequirement = obj(
  'v1.NodeSelectorRequirement',
  {
    key: str,
    operator: named('v1.NodeSelectorOperator', 'In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'),
    values: strings,
  },
  ['key', 'operator'],
);
const nodeSelectorTerm = obj('v1.NodeSelectorTerm', {
  matchExpressions: list(nodeSelectorRequirement),
  matchFields: list(nodeSelectorRequirement),
});
const podAffinityTerm = obj(
  'v1.PodAffinityTerm',
  {
    labelSelector,
    namespaces: strings,
    topologyKey: str,
    namespaceSelector: labelSelector,
    matchLabelKeys: strings,
    mismatchLabelKeys: strings,
  },
  ['topologyKey'],
);
const podAffinity = (go: string): ReturnType<typeof obj> =>
  obj(go, {
    requiredDuringSchedulingIgnoredDuringExecution: list(podAffinityTerm),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      obj('v1.WeightedPodAffinityTerm', { weight: int32, podAffinityTerm }, ['weight', 'podAffinityTerm']),
    ),
  });

const affinity = obj('v1.Affinity', {
  nodeAffinity: obj('v1.NodeAffinity', {
    requiredDuringSchedulingIgnoredDuringExecution: obj(
      'v1.NodeSelector',
      { nodeSelectorTerms: list(nodeSelectorTerm) },
      ['nodeSelectorTerms'],
    ),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      obj('v1.PreferredSchedulingTerm', { weight: int32, preference: nodeSelectorTerm }, [
        'weight',
        'preference',
      ]),
    ),
  }),
  podAffinity: podAffinity('v1.PodAffinity'),
  podAntiAffinity: podAffinity('v1.PodAntiAffinity'),
});

const toleration = obj('v1.Toleration', {
  key: str,
  operator: named('v1.TolerationOperator', 'Exists', 'Equal'),
  value: str,
  effect: named('v1.TaintEffect', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'),
  tolerationSeconds: ptr(int64),
});

const podSecurityContext = obj('v1.PodSecurityContext', {
  seLinuxOptions,
  windowsOptions,
  runAsUser: ptr(int64),
  runAsGroup: ptr(int64),
  runAsNonRoot: ptr(bool),
  supplementalGroups: list(int64),
  supplementalGroupsPolicy: when(
    'supplementalGroupsPolicyField',
    ptr(named('v1.SupplementalGroupsPolicy', 'Merge', 'Strict')),
  ),
  fsGroup: ptr(int64),
  sysctls: list(obj('v1.Sysctl', { name: str, value: str }, ['name', 'value'])),
  fsGroupChangePolicy: ptr(named('v1.PodFSGroupChangePolicy', 'OnRootMismatch', 'Always')),
  seccompProfile,
  appArmorProfile,
});

const inclusionPolicy = ptr(named('v1.NodeInclusionPolicy', 'Honor', 'Ignore'));
const topologySpreadConstraint = obj(
  'v1.TopologySpreadConstraint',
  {
    maxSkew: int32,
    topologyKey: str,
    whenUnsatisfiable: named('v1.UnsatisfiableConstraintAction', 'DoNotSchedule', 'ScheduleAnyway'),
    labelSelector,
    minDomains: ptr(int32),
    nodeAffinityPolicy: inclusionPolicy,
    nodeTaintsPolicy: inclusionPolicy,
    matchLabelKeys: strings,
  },
  ['maxSkew', 'topologyKey', 'whenUnsatisfiable'],
);

const dnsConfig = obj('v1.PodDNSConfig', {
  nameservers: strings,
  searches: strings,
  options: list(obj('v1.PodDNSConfigOption', { name: str, value: ptr(str) })),
});

const resourceClaim = retaining(
  obj(
    'v1.PodResourceClaim',
    { name: str, resourceClaimName: ptr(str), resourceClaimTemplateName: ptr(str) },
    ['name'],
  ),
);

export const podSpec = obj(
  'v1.PodSpec',
  {
    volumes: list(volume, 'name'),
    initContainers: list(container, 'name'),
    containers: list(container, 'name'),
    ephemeralContainers: list(ephemeralContainer, 'name'),
    restartPolicy: named('v1.RestartPolicy', 'Always', 'OnFailure', 'Never'),
    terminationGracePeriodSeconds: ptr(int64),
    activeDeadlineSeconds: ptr(int64),
    dnsPolicy: named('v1.DNSPolicy', 'ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'),
    nodeSelector: labels,
    serviceAccountName: str,
    serviceAccount: str,
    automountServiceAccountToken: ptr(bool),
    nodeName: str,
    hostNetwork: bool,
    hostPID: bool,
    hostIPC: bool,
    shareProcessNamespace: ptr(bool),
    securityContext: podSecurityContext,
    imagePullSecrets,
    hostname: str,
    subdomain: str,
    affinity,
    schedulerName: str,
    tolerations: list(toleration),
    hostAliases: list(obj('v1.HostAlias', { ip: str, hostnames: strings }, ['ip']), 'ip'),
    priorityClassName: str,
    priority: ptr(int32),
    dnsConfig,
    readinessGates: list(
      obj('v1.PodReadinessGate', { conditionType: named('v1.PodConditionType') }, ['conditionType']),
    ),
    runtimeClassName: ptr(str),
    enableServiceLinks: ptr(bool),
    preemptionPolicy: ptr(named('v1.PreemptionPolicy', 'PreemptLowerPriority', 'Never')),
    overhead: resourceList,
    topologySpreadConstraints: list(topologySpreadConstraint, 'topologyKey'),
    setHostnameAsFQDN: ptr(bool),
    os: obj('v1.PodOS', { name: named('v1.OSName', 'linux', 'windows') }, ['name']),
    hostUsers: ptr(bool),
    schedulingGates: list(obj('v1.PodSchedulingGate', { name: str }, ['name']), 'name'),
    resourceClaims: list(resourceClaim, 'name'),
    resources: when('podResourcesField', resourceRequirements),
  },
  ['containers'],
);

const ips = (go: string): ReturnType<typeof list> => list(obj(go, { ip: str }, ['ip']), 'ip');

const podStatus = obj('v1.PodStatus', {
  observedGeneration: int64,
  phase: named('v1.PodPhase', 'Pending', 'Running', 'Succeeded', 'Failed', 'Unknown'),
  conditions: list(condition('v1.PodCondition'), 'type'),
  message: str,
  reason: str,
  nominatedNodeName: str,
  hostIP: str,
  hostIPs: ips('v1.HostIP'),
  podIP: str,
  podIPs: ips('v1.PodIP'),
  startTime: time,
  initContainerStatuses: list(anything),
  containerStatuses: list(anything),
  ephemeralContainerStatuses: list(anything),
  qosClass: named('v1.PodQOSClass', 'Guaranteed', 'Burstable', 'BestEffort'),
  resize: str,
});

export const pod = obj('v1.Pod', { ...typeMeta, spec: podSpec, status: podStatus }, [
  'apiVersion',
  'kind',
  'metadata',
  'spec',
]);

/** What a workload makes its Pods from. */
export const podTemplate = obj('v1.PodTemplateSpec', { metadata: objectMeta, spec: podSpec }, ['spec']);
