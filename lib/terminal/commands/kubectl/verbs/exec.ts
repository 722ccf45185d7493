// kubectl exec and top: what reaches into Pods.
import { isShell, notStartedText, shellOf } from '../../../pod-words';
import type { Process, Unstartable } from '../../../types';
import { isObject } from '@/lib/kube/api/json';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';
import { attachablePod, containerOf } from './pods';

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
  if (tty && isShell(words)) {
    yield { kind: 'request', request: { kind: 'console', console: { ...console, shell: shellOf(words) } } };
    return 0;
  }
  const stdin = flags.bool('stdin') ? k.context.stdin : '';
  const exit = yield* k.context.child(words, {
    console,
    ...(tty ? { env: { TERM: 'xterm' } } : {}),
    ...(stdin === undefined ? {} : { stdin }),
  });
  if (exit !== 0) k.err(`command terminated with exit code ${exit}\n`);
  return exit;
}

function notStarted(k: Session, word: string, reason: Unstartable, pod: string): Failure {
  const internal = 'Internal error occurred: '.repeat(k.differences.execOverWebSockets ? 2 : 1);
  return new Failure(`${internal}${notStartedText(word, reason, `${pod} ${k.context.cluster.now}`)}`);
}

/** Without a metrics server. */
export function top(k: Session): number {
  void k;
  throw new Failure('Metrics API not available');
}
