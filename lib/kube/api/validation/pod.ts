// Pods: pkg/apis/core/validation/validation.go ValidatePodSpec, ValidatePodUpdate.
import type { ObjectMeta, Pod } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { sameJson } from '@/lib/kube/api/json';
import type { ContainerShape, PodSpecShape } from '@/lib/kube/api/pod-shape';
import { validateContainers, validateInitContainers, type ContainerContext } from './containers';
import type { FieldErrors } from './field-errors';
import { subdomainName, validateAnnotations, validateLabels, validateMeta } from './meta';
import { validateAffinity, validateReference, validateSpread, validateTolerations } from './scheduling';
import { dns1123Label, dns1123Subdomain, qualifiedName, validIp } from './texts';
import { validateVolumes } from './volumes';

const RESTART_POLICIES = ['Always', 'OnFailure', 'Never'];
const DNS_POLICIES = ['ClusterFirstWithHostNet', 'ClusterFirst', 'Default', 'None'];
const MUTABLE =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export function validatePod(pod: Pod, k8s: K8sVersion, errors: FieldErrors): void {
  const spec = pod.spec as unknown as PodSpecShape;
  validateMeta(pod.metadata, true, subdomainName, errors);
  validatePodSpec(spec, 'spec', k8s, errors);
  // Templates may have blanks around an image's name, Pods may not.
  for (const list of ['containers', 'initContainers'] as const)
    for (const [i, { image = '' }] of (spec[list] ?? []).entries())
      if (image !== image.trim())
        errors.invalid(`spec.${list}[${i}].image`, image, 'must not have leading or trailing whitespace');
}

/** A workload's template. */
export function validateTemplate(
  metadata: ObjectMeta | undefined,
  spec: PodSpecShape,
  path: string,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  if (metadata?.labels) validateLabels(metadata.labels, `${path}.labels`, errors);
  if (metadata?.annotations) validateAnnotations(metadata.annotations, `${path}.annotations`, errors);
  validatePodSpec(spec, `${path}.spec`, k8s, errors);
  if (spec.ephemeralContainers?.length)
    errors.forbidden(`${path}.spec.ephemeralContainers`, 'ephemeral containers not allowed in pod template');
}

function validatePodSpec(spec: PodSpecShape, path: string, k8s: K8sVersion, errors: FieldErrors): void {
  const containers = spec.containers ?? [];
  const gracePeriod = spec.terminationGracePeriodSeconds;
  if (gracePeriod === undefined) errors.required(`${path}.terminationGracePeriodSeconds`);
  const volumes = validateVolumes(spec.volumes ?? [], `${path}.volumes`, errors);
  const context: ContainerContext = { k8s, gracePeriod, volumes };
  validateContainers(containers, `${path}.containers`, context, errors);
  validateInitContainers(spec.initContainers ?? [], containers, `${path}.initContainers`, context, errors);
  if (spec.hostNetwork) validateHostNetwork(containers, `${path}.containers`, errors);
  oneOf(spec.restartPolicy, `${path}.restartPolicy`, RESTART_POLICIES, errors);
  oneOf(spec.dnsPolicy, `${path}.dnsPolicy`, DNS_POLICIES, errors);
  if (spec.nodeSelector) validateLabels(spec.nodeSelector, `${path}.nodeSelector`, errors);
  if (spec.affinity) validateAffinity(spec.affinity, `${path}.affinity`, errors);
  validateDnsConfig(spec, `${path}.dnsConfig`, errors);
  for (const [i, { conditionType }] of (spec.readinessGates ?? []).entries())
    errors.invalidEach(
      `${path}.readinessGates[${i}].conditionType`,
      conditionType ?? '',
      qualifiedName(conditionType ?? ''),
    );
  for (const [i, { name }] of (spec.schedulingGates ?? []).entries())
    errors.invalidEach(`${path}.schedulingGates[${i}]`, name ?? '', qualifiedName(name ?? ''));
  validateSpread(spec.topologySpreadConstraints ?? [], `${path}.topologySpreadConstraints`, errors);
  validateNames(spec, path, errors);
}

