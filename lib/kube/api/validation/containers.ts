// Containers: pkg/apis/core/validation/validation.go validateContainers, validateInitContainers, validateContainerCommon.
import type { ContainerPort } from '@/lib/kube/types';
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import type { ContainerShape, EnvFromShape, EnvShape, MountShape } from '@/lib/kube/api/pod-shape';
import type { FieldErrors } from './field-errors';
import { validateLifecycle, validateProbes, type PodRules } from './handlers';
import { validateResources } from './resources';
import { configMapKey, dns1123Label, dns1123Subdomain, envVarName, portName, portNumber } from './texts';

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const PULL_POLICIES = ['Always', 'IfNotPresent', 'Never'];
const MESSAGE_POLICIES = ['File', 'FallbackToLogsOnError'];

/** Everything about a Pod's containers. `volumes` are the names that mounts may use. */
export interface ContainerContext extends PodRules {
  readonly volumes: ReadonlySet<string>;
}

export function validateContainers(
  containers: readonly ContainerShape[],
  path: string,
  context: ContainerContext,
  errors: FieldErrors,
): void {
  if (containers.length === 0) errors.required(path);
  const names = new Set<string>();
  for (const [i, container] of containers.entries()) {
    const at = `${path}[${i}]`;
    validateContainer(container, at, context, errors);
    if (names.has(container.name)) errors.duplicate(`${at}.name`, container.name);
    names.add(container.name);
    validateLifecycle(container, at, context, errors);
    validateProbes(container, at, context, errors);
    if (container.restartPolicy !== undefined)
      errors.forbidden(`${at}.restartPolicy`, 'may not be set for non-init containers');
  }
  validateHostPorts(containers, path, errors);
}

export function validateInitContainers(
  containers: readonly ContainerShape[],
  regular: readonly ContainerShape[],
  path: string,
  context: ContainerContext,
  errors: FieldErrors,
): void {
  const names = new Set(regular.map((c) => c.name));
  for (const [i, container] of containers.entries()) {
    const at = `${path}[${i}]`;
    validateContainer(container, at, context, errors);
    const { restartPolicy } = container;
    if (restartPolicy !== undefined && restartPolicy !== 'Always')
      errors.notSupported(`${at}.restartPolicy`, restartPolicy, ['Always']);
    if (names.has(container.name)) errors.duplicate(`${at}.name`, container.name);
    else if (container.name) names.add(container.name);
    validateHostPorts([container], path, errors);
    if (restartPolicy === 'Always') {
      validateLifecycle(container, at, context, errors);
      validateProbes(container, at, context, errors);
    } else
      for (const field of ['lifecycle', 'livenessProbe', 'readinessProbe', 'startupProbe'] as const)
        if (container[field])
          errors.forbidden(
            `${at}.${field}`,
            'may not be set for init containers without restartPolicy=Always',
          );
  }
}

function validateContainer(
  container: ContainerShape,
  path: string,
  context: ContainerContext,
  errors: FieldErrors,
): void {
  if (!container.name) errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, container.name, dns1123Label(container.name));
  if (!container.image) errors.required(`${path}.image`);
  const { terminationMessagePolicy: messages, imagePullPolicy: pull } = container;
  if (!messages) errors.required(`${path}.terminationMessagePolicy`);
  else if (!MESSAGE_POLICIES.includes(messages))
    errors.notSupported(`${path}.terminationMessagePolicy`, messages, MESSAGE_POLICIES);
  if (container.ports) validatePorts(container.ports, `${path}.ports`, errors);
  for (const [i, env] of (container.env ?? []).entries())
    validateEnv(env, `${path}.env[${i}]`, context.k8s, errors);
  if (container.envFrom) validateEnvFrom(container.envFrom, `${path}.envFrom`, context.k8s, errors);
  if (container.volumeMounts)
    validateMounts(container.volumeMounts, `${path}.volumeMounts`, context.volumes, errors);
  if (!pull) errors.required(`${path}.imagePullPolicy`);
  else if (!PULL_POLICIES.includes(pull)) errors.notSupported(`${path}.imagePullPolicy`, pull, PULL_POLICIES);
  if (container.resources) validateResources(container.resources, `${path}.resources`, errors);
}

