// pods/log (pkg/registry/core/pod/strategy.go LogLocation, pkg/kubelet/server).
import { badRequest } from '@/lib/kube/api/status';
import { kubeProxyLastLine } from '@/lib/kube/kubelet/kube-proxy-start';
import { startLog, type LogLine } from '@/lib/kube/kubelet/logs';
import type { Container, Pod } from '@/lib/kube/types';
import type { Call } from './call';
import type { ApiResponse, ApiStream } from './types';

interface ContainerState {
  readonly name?: string;
  readonly state?: {
    readonly running?: { readonly startedAt?: string };
    readonly terminated?: { readonly startedAt?: string };
    readonly waiting?: { readonly reason?: string };
  };
  readonly lastState?: { readonly terminated?: { readonly startedAt?: string } };
}

/** The log of one container as text, or as a stream that is followed. */
export function podLog(call: Call, pod: Pod): ApiResponse {
  const name = pod.metadata.name ?? '';
  const container = chosenContainer(call, pod);
  if (typeof container === 'string') return call.fail(badRequest(container));
  if (!pod.spec.nodeName) return call.fail(badRequest(`pod ${name} does not have a host assigned`));
  const status = ((pod.status?.containerStatuses ?? []) as readonly ContainerState[]).find(
    (s) => s.name === container.name,
  );
  const previous = call.query.flag('previous');
  const began = previous
    ? status?.lastState?.terminated
    : (status?.state?.running ?? status?.state?.terminated ?? status?.lastState?.terminated);
  if (!began?.startedAt) {
    const what = previous
      ? `previous terminated container ${JSON.stringify(container.name)} in pod ${JSON.stringify(name)} not found`
      : `container ${JSON.stringify(container.name)} in pod ${JSON.stringify(name)} is waiting to start: ${waitingFor(status?.state?.waiting?.reason)}`;
    return call.fail(badRequest(what));
  }
  const startedAt = Date.parse(began.startedAt);
  const fault = status?.state?.running ? undefined : call.backend.startFault?.(pod);
  const lines =
    fault === undefined
      ? startLog(container, startedAt)
      : [{ at: startedAt, text: kubeProxyLastLine(fault, startedAt, call.backend.k8s) }];
  const text = selected(call, lines);
  return call.query.flag('follow') && !previous
    ? call.streamed(new Followed(call, pod, text), 'text/plain')
    : { ...call.plain(200, text), headers: { 'content-type': 'text/plain' } };
}

/** pkg/kubelet/kubelet_pods.go validateContainerLogStatus. */
function waitingFor(reason = 'ContainerCreating'): string {
  if (reason === 'ErrImagePull') return "image can't be pulled";
  return reason === 'ImagePullBackOff' ? 'trying and failing to pull image' : reason;
}

/** The container that a request means, or why that is not clear (pkg/registry/core/pod/strategy.go streamLocation, LogLocation). */
export function chosenContainer({ query }: Call, { metadata, spec }: Pod): Container | string {
  const wanted = query.get('container') ?? '';
  const inits = (spec as { readonly initContainers?: readonly Container[] }).initContainers ?? [];
  const all = [...spec.containers, ...inits];
  if (wanted !== '')
    return (
      all.find((c) => c.name === wanted) ?? `container ${wanted} is not valid for pod ${metadata.name ?? ''}`
    );
  const [only] = spec.containers;
  if (only && spec.containers.length === 1) return only;
  const names = spec.containers.map((c) => c.name).join(' ');
  const initNames =
    inits.length > 0 ? ` or one of the init containers: [${inits.map((c) => c.name).join(' ')}]` : '';
  return `a container name must be specified for pod ${metadata.name ?? ''}, choose one of: [${names}]${initNames}`;
}

function selected({ query, backend }: Call, lines: readonly LogLine[]): string {
  const since = Number(query.get('sinceSeconds') ?? Number.NaN);
  const after = query.get('sinceTime');
  const from =
    since > 0 ? backend.now() - since * 1000 : after ? Date.parse(after) : Number.NEGATIVE_INFINITY;
  const recent = lines.filter((line) => line.at >= from && line.at <= backend.now());
  const tail = query.get('tailLines');
  const shown = tail === undefined ? recent : Number(tail) === 0 ? [] : recent.slice(-Math.abs(Number(tail)));
  const stamp = (at: number): string =>
    query.flag('timestamps') ? `${new Date(at).toISOString().slice(0, 19)}.000000000Z ` : '';
  const text = shown.map((line) => `${stamp(line.at)}${line.text}\n`).join('');
  const limit = Number(query.get('limitBytes') ?? Number.NaN);
  return limit > 0 ? text.slice(0, limit) : text;
}

/** Ends when the Pod has gone. */
class Followed implements ApiStream {
  readonly timeoutSeconds = 0;

  constructor(
    readonly call: Call,
    readonly pod: Pod,
    readonly text: string,
  ) {}

  subscribe(onText: (text: string) => void, onEnd: () => void): () => void {
    if (this.text !== '') onText(this.text);
    const { store } = this.call.backend;
    const stop = store.subscribe(({ type, object }) => {
      if (type !== 'DELETED' || object.metadata.uid !== this.pod.metadata.uid) return;
      stop();
      onEnd();
    });
    return stop;
  }
}