function validateNames(spec: PodSpecShape, path: string, errors: FieldErrors): void {
  validateReference(spec.serviceAccountName, `${path}.serviceAccountName`, errors);
  validateReference(spec.nodeName, `${path}.nodeName`, errors);
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && (deadline < 1 || deadline > 2_147_483_647))
    errors.invalid(`${path}.activeDeadlineSeconds`, deadline, 'must be between 1 and 2147483647, inclusive');
  if (spec.hostname) errors.invalidEach(`${path}.hostname`, spec.hostname, dns1123Label(spec.hostname));
  if (spec.subdomain) errors.invalidEach(`${path}.subdomain`, spec.subdomain, dns1123Label(spec.subdomain));
  validateTolerations(spec.tolerations ?? [], `${path}.tolerations`, errors);
  for (const [i, { ip, hostnames = [] }] of (spec.hostAliases ?? []).entries()) {
    errors.invalidEach(`${path}.hostAliases[${i}].ip`, ip ?? '', validIp(ip ?? ''));
    for (const [j, hostname] of hostnames.entries())
      errors.invalidEach(`${path}.hostAliases[${i}].hostnames[${j}]`, hostname, dns1123Subdomain(hostname));
  }
  validateReference(spec.priorityClassName, `${path}.priorityClassName`, errors);
}

function oneOf(
  value: string | undefined,
  path: string,
  supported: readonly string[],
  errors: FieldErrors,
): void {
  if (!value) errors.required(path);
  else if (!supported.includes(value)) errors.notSupported(path, value, supported);
}

function validateHostNetwork(containers: readonly ContainerShape[], path: string, errors: FieldErrors): void {
  for (const [i, { ports = [] }] of containers.entries())
    for (const [j, port] of ports.entries())
      if (port.hostPort && port.hostPort !== port.containerPort)
        errors.invalid(
          `${path}[${i}].ports[${j}].containerPort`,
          port.containerPort,
          'must match `hostPort` when `hostNetwork` is true',
        );
}

function validateDnsConfig({ dnsPolicy, dnsConfig }: PodSpecShape, path: string, errors: FieldErrors): void {
  const servers = dnsConfig?.nameservers ?? [];
  if (dnsPolicy === 'None' && !dnsConfig)
    errors.required(path, 'must provide `dnsConfig` when `dnsPolicy` is None');
  else if (dnsPolicy === 'None' && servers.length === 0)
    errors.required(
      `${path}.nameservers`,
      'must provide at least one DNS nameserver when `dnsPolicy` is None',
    );
  for (const [i, server] of servers.entries())
    errors.invalidEach(`${path}.nameservers[${i}]`, server, validIp(server));
}

/** ValidatePodUpdate. Setting a node's name for the first time is what the scheduler's binding does. */
export function validatePodUpdate(pod: Pod, old: Pod, k8s: K8sVersion, errors: FieldErrors): void {
  validatePod(pod, k8s, errors);
  const now = pod.spec as unknown as PodSpecShape;
  const before = old.spec as unknown as PodSpecShape;
  for (const list of ['containers', 'initContainers'] as const) {
    const images = now[list] ?? [];
    if (images.length !== (before[list] ?? []).length) {
      errors.forbidden(`spec.${list}`, 'pod updates may not add or remove containers');
      return;
    }
    for (const [i, { image = '' }] of images.entries())
      if (image === '') errors.required(`spec.${list}[${i}].image`);
  }
  for (const toleration of before.tolerations ?? []) {
    const { tolerationSeconds: _, ...rest } = toleration;
    const isKept = now.tolerations?.some(({ tolerationSeconds: __, ...t }) => sameJson(t, rest));
    if (isKept) continue;
    errors.forbidden(
      'spec.tolerations',
      'existing toleration can not be modified except its tolerationSeconds',
    );
    break;
  }
  if (!sameJson(immutablePart(now, before), before)) errors.forbidden('spec', MUTABLE);
}

/** The new spec with all that may change set to what it was. */
function immutablePart(now: PodSpecShape, before: PodSpecShape): Record<string, unknown> {
  const imagesOf = (list: 'containers' | 'initContainers'): unknown =>
    now[list]?.map((container, i) => ({ ...container, image: before[list]?.[i]?.image }));
  const mayShorten =
    (before.terminationGracePeriodSeconds ?? 0) < 0 && now.terminationGracePeriodSeconds === 1;
  return {
    ...now,
    containers: imagesOf('containers'),
    initContainers: imagesOf('initContainers'),
    activeDeadlineSeconds: before.activeDeadlineSeconds,
    tolerations: before.tolerations,
    schedulingGates: before.schedulingGates,
    nodeName: before.nodeName === undefined ? undefined : now.nodeName,
    terminationGracePeriodSeconds: mayShorten
      ? before.terminationGracePeriodSeconds
      : now.terminationGracePeriodSeconds,
  };
}
