// Defaults of Pods and Pod templates: pkg/apis/core/v1/defaults.go, and the admission plugins that every kubeadm cluster has on
// (ServiceAccount, Priority, DefaultTolerationSeconds).
import type { ContainerPort, Pod } from '@/lib/kube/types';
import { isObject, mapSame, withFields, type JsonObject } from '@/lib/kube/api/json';
import type {
  ContainerShape,
  EnvShape,
  HandlerShape,
  HttpGetShape,
  PodSpecShape,
  ProbeShape,
  TolerationShape,
  VolumeShape,
} from '@/lib/kube/api/pod-shape';
import { volumeSources } from '@/lib/kube/api/schema/volume';

const FILE_MODE = 0o644;
const EMPTY = {};
const TOKEN_SECONDS = 3600;
const TOLERATION_SECONDS = 300;

/** SetDefaults_Pod and SetDefaults_PodSpec. */
export function defaultPod(pod: Pod): Pod {
  const spec = defaultPodSpec(pod.spec as unknown as PodSpecShape);
  const perContainer = (container: ContainerShape): ContainerShape =>
    withHostPorts(requestsFromLimits(container), spec.hostNetwork === true);
  const defaulted = withFields(spec, {
    enableServiceLinks: spec.enableServiceLinks ?? true,
    containers: spec.containers && mapSame(spec.containers, perContainer),
    initContainers: spec.initContainers && mapSame(spec.initContainers, perContainer),
  });
  return withFields(pod, { spec: defaulted as unknown as Pod['spec'] });
}

/** What admission plugins add to a new Pod; `suffix` makes the name of the token's volume. */
export function admitPod(pod: Pod, suffix: () => string): Pod {
  const spec = withTokenVolume(pod.spec as unknown as PodSpecShape, suffix);
  const account = spec.serviceAccountName ?? spec.serviceAccount ?? 'default';
  const admitted = withFields(spec, {
    serviceAccountName: account,
    serviceAccount: account,
    priority: spec.priority ?? priorityOf(spec.priorityClassName),
    preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
    tolerations: [...(spec.tolerations ?? []), ...missingTolerations(spec.tolerations ?? [])],
  });
  return { ...pod, spec: admitted as unknown as Pod['spec'] };
}

