// The ports of kubectl port-forward: k8s.io/kubectl pkg/cmd/portforward/portforward.go (names to numbers), pkg/util/service_port.go and
// pod_port.go, k8s.io/client-go tools/portforward parsePorts.
import type { KubeJson } from '../api/client';
import { Failure } from '../run/errors';

export interface ForwardedPort {
  readonly local: number;
  readonly remote: number;
}

interface ServicePort {
  readonly name?: string;
  readonly port: number;
  readonly protocol?: string;
  readonly targetPort?: number | string;
}

interface ContainerPort {
  readonly name?: string;
  readonly containerPort: number;
  readonly protocol?: string;
}

const isNumber = (text: string): boolean => /^[+-]?\d+$/.test(text);
const nameOf = ({ metadata: { name = '' } }: KubeJson): string => name;

/** The pair of LOCAL:REMOTE, :REMOTE or REMOTE. */
function split(text: string): readonly [string, string] {
  const parts = text.split(':');
  return parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : [parts[0] ?? '', parts[0] ?? ''];
}

/** What is forwarded: of a Service by its ports, else by the Pod's. Throws what kubectl says of a port that is none. */
export function forwardedPorts(
  texts: readonly string[],
  service: KubeJson | undefined,
  pod: KubeJson,
): readonly ForwardedPort[] {
  refuseUdp(texts, service, pod);
  return texts.map((text) => parsed(service ? ofService(text, service, pod) : ofPod(text, pod)));
}

const servicePorts = (service: KubeJson): readonly ServicePort[] =>
  (service['spec'] as { readonly ports?: readonly ServicePort[] }).ports ?? [];
const containerPorts = (pod: KubeJson): readonly ContainerPort[] =>
  (
    (pod['spec'] as { readonly containers?: readonly { readonly ports?: readonly ContainerPort[] }[] })
      .containers ?? []
  ).flatMap(({ ports }) => ports ?? []);

function servicePortNamed(service: KubeJson, name: string): number {
  const found = servicePorts(service).find((p) => p.name === name);
  if (!found) throw new Failure(`Service '${nameOf(service)}' does not have a named port '${name}'`);
  return found.port;
}

function podPortNamed(pod: KubeJson, name: string): number {
  const found = containerPorts(pod).find((p) => p.name === name);
  if (!found) throw new Failure(`Pod '${nameOf(pod)}' does not have a named port '${name}'`);
  return found.containerPort;
}

function ofService(text: string, service: KubeJson, pod: KubeJson): string {
  const [given, remote] = split(text);
  const port = isNumber(remote) ? Number(remote) : servicePortNamed(service, remote);
  const local = given === remote && !isNumber(remote) ? String(port) : given;
  const target = containerPortOf(service, pod, port);
  return local === String(target) ? local : `${local}:${target}`;
}

function containerPortOf(service: KubeJson, pod: KubeJson, port: number): number {
  const found = servicePorts(service).find((p) => p.port === port);
  if (!found) throw new Failure(`Service ${nameOf(service)} does not have a service port ${port}`);
  const { clusterIP } = service['spec'] as { readonly clusterIP?: string };
  if (clusterIP === 'None') return port;
  const { targetPort = port } = found;
  return typeof targetPort === 'number' ? targetPort || port : podPortNamed(pod, targetPort);
}

function ofPod(text: string, pod: KubeJson): string {
  const [local, remote] = split(text);
  const port = isNumber(remote) ? remote : String(podPortNamed(pod, remote));
  return local === remote ? port : `${local}:${port}`;
}

/** A port that is UDP's alone. */
function refuseUdp(texts: readonly string[], service: KubeJson | undefined, pod: KubeJson): void {
  const ports = service
    ? servicePorts(service).map(({ port, protocol }) => ({ port, protocol }))
    : containerPorts(pod).map(({ containerPort: port, protocol }) => ({ port, protocol }));
  const of = (protocol: string): readonly number[] =>
    ports.filter((p) => (p.protocol ?? 'TCP') === protocol).map((p) => p.port);
  for (const text of texts) {
    const [, remote] = split(text);
    const named = service ? servicePortNamed.bind(undefined, service) : podPortNamed.bind(undefined, pod);
    const port = isNumber(remote) ? Number(remote) : named(remote);
    if (of('UDP').includes(port) && !of('TCP').includes(port))
      throw new Failure(`UDP protocol is not supported for ${remote}`);
  }
}

function parsed(text: string): ForwardedPort {
  const [local = '', remote = local, ...more] = text.split(':');
  if (more.length > 0) throw new Failure(`invalid port format '${text}'`);
  const number = { local: local === '' ? 0 : uint16(local, 'local'), remote: uint16(remote, 'remote') };
  if (number.remote === 0) throw new Failure('remote port must be > 0');
  return number;
}

/** strconv.ParseUint(text, 10, 16) */
function uint16(text: string, which: 'local' | 'remote'): number {
  const fault = !/^\d+$/.test(text) ? 'invalid syntax' : Number(text) > 65_535 ? 'value out of range' : '';
  if (fault !== '')
    throw new Failure(
      `error parsing ${which} port '${text}': strconv.ParseUint: parsing "${text}": ${fault}`,
    );
  return Number(text);
}
