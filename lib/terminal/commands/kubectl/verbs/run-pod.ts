// kubectl run: k8s.io/kubectl pkg/cmd/run/run.go.
import type { Pod } from '@/lib/kube/types';
import { attachedProgramEnded, mainWords, removed, type AttachableContainer } from '../../../main-program';
import { isShell, shellOf } from '../../../pod-words';
import type { Process, Steps } from '../../../types';
import type { KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor } from '../print/printer';
import { goQuote } from '../print/go-quote';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, withDryRun } from '../run/write-options';
import { events } from '../run/watch';
import { withLastApplied } from '../apply/last-applied';
import { mergePatched } from '../apply/merge-patch';
import { labelsOf } from './parse-labels';

export function* runPod(k: Session): Process {
  const { flags, args } = k;
  const dryRun = dryRunOf(k);
  const [name] = args;
  if (name === undefined) throw k.usage('NAME is required for run');
  const image = flags.text('image');
  if (image === '') throw new Failure('--image is required');
  if (!IMAGE.test(image)) throw new Failure(`Invalid image name ${goQuote(image)}: invalid reference format`);
  if (flags.bool('tty') && !flags.bool('stdin'))
    throw k.usage('-i/--stdin is required for containers with -t/--tty=true');
  if (flags.bool('expose') && flags.text('port') === '')
    throw k.usage('--port must be set when exposing a service');
  const restart = flags.text('restart');
  if (!['Always', 'OnFailure', 'Never'].includes(restart))
    throw k.usage(`invalid restart policy: ${restart}`);
  const attach = flags.bool('attach') || flags.bool('stdin');
  if (flags.bool('rm') && !attach) throw k.usage('--rm should only be used for attached containers');
  if (attach && dryRun !== 'none')
    throw k.usage(
      `--dry-run=${dryRun} can't be used with attached containers options (--attach, --stdin, or --tty)`,
    );
  const pod = overridden(k, podOf(k, name, image, restart));
  if (attach) return yield* attached(k, pod);
  const printer = printerFor(k, { operation: withDryRun('created', dryRun), typed: true });
  const created = sent(k, pod, dryRun);
  if (flags.bool('expose')) {
    printer(sent(k, serviceOf(k, name), dryRun));
    if (flags.text('output') === 'yaml') k.out('---\n');
  }
  printer(created);
  return 0;
}

/** Makes the Pod, waits until its container runs, and is its terminal until its program ends. */
function* attached(k: Session, pod: KubeJson): Process {
  const { flags, context } = k;
  const made = pod as unknown as Pod;
  const [container] = made.spec.containers;
  const words = container ? attachableWords(made, container) : [];
  if (!container || words.length === 0) throw k.lacking(`attaching to the output of ${flags.text('image')}`);
  const created = sent(k, pod, 'none');
  if (flags.bool('expose'))
    printerFor(k, { operation: 'created', typed: true })(sent(k, serviceOf(k, container.name), 'none'));
  const { namespace = '', name = '' } = created.metadata;
  try {
    yield* running(k, created);
  } catch (error) {
    if (flags.bool('rm')) yield* removed(context.cluster, { namespace, name });
    throw error;
  }
  const input = flags.bool('stdin');
  const tty = input && flags.bool('tty') && context.input.isTerminal;
  if (input && flags.bool('tty') && !tty)
    k.err('Unable to use a TTY - input is not a terminal or the right type of file\n');
  if (tty) k.err("If you don't see a command prompt, try pressing enter.\n");
  yield* k.flush();
  const console = { kind: 'pod', namespace, name, container: container.name } as const;
  const main = { namespace, name, container: container.name, tty, remove: flags.bool('rm') };
  if (tty && isShell(words)) {
    const request = { kind: 'console', console: { ...console, shell: shellOf(words) }, main } as const;
    yield { kind: 'request', request };
    return 0;
  }
  const stdin = input ? context.stdin : '';
  const exit = yield* context.child(words, {
    console,
    ...(tty ? { env: { TERM: 'xterm' } } : {}),
    ...(stdin === undefined ? {} : { stdin }),
  });
  return yield* attachedProgramEnded(context.cluster, main, exit);
}

/** What is run in the container, whether or not the kubelet knows by itself how it ends. */
function attachableWords(pod: Pod, container: AttachableContainer): readonly string[] {
  const words = [...(container.command ?? []), ...(container.args ?? [])];
  return words.length > 0 ? words : mainWords(pod, container);
}