const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';
const TOKEN_VOLUME = 'kube-api-access-';
/** What a client of the API needs inside a Pod (TokenVolumeSource of plugin/pkg/admission/serviceaccount). */
const TOKEN_SOURCES = [
  { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
  { configMap: { items: [{ key: 'ca.crt', path: 'ca.crt' }], name: 'kube-root-ca.crt' } },
  {
    downwardAPI: {
      items: [{ fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' }, path: 'namespace' }],
    },
  },
];

/** The service account's token, mounted into every container that does not have something there already. */
function withTokenVolume(spec: PodSpecShape, suffix: () => string): PodSpecShape {
  const lacks = ({ volumeMounts = [] }: ContainerShape): boolean =>
    !volumeMounts.some((m) => m.mountPath === TOKEN_PATH);
  const containers = [...(spec.containers ?? []), ...(spec.initContainers ?? [])];
  if (spec.automountServiceAccountToken === false || !containers.some(lacks)) return spec;
  const known = spec.volumes?.find((v) => v.name?.startsWith(TOKEN_VOLUME))?.name;
  const name = known ?? `${TOKEN_VOLUME}${suffix()}`;
  const mounted = (container: ContainerShape): ContainerShape =>
    lacks(container)
      ? {
          ...container,
          volumeMounts: [...(container.volumeMounts ?? []), { mountPath: TOKEN_PATH, name, readOnly: true }],
        }
      : container;
  const volume: VolumeShape = { name, projected: { defaultMode: FILE_MODE, sources: TOKEN_SOURCES } };
  return withFields(spec, {
    containers: spec.containers && mapSame(spec.containers, mounted),
    initContainers: spec.initContainers && mapSame(spec.initContainers, mounted),
    volumes: known === undefined ? [...(spec.volumes ?? []), volume] : spec.volumes,
  });
}

/** What admission plugins add to an updated Pod. */
export function readmitPod(pod: Pod, old: Pod): Pod {
  const spec = pod.spec as unknown as PodSpecShape;
  const before = old.spec as unknown as PodSpecShape;
  const missing = missingTolerations(spec.tolerations ?? []);
  const admitted = withFields(spec, {
    priority: before.priority,
    preemptionPolicy: spec.preemptionPolicy ?? before.preemptionPolicy,
    tolerations: missing.length > 0 ? [...(spec.tolerations ?? []), ...missing] : spec.tolerations,
  });
  return withFields(pod, { spec: admitted as unknown as Pod['spec'] });
}

function priorityOf(className: string | undefined): number {
  if (className === 'system-node-critical') return 2_000_001_000;
  return className === 'system-cluster-critical' ? 2_000_000_000 : 0;
}

function missingTolerations(tolerations: readonly TolerationShape[]): readonly TolerationShape[] {
  const tolerates = (key: string): boolean =>
    tolerations.some((t) => (!t.key || t.key === key) && (!t.effect || t.effect === 'NoExecute'));
  return ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable']
    .filter((key) => !tolerates(key))
    .map((key) => ({ effect: 'NoExecute', key, operator: 'Exists', tolerationSeconds: TOLERATION_SECONDS }));
}

/** The defaults that a template has as well. */
export function defaultPodSpec(spec: PodSpecShape): PodSpecShape {
  return withFields(spec, {
    dnsPolicy: spec.dnsPolicy ?? 'ClusterFirst',
    restartPolicy: spec.restartPolicy ?? 'Always',
    securityContext: spec.securityContext ?? EMPTY,
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    schedulerName: spec.schedulerName ?? 'default-scheduler',
    serviceAccount: spec.serviceAccountName ?? spec.serviceAccount,
    serviceAccountName: spec.serviceAccountName ?? spec.serviceAccount,
    containers: spec.containers && mapSame(spec.containers, defaultContainer),
    initContainers: spec.initContainers && mapSame(spec.initContainers, defaultContainer),
    ephemeralContainers: spec.ephemeralContainers && mapSame(spec.ephemeralContainers, defaultContainer),
    volumes: spec.volumes && mapSame(spec.volumes, defaultVolume),
  });
}

function defaultContainer(container: ContainerShape): ContainerShape {
  return withFields(container, {
    imagePullPolicy:
      container.imagePullPolicy ?? (isLatest(container.image ?? '') ? 'Always' : 'IfNotPresent'),
    terminationMessagePath: container.terminationMessagePath ?? '/dev/termination-log',
    terminationMessagePolicy: container.terminationMessagePolicy ?? 'File',
    resources: container.resources ?? EMPTY,
    ports: container.ports && mapSame(container.ports, defaultContainerPort),
    env: container.env && mapSame(container.env, defaultEnv),
    livenessProbe: container.livenessProbe && defaultProbe(container.livenessProbe),
    readinessProbe: container.readinessProbe && defaultProbe(container.readinessProbe),
    startupProbe: container.startupProbe && defaultProbe(container.startupProbe),
    lifecycle: container.lifecycle && defaultLifecycle(container.lifecycle),
  });
}

/** Whether an image has the tag latest, or neither tag nor digest. */
function isLatest(image: string): boolean {
  if (image.includes('@')) return false;
  const tag = /:([^/]*)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest';
}

const defaultContainerPort = (port: ContainerPort): ContainerPort =>
  withFields(port, { protocol: port.protocol ?? 'TCP' });

function defaultEnv(env: EnvShape): EnvShape {
  const fieldRef = env.valueFrom?.fieldRef;
  if (!fieldRef || fieldRef.apiVersion) return env;
  return { ...env, valueFrom: { ...env.valueFrom, fieldRef: { ...fieldRef, apiVersion: 'v1' } } };
}

function defaultProbe(probe: ProbeShape): ProbeShape {
  return withFields(probe, {
    timeoutSeconds: probe.timeoutSeconds ?? 1,
    periodSeconds: probe.periodSeconds ?? 10,
    successThreshold: probe.successThreshold ?? 1,
    failureThreshold: probe.failureThreshold ?? 3,
    httpGet: probe.httpGet && defaultHttpGet(probe.httpGet),
    grpc: probe.grpc && withFields(probe.grpc, { service: probe.grpc.service ?? '' }),
  });
}

const defaultHttpGet = (action: HttpGetShape): HttpGetShape =>
  withFields(action, { path: action.path ?? '/', scheme: action.scheme ?? 'HTTP' });

function defaultLifecycle(
  lifecycle: NonNullable<ContainerShape['lifecycle']>,
): NonNullable<ContainerShape['lifecycle']> {
  const handler = (given: HandlerShape | undefined): HandlerShape | undefined =>
    given && withFields(given, { httpGet: given.httpGet && defaultHttpGet(given.httpGet) });
  return withFields(lifecycle, {
    postStart: handler(lifecycle.postStart),
    preStop: handler(lifecycle.preStop),
  });
}

function requestsFromLimits(container: ContainerShape): ContainerShape {
  const { limits, requests } = container.resources ?? {};
  if (!limits || Object.keys(limits).every((name) => requests?.[name] !== undefined)) return container;
  return { ...container, resources: { ...container.resources, requests: { ...limits, ...requests } } };
}

function withHostPorts(container: ContainerShape, hostNetwork: boolean): ContainerShape {
  if (!hostNetwork || !container.ports) return container;
  return withFields(container, {
    ports: mapSame(container.ports, (p) => withFields(p, { hostPort: p.hostPort ?? p.containerPort })),
  });
}

function defaultVolume(volume: VolumeShape): VolumeShape {
  const source = volumeSources.find((name) => volume[name] !== undefined);
  if (!source) return { ...volume, emptyDir: EMPTY };
  const given = volume[source];
  if (!isObject(given)) return volume;
  const defaulted = defaultVolumeSource(source, given);
  return defaulted === given ? volume : { ...volume, [source]: defaulted };
}

function defaultVolumeSource(source: string, given: JsonObject): JsonObject {
  if (source === 'hostPath') return withFields(given, { type: given['type'] ?? '' });
  if (!['secret', 'configMap', 'downwardAPI', 'projected'].includes(source)) return given;
  const withMode = withFields(given, { defaultMode: given['defaultMode'] ?? FILE_MODE });
  const sources = withMode['sources'] as readonly JsonObject[] | undefined;
  return source === 'projected' && sources
    ? withFields(withMode, { sources: mapSame(sources, defaultProjection) })
    : withMode;
}

function defaultProjection(projection: JsonObject): JsonObject {
  const token = projection['serviceAccountToken'];
  if (!isObject(token)) return projection;
  const expirationSeconds = token['expirationSeconds'] ?? TOKEN_SECONDS;
  return withFields(projection, { serviceAccountToken: withFields(token, { expirationSeconds }) });
}
