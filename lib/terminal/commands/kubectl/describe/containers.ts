// Containers in describe: k8s.io/kubectl pkg/describe describeContainers.
import { byBytes } from '../print/json';
import { durationString } from '../print/duration';
import { rfc1123, type DescribeWriter } from './writer';
import type { Container, ContainerState, ContainerStatus, EnvVar, PodJson, Probe } from './pod-types';

/** `Containers:` with one block each. `pod` is undefined for templates. */
export function describeContainers(
  w: DescribeWriter,
  label: string,
  containers: readonly Container[],
  statuses: readonly ContainerStatus[],
  pod: PodJson | undefined,
  space = '',
): void {
  w.raw(`${space}${label}:${containers.length === 0 ? ' <none>' : ''}\n`);
  for (const container of containers) {
    const status = statuses.find((s) => s.name === container.name);
    const put = (text: string, extra = 0): void => w.line(2 + extra, text);
    w.line(1, `${space === '' ? '' : ' '}${container.name}:`);
    basics(put, container, status);
    if ((container.command ?? []).length > 0) lines(put, 'Command', container.command ?? []);
    if ((container.args ?? []).length > 0) lines(put, 'Args', container.args ?? []);
    if (status) states(put, status);
    resources(put, container);
    if (container.livenessProbe) put(`Liveness:\t${probeText(container.livenessProbe)}`);
    if (container.readinessProbe) put(`Readiness:\t${probeText(container.readinessProbe)}`);
    if (container.startupProbe) put(`Startup:\t${probeText(container.startupProbe)}`);
    envFrom(put, container);
    environment(put, container, pod);
    mounts(put, container);
  }
}

type Put = (text: string, extra?: number) => void;

function basics(put: Put, { image = '', ports = [] }: Container, status: ContainerStatus | undefined): void {
  if (status) put(`Container ID:\t${status.containerID ?? ''}`);
  put(`Image:\t${image}`);
  if (status) put(`Image ID:\t${status.imageID ?? ''}`);
  const shown = (values: readonly (readonly [string, number])[]): string =>
    values.map(([protocol, port]) => `${port}/${protocol}`).join(', ');
  const container = shown(ports.map((p) => [p.protocol ?? '', p.containerPort]));
  if (container.includes(',')) put(`Ports:\t${container}`);
  else put(`Port:\t${container === '' ? '<none>' : container}`);
  const host = shown(ports.map((p) => [p.protocol ?? '', p.hostPort ?? 0]));
  if (host.includes(',')) put(`Host Ports:\t${host}`);
  else put(`Host Port:\t${host === '' ? '<none>' : host}`);
}

function lines(put: Put, title: string, words: readonly string[]): void {
  put(`${title}:`);
  for (const word of words) for (const line of word.split('\n')) put(line, 1);
}

function states(put: Put, status: ContainerStatus): void {
  stateLines(put, 'State', status.state ?? {});
  const { lastState } = status;
  if (lastState?.terminated) stateLines(put, 'Last State', lastState);
  put(`Ready:\t${status.ready ? 'True' : 'False'}`);
  put(`Restart Count:\t${status.restartCount ?? 0}`);
}

function stateLines(put: Put, title: string, { running, waiting, terminated }: ContainerState): void {
  if (running) {
    put(`${title}:\tRunning`);
    put(`Started:\t${rfc1123(running.startedAt)}`, 1);
  } else if (waiting) {
    put(`${title}:\tWaiting`);
    if (waiting.reason) put(`Reason:\t${waiting.reason}`, 1);
  } else if (terminated) {
    put(`${title}:\tTerminated`);
    if (terminated.reason) put(`Reason:\t${terminated.reason}`, 1);
    if (terminated.message) put(`Message:\t${terminated.message}`, 1);
    put(`Exit Code:\t${terminated.exitCode ?? 0}`, 1);
    if ((terminated.signal ?? 0) > 0) put(`Signal:\t${terminated.signal}`, 1);
    put(`Started:\t${rfc1123(terminated.startedAt)}`, 1);
    put(`Finished:\t${rfc1123(terminated.finishedAt)}`, 1);
  } else put(`${title}:\tWaiting`);
}

function resources(put: Put, { resources: { limits, requests } = {} }: Container): void {
  for (const [title, values] of [
    ['Limits', limits],
    ['Requests', requests],
  ] as const) {
    const names = Object.keys(values ?? {}).sort(byBytes);
    if (names.length > 0) put(`${title}:`);
    for (const name of names) put(`${name}:\t${values?.[name] ?? ''}`, 1);
  }
}