/** --pod-running-timeout: until the container runs, or has run. */
function* running(k: Session, created: KubeJson): Steps<void> {
  const mapping = k.mapper.forKind('v1', 'Pod');
  if (!mapping) return;
  const { namespace = '', name = '' } = created.metadata;
  const deadline = k.now + k.flags.duration('pod-running-timeout');
  const watch = events(
    k,
    pathOf(mapping, namespace),
    { fieldSelector: `metadata.name=${name}`, watch: 'true' },
    undefined,
    deadline,
  );
  for (let event = yield* watch.next(); event; event = yield* watch.next()) {
    const { status } = event.object as unknown as Pod;
    if (event.type !== 'DELETED' && (status?.phase ?? 'Pending') === 'Pending') continue;
    watch.close();
    return;
  }
  throw new Failure('timed out waiting for the condition');
}

/** github.com/distribution/reference: [domain/]path[:tag][@digest]. */
const IMAGE =
  /^(?:[a-zA-Z\d](?:[a-zA-Z\d.-]*[a-zA-Z\d])?(?::\d+)?\/)?[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*(?:\/[a-z\d]+(?:(?:\.|_|__|-+)[a-z\d]+)*)*(?::\w[\w.-]{0,127})?(?:@\w+:[\da-fA-F]{32,})?$/;

function sent(k: Session, made: KubeJson, dryRun: ReturnType<typeof dryRunOf>): KubeJson {
  const object = k.flags.bool('save-config') ? withLastApplied(made) : made;
  const mapping = k.mapper.forKind(object.apiVersion, object.kind);
  if (dryRun === 'client' || !mapping) return object;
  return k.client.request('POST', pathOf(mapping, k.namespace), {
    query: { fieldManager: k.flags.text('field-manager'), dryRun: dryRunParameter(dryRun) },
    body: compactJson(object),
  });
}

function podOf(k: Session, name: string, image: string, restartPolicy: string): KubeJson {
  const { flags } = k;
  const words = k.args.slice(1);
  const labels = flags.text('labels') === '' ? { run: name } : labelsOf(flags.text('labels'));
  const env = flags.list('env').map((pair) => {
    const at = pair.indexOf('=');
    if (at <= 0) throw new Failure(`invalid env: ${pair}`);
    return { name: pair.slice(0, at), value: pair.slice(at + 1) };
  });
  const annotations = annotationsOf(flags.list('annotations'));
  const port = flags.text('port');
  if (port !== '' && !/^[+-]?\d+$/.test(port))
    throw new Failure(`strconv.Atoi: parsing ${goQuote(port)}: invalid syntax`);
  const policy = flags.text('image-pull-policy');
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: {
      name,
      ...(k.kubeconfig.namespaceGiven ? { namespace: k.namespace } : {}),
      creationTimestamp: null,
      labels,
      ...(annotations ? { annotations } : {}),
    },
    spec: {
      containers: [
        {
          name,
          image,
          ...(flags.bool('stdin') ? { stdin: true, stdinOnce: !flags.bool('leave-stdin-open') } : {}),
          ...(flags.bool('tty') ? { tty: true } : {}),
          ...(words.length === 0 ? {} : flags.bool('command') ? { command: words } : { args: words }),
          ...(port === '' ? {} : { ports: [{ containerPort: Number(port) }] }),
          ...(env.length === 0 ? {} : { env }),
          resources: {},
          ...(policy === '' ? {} : { imagePullPolicy: policy }),
          ...(flags.bool('privileged') ? { securityContext: { privileged: true } } : {}),
        },
      ],
      restartPolicy,
      dnsPolicy: 'ClusterFirst',
    },
    status: {},
  };
}

function annotationsOf(pairs: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 0) throw new Failure(`invalid annotation: ${pair}`);
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function overridden(k: Session, pod: KubeJson): KubeJson {
  const text = k.flags.text('overrides');
  if (text === '') return pod;
  try {
    return mergePatched(pod as never, JSON.parse(text)) as unknown as KubeJson;
  } catch {
    throw new Failure(`invalid character in --overrides: ${text}`);
  }
}

const serviceOf = (k: Session, name: string): KubeJson => {
  const port = Number(k.flags.text('port'));
  return {
    kind: 'Service',
    apiVersion: 'v1',
    metadata: {
      name,
      ...(k.kubeconfig.namespaceGiven ? { namespace: k.namespace } : {}),
      creationTimestamp: null,
    },
    spec: {
      ports: [{ protocol: 'TCP', port, targetPort: port }],
      selector: k.flags.text('labels') === '' ? { run: name } : labelsOf(k.flags.text('labels')),
    },
    status: { loadBalancer: {} },
  };
};
