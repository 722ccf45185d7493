// Probes and lifecycle hooks: pkg/apis/core/validation/validation.go validateProbe, validateHandler, validateLifecycle.
import { gateEnabled, type K8sVersion } from '@/lib/kube/versions';
import type { ContainerShape, HandlerShape, HttpGetShape, ProbeShape } from '@/lib/kube/api/pod-shape';
import type { FieldErrors } from './field-errors';
import { httpHeaderName, portNumberOrName } from './texts';

/** What the rules for containers depend on. */
export interface PodRules {
  readonly k8s: K8sVersion;
  readonly gracePeriod: number | undefined;
}

export function validateProbes(
  container: ContainerShape,
  path: string,
  rules: PodRules,
  errors: FieldErrors,
): void {
  const { livenessProbe, readinessProbe, startupProbe } = container;
  if (livenessProbe) validateProbe(livenessProbe, `${path}.livenessProbe`, rules, errors);
  if (livenessProbe) onlyOneSuccess(livenessProbe, `${path}.livenessProbe`, errors);
  if (readinessProbe) {
    validateProbe(readinessProbe, `${path}.readinessProbe`, rules, errors);
    const grace = readinessProbe.terminationGracePeriodSeconds;
    if (grace !== undefined)
      errors.invalid(
        `${path}.readinessProbe.terminationGracePeriodSeconds`,
        grace,
        'must not be set for readinessProbes',
      );
  }
  if (startupProbe) validateProbe(startupProbe, `${path}.startupProbe`, rules, errors);
  if (startupProbe) onlyOneSuccess(startupProbe, `${path}.startupProbe`, errors);
}

function onlyOneSuccess({ successThreshold = 0 }: ProbeShape, path: string, errors: FieldErrors): void {
  if (successThreshold !== 1) errors.invalid(`${path}.successThreshold`, successThreshold, 'must be 1');
}

function validateProbe(probe: ProbeShape, path: string, rules: PodRules, errors: FieldErrors): void {
  validateHandler(probe, path, rules, errors);
  errors.nonNegative(`${path}.initialDelaySeconds`, probe.initialDelaySeconds);
  errors.nonNegative(`${path}.timeoutSeconds`, probe.timeoutSeconds);
  errors.nonNegative(`${path}.periodSeconds`, probe.periodSeconds);
  errors.nonNegative(`${path}.successThreshold`, probe.successThreshold);
  errors.nonNegative(`${path}.failureThreshold`, probe.failureThreshold);
  const grace = probe.terminationGracePeriodSeconds;
  if (grace !== undefined && grace <= 0)
    errors.invalid(`${path}.terminationGracePeriodSeconds`, grace, 'must be greater than 0');
}

export function validateLifecycle(
  container: ContainerShape,
  path: string,
  rules: PodRules,
  errors: FieldErrors,
): void {
  const { postStart, preStop } = container.lifecycle ?? {};
  if (postStart) validateHandler(postStart, `${path}.lifecycle.postStart`, rules, errors);
  if (preStop) validateHandler(preStop, `${path}.lifecycle.preStop`, rules, errors);
}

function validateHandler(handler: HandlerShape, path: string, rules: PodRules, errors: FieldErrors): void {
  const { exec, httpGet, tcpSocket, grpc, sleep } = handler;
  const given = Object.entries({ exec, httpGet, tcpSocket, grpc, sleep }).flatMap(([name, value]) =>
    value ? [name] : [],
  );
  if (given.length === 0) errors.required(path, 'must specify a handler type');
  for (const [i, name] of given.entries()) {
    const at = `${path}.${name}`;
    if (i > 0) errors.forbidden(at, 'may not specify more than 1 handler type');
    else if (name === 'exec' && !exec?.command?.length) errors.required(`${at}.command`);
    else if (name === 'httpGet' && httpGet) validateHttpGet(httpGet, at, errors);
    else if (name === 'tcpSocket' && tcpSocket) validatePort(tcpSocket.port, `${at}.port`, errors);
    else if (name === 'grpc' && grpc) validatePort(grpc.port, `${at}.port`, errors);
    else if (name === 'sleep' && sleep) validateSleep(sleep.seconds ?? 0, at, rules, errors);
  }
}

function validateHttpGet(action: HttpGetShape, path: string, errors: FieldErrors): void {
  if (!action.path) errors.required(`${path}.path`);
  validatePort(action.port, `${path}.port`, errors);
  const schemes = ['HTTP', 'HTTPS'];
  if (!schemes.includes(action.scheme ?? ''))
    errors.notSupported(`${path}.scheme`, action.scheme ?? '', schemes);
  for (const { name } of action.httpHeaders ?? [])
    errors.invalidEach(`${path}.httpHeaders`, name, httpHeaderName(name));
}

const validatePort = (port: number | string | undefined, path: string, errors: FieldErrors): void =>
  errors.invalidEach(path, port ?? 0, portNumberOrName(port ?? 0));

function validateSleep(
  seconds: number,
  path: string,
  { k8s, gracePeriod }: PodRules,
  errors: FieldErrors,
): void {
  if (gracePeriod === undefined || seconds > gracePeriod ? false : seconds > 0) return;
  if (gracePeriod === undefined) return;
  if (gateEnabled(k8s, 'PodLifecycleSleepActionAllowZero')) {
    if (seconds < 0 || seconds > gracePeriod)
      errors.invalid(
        path,
        seconds,
        `must be non-negative and less than terminationGracePeriodSeconds (${gracePeriod})`,
      );
    return;
  }
  const hint = gateEnabled(k8s, 'PodLifecycleSleepActionAllowZero', {
    PodLifecycleSleepActionAllowZero: true,
  })
    ? '. Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.'
    : '';
  const detail = `must be greater than 0 and less than terminationGracePeriodSeconds (${gracePeriod})${hint}`;
  errors.invalid(path, seconds, detail);
}
