// Containers: Container, EphemeralContainer, Probe, Lifecycle, EnvVar, SecurityContext of k8s.io/api/core/v1/types.go.
import { localObjectReference, resourceList } from './meta';
import {
  bool,
  int32,
  int64,
  intOrString,
  list,
  named,
  obj,
  ptr,
  quantity,
  str,
  strings,
  when,
  type FieldSchema,
} from './types';

const protocol = named('v1.Protocol', 'TCP', 'UDP', 'SCTP');

const containerPort = obj(
  'v1.ContainerPort',
  { name: str, hostPort: int32, containerPort: int32, protocol, hostIP: str },
  ['containerPort'],
);

const exec = obj('v1.ExecAction', { command: strings });
const httpGet = obj(
  'v1.HTTPGetAction',
  {
    path: str,
    port: intOrString,
    host: str,
    scheme: named('v1.URIScheme', 'HTTP', 'HTTPS'),
    httpHeaders: list(obj('v1.HTTPHeader', { name: str, value: str }, ['name', 'value'])),
  },
  ['port'],
);
const tcpSocket = obj('v1.TCPSocketAction', { port: intOrString, host: str }, ['port']);
const grpc = obj('v1.GRPCAction', { port: int32, service: ptr(str) }, ['port']);

const probe = obj('v1.Probe', {
  exec,
  httpGet,
  tcpSocket,
  grpc,
  initialDelaySeconds: int32,
  timeoutSeconds: int32,
  periodSeconds: int32,
  successThreshold: int32,
  failureThreshold: int32,
  terminationGracePeriodSeconds: ptr(int64),
});

const lifecycleHandler = obj('v1.LifecycleHandler', {
  exec,
  httpGet,
  tcpSocket,
  sleep: when('preStopSleepField', obj('v1.SleepAction', { seconds: int64 }, ['seconds'])),
});

const keyRef = (go: string): FieldSchema => obj(go, { name: str, key: str, optional: ptr(bool) }, ['key']);

export const fieldRef = obj('v1.ObjectFieldSelector', { apiVersion: str, fieldPath: str }, ['fieldPath']);
export const resourceFieldRef = obj(
  'v1.ResourceFieldSelector',
  { containerName: str, resource: str, divisor: quantity },
  ['resource'],
);

const envVar = obj(
  'v1.EnvVar',
  {
    name: str,
    value: str,
    valueFrom: obj('v1.EnvVarSource', {
      fieldRef,
      resourceFieldRef,
      configMapKeyRef: keyRef('v1.ConfigMapKeySelector'),
      secretKeyRef: keyRef('v1.SecretKeySelector'),
    }),
  },
  ['name'],
);

const envFrom = obj('v1.EnvFromSource', {
  prefix: str,
  configMapRef: obj('v1.ConfigMapEnvSource', { name: str, optional: ptr(bool) }),
  secretRef: obj('v1.SecretEnvSource', { name: str, optional: ptr(bool) }),
});

export const resourceRequirements = obj('v1.ResourceRequirements', {
  limits: resourceList,
  requests: resourceList,
  claims: list(obj('v1.ResourceClaim', { name: str, request: str }, ['name'])),
});

export const seLinuxOptions = obj('v1.SELinuxOptions', { user: str, role: str, type: str, level: str });
export const seccompProfile = obj(
  'v1.SeccompProfile',
  {
    type: named('v1.SeccompProfileType', 'Localhost', 'RuntimeDefault', 'Unconfined'),
    localhostProfile: ptr(str),
  },
  ['type'],
);
export const appArmorProfile = when(
  'appArmorField',
  obj(
    'v1.AppArmorProfile',
    {
      type: named('v1.AppArmorProfileType', 'Localhost', 'RuntimeDefault', 'Unconfined'),
      localhostProfile: ptr(str),
    },
    ['type'],
  ),
);
export const windowsOptions = obj('v1.WindowsSecurityContextOptions', {
  gmsaCredentialSpecName: ptr(str),
  gmsaCredentialSpec: ptr(str),
  runAsUserName: ptr(str),
  hostProcess: ptr(bool),
});

const securityContext = obj('v1.SecurityContext', {
  capabilities: obj('v1.Capabilities', {
    add: list(named('v1.Capability')),
    drop: list(named('v1.Capability')),
  }),
  privileged: ptr(bool),
  seLinuxOptions,
  windowsOptions,
  runAsUser: ptr(int64),
  runAsGroup: ptr(int64),
  runAsNonRoot: ptr(bool),
  readOnlyRootFilesystem: ptr(bool),
  allowPrivilegeEscalation: ptr(bool),
  procMount: ptr(named('v1.ProcMountType', 'Default', 'Unmasked')),
  seccompProfile,
  appArmorProfile,
});

const volumeMount = obj(
  'v1.VolumeMount',
  {
    name: str,
    readOnly: bool,
    recursiveReadOnly: ptr(named('v1.RecursiveReadOnlyMode', 'Disabled', 'IfPossible', 'Enabled')),
    mountPath: str,
    subPath: str,
    mountPropagation: ptr(named('v1.MountPropagationMode', 'None', 'HostToContainer', 'Bidirectional')),
    subPathExpr: str,
  },
  ['name', 'mountPath'],
);

const fields = {
  name: str,
  image: str,
  command: strings,
  args: strings,
  workingDir: str,
  ports: list(containerPort, 'containerPort'),
  envFrom: list(envFrom),
  env: list(envVar, 'name'),
  resources: resourceRequirements,
  resizePolicy: list(
    obj(
      'v1.ContainerResizePolicy',
      {
        resourceName: named('v1.ResourceName', 'cpu', 'memory'),
        restartPolicy: named('v1.ResourceResizeRestartPolicy', 'NotRequired', 'RestartContainer'),
      },
      ['resourceName', 'restartPolicy'],
    ),
  ),
  restartPolicy: ptr(named('v1.ContainerRestartPolicy', 'Always')),
  volumeMounts: list(volumeMount, 'mountPath'),
  volumeDevices: list(
    obj('v1.VolumeDevice', { name: str, devicePath: str }, ['name', 'devicePath']),
    'devicePath',
  ),
  livenessProbe: probe,
  readinessProbe: probe,
  startupProbe: probe,
  lifecycle: obj('v1.Lifecycle', { postStart: lifecycleHandler, preStop: lifecycleHandler }),
  terminationMessagePath: str,
  terminationMessagePolicy: named('v1.TerminationMessagePolicy', 'File', 'FallbackToLogsOnError'),
  imagePullPolicy: named('v1.PullPolicy', 'Always', 'IfNotPresent', 'Never'),
  securityContext,
  stdin: bool,
  stdinOnce: bool,
  tty: bool,
} as const;

export const container = obj('v1.Container', fields, ['name']);
export const ephemeralContainer = obj('v1.EphemeralContainer', { ...fields, targetContainerName: str }, [
  'name',
]);
export const imagePullSecrets = list(localObjectReference, 'name');