/** `http-get http://:8080/ delay=0s timeout=1s period=10s #success=1 #failure=3` */
export function probeText(probe: Probe): string {
  const seconds = (n: number | undefined): string => `${n ?? 0}s`;
  const attributes = `delay=${seconds(probe.initialDelaySeconds)} timeout=${seconds(probe.timeoutSeconds)} period=${seconds(probe.periodSeconds)} #success=${probe.successThreshold ?? 0} #failure=${probe.failureThreshold ?? 0}`;
  const { exec, httpGet, tcpSocket, grpc } = probe;
  if (exec) return `exec [${(exec.command ?? []).join(' ')}] ${attributes}`;
  if (httpGet) {
    const port = String(httpGet.port);
    const path = httpGet.path ?? '';
    const url = `${(httpGet.scheme ?? '').toLowerCase()}://${httpGet.host ?? ''}${port === '' ? '' : `:${port}`}${path === '' || path.startsWith('/') ? path : `/${path}`}`;
    return `http-get ${url} ${attributes}`;
  }
  if (tcpSocket) return `tcp-socket ${tcpSocket.host ?? ''}:${tcpSocket.port} ${attributes}`;
  if (grpc) return `grpc <pod>:${grpc.port} ${grpc.service ?? ''} ${attributes}`;
  return `unknown ${attributes}`;
}

function envFrom(put: Put, { envFrom: list = [] }: Container): void {
  if (list.length === 0) return;
  put('Environment Variables from:');
  for (const { prefix, configMapRef, secretRef } of list) {
    const [kind, ref] = configMapRef ? ['ConfigMap', configMapRef] : ['Secret', secretRef];
    const with_ = prefix ? ` with prefix '${prefix}'` : '';
    put(`${ref?.name ?? ''}\t${kind}${with_}\tOptional: ${ref?.optional ?? false}`, 1);
  }
}

function environment(put: Put, { env = [] }: Container, pod: PodJson | undefined): void {
  put(`Environment:${env.length === 0 ? '\t<none>' : ''}`);
  for (const variable of env) {
    const { valueFrom } = variable;
    if (!valueFrom) {
      for (const [i, line] of (variable.value ?? '').split('\n').entries())
        put(i === 0 ? `${variable.name}:\t${line}` : `\t${line}`, 1);
      continue;
    }
    put(`${variable.name}:\t${sourceText(valueFrom, pod)}`, 1);
  }
}

function sourceText(from: NonNullable<EnvVar['valueFrom']>, pod: PodJson | undefined): string {
  const { fieldRef, resourceFieldRef, secretKeyRef, configMapKeyRef } = from;
  if (fieldRef)
    return `${fieldValue(fieldRef.fieldPath, pod)} (${fieldRef.apiVersion ?? 'v1'}:${fieldRef.fieldPath})`;
  if (resourceFieldRef) return `0 (${resourceFieldRef.resource})`;
  if (secretKeyRef)
    return `<set to the key '${secretKeyRef.key}' in secret '${secretKeyRef.name}'>\tOptional: ${secretKeyRef.optional ?? false}`;
  if (configMapKeyRef)
    return `<set to the key '${configMapKeyRef.key}' of config map '${configMapKeyRef.name}'>\tOptional: ${configMapKeyRef.optional ?? false}`;
  return '';
}

/** fieldpath.ExtractFieldPathAsString: only metadata can be told. */
function fieldValue(path: string, pod: PodJson | undefined): string {
  if (!pod) return '';
  const { metadata } = pod;
  if (path === 'metadata.name') return metadata.name ?? '';
  if (path === 'metadata.namespace') return metadata.namespace ?? '';
  if (path === 'metadata.uid') return metadata.uid ?? '';
  const key = /^metadata\.(labels|annotations)\['(.*)'\]$/.exec(path);
  if (key) return metadata[key[1] === 'labels' ? 'labels' : 'annotations']?.[key[2] ?? ''] ?? '';
  return '';
}

function mounts(put: Put, { volumeMounts = [] }: Container): void {
  put(`Mounts:${volumeMounts.length === 0 ? '\t<none>' : ''}`);
  for (const mount of [...volumeMounts].sort((a, b) => byBytes(a.mountPath, b.mountPath))) {
    const flags = [mount.readOnly ? 'ro' : 'rw', ...(mount.subPath ? [`path="${mount.subPath}"`] : [])];
    put(`${mount.mountPath} from ${mount.name} (${flags.join(',')})`, 1);
  }
}

export const graceText = (seconds: number): string => durationString(seconds * 1000);