function validatePorts(ports: readonly ContainerPort[], path: string, errors: FieldErrors): void {
  const names = new Set<string>();
  for (const [i, port] of ports.entries()) {
    const at = `${path}[${i}]`;
    if (port.name) {
      const faults = portName(port.name);
      errors.invalidEach(`${at}.name`, port.name, faults);
      if (faults.length === 0 && names.has(port.name)) errors.duplicate(`${at}.name`, port.name);
      names.add(port.name);
    }
    if (!port.containerPort) errors.required(`${at}.containerPort`);
    else errors.invalidEach(`${at}.containerPort`, port.containerPort, portNumber(port.containerPort));
    if (port.hostPort) errors.invalidEach(`${at}.hostPort`, port.hostPort, portNumber(port.hostPort));
    if (!port.protocol) errors.required(`${at}.protocol`);
    else if (!PROTOCOLS.includes(port.protocol))
      errors.notSupported(`${at}.protocol`, port.protocol, PROTOCOLS);
  }
}

function validateHostPorts(containers: readonly ContainerShape[], path: string, errors: FieldErrors): void {
  const taken = new Set<string>();
  for (const [i, { ports = [] }] of containers.entries())
    for (const [j, port] of ports.entries()) {
      if (!port.hostPort) continue;
      const id = `${port.protocol}/${(port as { hostIP?: string }).hostIP ?? ''}/${port.hostPort}`;
      if (taken.has(id)) errors.duplicate(`${path}[${i}].ports[${j}].hostPort`, id);
      taken.add(id);
    }
}

function validateEnv(env: EnvShape, path: string, k8s: K8sVersion, errors: FieldErrors): void {
  const relaxed = gateEnabled(k8s, 'RelaxedEnvironmentVariableValidation');
  if (!env.name) errors.required(`${path}.name`);
  else errors.invalidEach(`${path}.name`, env.name, envVarName(env.name, relaxed));
  const from = env.valueFrom;
  if (!from) return;
  const at = `${path}.valueFrom`;
  const { fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef } = from;
  if (fieldRef && !fieldRef.fieldPath) errors.required(`${at}.fieldRef.fieldPath`);
  if (resourceFieldRef && !resourceFieldRef.resource) errors.required(`${at}.resourceFieldRef.resource`);
  for (const [name, ref] of Object.entries({ configMapKeyRef, secretKeyRef })) {
    if (!ref) continue;
    errors.invalidEach(`${at}.${name}.name`, ref.name ?? '', dns1123Subdomain(ref.name ?? ''));
    if (!ref.key) errors.required(`${at}.${name}.key`);
    else errors.invalidEach(`${at}.${name}.key`, ref.key, configMapKey(ref.key));
  }
  const sources = [fieldRef, resourceFieldRef, configMapKeyRef, secretKeyRef].filter(Boolean).length;
  if (sources === 0)
    errors.invalid(
      at,
      '',
      'must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`',
    );
  else if (env.value) errors.invalid(at, '', 'may not be specified when `value` is not empty');
  else if (sources > 1) errors.invalid(at, '', 'may not have more than one field specified at a time');
}

function validateEnvFrom(
  sources: readonly EnvFromShape[],
  path: string,
  k8s: K8sVersion,
  errors: FieldErrors,
): void {
  const relaxed = gateEnabled(k8s, 'RelaxedEnvironmentVariableValidation');
  for (const [i, { prefix, configMapRef, secretRef }] of sources.entries()) {
    const at = `${path}[${i}]`;
    if (prefix) errors.invalidEach(`${at}.prefix`, prefix, envVarName(prefix, relaxed));
    for (const [field, ref] of Object.entries({ configMapRef, secretRef })) {
      if (!ref) continue;
      if (!ref.name) errors.required(`${at}.${field}.name`);
      else errors.invalidEach(`${at}.${field}.name`, ref.name, dns1123Subdomain(ref.name.replace(/-$/, 'a')));
    }
    if (!configMapRef && !secretRef)
      errors.invalid(path, '', 'must specify one of: `configMapRef` or `secretRef`');
    else if (configMapRef && secretRef)
      errors.invalid(path, '', 'may not have more than one field specified at a time');
  }
}

function validateMounts(
  mounts: readonly MountShape[],
  path: string,
  volumes: ReadonlySet<string>,
  errors: FieldErrors,
): void {
  const taken = new Set<string>();
  for (const [i, { name, mountPath = '', subPath }] of mounts.entries()) {
    const at = `${path}[${i}]`;
    if (!name) errors.required(`${at}.name`);
    if (!volumes.has(name ?? '')) errors.notFound(`${at}.name`, name ?? '');
    if (mountPath === '') errors.required(`${at}.mountPath`);
    if (taken.has(mountPath)) errors.invalid(`${at}.mountPath`, mountPath, 'must be unique');
    taken.add(mountPath);
    if (subPath?.startsWith('/')) errors.invalid(`${path}.subPath`, subPath, 'must be a relative path');
    if (subPath?.split('/').includes('..'))
      errors.invalid(`${path}.subPath`, subPath, "must not contain '..'");
  }
}
