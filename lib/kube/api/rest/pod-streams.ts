// pods/exec, attach and portforward up to the moment when the connection changes its protocol: pkg/registry/core/pod/strategy.go
// streamLocation, pkg/kubelet/kubelet_pods.go GetExec, k8s.io/kubelet pkg/cri/streaming/remotecommand NewOptions.
import { badRequest } from '@/lib/kube/api/status';
import type { Pod } from '@/lib/kube/types';
import type { Call } from './call';
import { chosenContainer } from './pod-log';
import { methodNotAllowed } from './status-body';
import type { ApiResponse, PodStreams } from './types';

interface ContainerStatus {
  readonly name?: string;
  readonly state?: { readonly running?: object };
}

/** The answer to a request for streams: 101 with what was asked for, or a refusal. */
export function podStreams(call: Call, kind: PodStreams['kind'], pod: Pod): ApiResponse {
  const { query, request } = call;
  if (request.method !== 'GET' && request.method !== 'POST') return call.fail(methodNotAllowed());
  const name = pod.metadata.name ?? '';
  const container = kind === 'portforward' ? { name: '' } : chosenContainer(call, pod);
  if (typeof container === 'string') return call.fail(badRequest(container));
  if (!pod.spec.nodeName) return call.fail(badRequest(`pod ${name} does not have a host assigned`));
  if (!/\bupgrade\b/i.test(call.header('connection') ?? ''))
    return call.fail(badRequest('Upgrade request required'));
  const command = query.all('command');
  if (kind === 'exec' && command.length === 0)
    return call.fail(badRequest('you must specify at least one command for the container'));
  const tty = query.flag('tty');
  const [stdin, stdout] = [query.flag('stdin'), query.flag('stdout')];
  // A terminal has one output.
  const stderr = query.flag('stderr') && !tty;
  if (kind !== 'portforward' && !stdin && !stdout && !stderr)
    return call.fail(badRequest('you must specify at least 1 of stdin, stdout, stderr'));
  const refusal = refusalOf(pod, container.name);
  return {
    status: 101,
    headers: {},
    podStreams: {
      kind,
      namespace: pod.metadata.namespace ?? '',
      pod: name,
      container: container.name,
      command,
      stdin,
      stdout,
      stderr,
      tty,
      ...(refusal === undefined ? {} : { refusal }),
    },
  };
}

function refusalOf({ status }: Pod, container: string): string | undefined {
  if (container === '')
    return status?.phase === 'Running' ? undefined : 'unable to forward port because pod is not running';
  const statuses = (status?.containerStatuses ?? []) as readonly ContainerStatus[];
  const own = statuses.find((s) => s.name === container);
  // A Pod of a dump may say only that it runs.
  const runs = own ? own.state?.running !== undefined : status?.phase === 'Running' && statuses.length === 0;
  return runs ? undefined : `container not found (${JSON.stringify(container)})`;
}
