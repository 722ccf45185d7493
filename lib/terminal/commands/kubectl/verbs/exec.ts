// kubectl exec, port-forward, top: what reaches into Pods.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Process } from '../../../types';
import { isObject } from '@/lib/kube/api/json';
import type { KubeJson } from '../api/client';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';
import { attachablePod, containerOf, namedObject, podsOf } from './pods';

/** k8s.io/kubectl pkg/cmd/exec/exec.go: a program in the container, or its shell. */
export function* exec(k: Session): Process {
  const { flags, args } = k;
  const { dashAt } = flags;
  if (flags.list('filename').length > 0) throw k.lacking('exec -f');
  const before = dashAt < 0 ? args.length : dashAt;
  if (args.length === 0) throw new Exit(`error: pod, type/name or --filename must be specified\n`);
  const bare = dashAt < 0 && args.length > 1;
  if (bare && k.differences.execNeedsDashes)
    throw new Exit(
      "error: exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead\nSee 'kubectl exec -h' for help and examples\n",
    );
  if (bare)
    k.err(
      'kubectl exec [POD] [COMMAND] is DEPRECATED and will be removed in a future version. Use kubectl exec [POD] -- [COMMAND] instead.\n',
    );
  if (before === 0) throw new Exit(`error: pod, type/name or --filename must be specified\n`);
  const words = args.slice(bare ? 1 : before);
  if (words.length === 0) throw new Exit(`error: you must specify at least one command for the container\n`);
  const pod = attachablePod(k, args[0] ?? '');
  const name = pod.metadata.name ?? '';
  const phase = isObject(pod['status']) ? pod['status']['phase'] : '';
  if (phase === 'Succeeded' || phase === 'Failed')
    throw new Failure(`cannot exec into a container in a completed pod; current phase is ${String(phase)}`);
  const { name: container } = containerOf(k, pod, flags.text('container'));
  const console = { kind: 'pod', namespace: pod.metadata.namespace ?? '', name, container } as const;
  yield* k.flush();
  const tty = flags.bool('stdin') && flags.bool('tty') && k.context.input.isTerminal;
  const reason = k.context.unstartable(words[0] ?? '', { console });
  if (reason) throw notStarted(k, words[0] ?? '', reason, pod.metadata.uid ?? name);
  if (tty && words.length === 1 && SHELLS.includes(words[0] ?? '')) {
    const shell = words[0]?.endsWith('bash') ? 'bash' : 'sh';
    yield { kind: 'request', request: { kind: 'console', console: { ...console, shell } } };
    return 0;
  }
  const stdin = flags.bool('stdin') ? k.context.stdin : undefined;
  const exit = yield* k.context.child(words, {
    console,
    ...(tty ? { env: { TERM: 'xterm' } } : {}),
    ...(stdin === undefined ? {} : { stdin }),
  });
  if (exit !== 0) k.err(`command terminated with exit code ${exit}\n`);
  return exit;
}

/**
 * What runc finds (libcontainer/apperrors, Go's os/exec) in containerd's words (internal/cri/server/container_execsync.go) and the
 * kubelet's (k8s.io/kubelet/pkg/cri/streaming/remotecommand/exec.go). The id of an exec is 64 random hexadecimal digits.
 */
function notStarted(k: Session, word: string, reason: Unstartable, pod: string): Failure {
  const found = {
    'not-in-path': 'executable file not found in $PATH',
    'no-file': `stat ${word}: no such file or directory`,
    folder: 'is a directory',
  }[reason];
  const seed = new TextEncoder().encode(`${pod} ${k.context.cluster.now} ${word}`);
  const id = [...sha256(seed)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const internal = 'Internal error occurred: '.repeat(k.differences.execOverWebSockets ? 2 : 1);
  return new Failure(
    `${internal}error executing command in container: failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: exec: ${JSON.stringify(word)}: ${found}: unknown`,
  );
}

type Unstartable = NonNullable<ReturnType<Session['context']['unstartable']>>;

const SHELLS = ['sh', '/bin/sh', 'bash', '/bin/bash', 'ash'];

/** k8s.io/kubectl pkg/cmd/portforward/portforward.go; the terminal says what would be forwarded, and waits. */
export function* portForward(k: Session): Process {
  const { args } = k;
  if (args.length < 2) throw k.usage('TYPE/NAME and list of ports are required for port-forward');
  const [target = '', ...ports] = args;
  const { mapping, object } = namedObject(k, target);
  const [pod] = podsOf(k, mapping, object);
  if (!pod) throw new Failure('timed out waiting for the condition');
  const phase = isObject(pod['status']) ? pod['status']['phase'] : '';
  if (phase !== 'Running')
    throw new Failure(
      `unable to forward port because pod is not running. Current status=${String(phase as string)}`,
    );
  for (const text of ports) {
    const [first = '', second] = text.split(':');
    const remote = second ?? first;
    const local = first === '' ? remote : first;
    const to = mapping.kind === 'Service' ? targetPortOf(object, remote) : Number(remote);
    if (!/^\d+$/.test(local))
      throw new Failure(
        `error parsing local port '${local}': strconv.ParseUint: parsing "${local}": invalid syntax`,
      );
    for (const address of ['127.0.0.1', '[::1]']) k.out(`Forwarding from ${address}:${local} -> ${to}\n`);
  }
  for (;;) yield* k.step({ kind: 'wait', ms: 60_000, idle: true });
}

function noSuchPort({ metadata: { name = '' } }: KubeJson, port: string): Failure {
  return new Failure(
    /^\d+$/.test(port)
      ? `Service ${name} does not have a service port ${port}`
      : `Service '${name}' does not have a named port '${port}'`,
  );
}

function targetPortOf(service: KubeJson, port: string): number {
  const spec = (service['spec'] ?? {}) as {
    ports?: readonly { name?: string; port: number; targetPort?: number | string }[];
  };
  const found = spec.ports?.find((p) => String(p.port) === port || p.name === port);
  if (!found) throw noSuchPort(service, port);
  return typeof found.targetPort === 'number' ? found.targetPort : found.port;
}

/** Without a metrics server. */
export function top(k: Session): number {
  void k;
  throw new Failure('Metrics API not available');
}
