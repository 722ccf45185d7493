// kubectl logs: k8s.io/kubectl pkg/cmd/logs/logs.go.
import type { Process, Steps } from '../../../types';
import type { KubeJson, Query } from '../api/client';
import { pathOf } from '../api/mapper';
import { asFailure, Failure, isNotFound } from '../run/errors';
import type { Session } from '../run/session';
import { listOf } from '../resources/select';
import { containerOf, namedObject, podsOf } from './pods';

interface Source {
  readonly pod: KubeJson;
  readonly container: string;
}

export function* logs(k: Session): Process {
  const { flags, args } = k;
  const selector = flags.text('selector');
  if (args.length === 0 && selector === '')
    throw new Failure(
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples",
    );
  if (selector !== '' && args.length > 0) throw k.usage('only a selector (-l) or a POD name is allowed');
  if (args.length > 2)
    throw new Failure(
      "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command\nSee 'kubectl logs -h' for help and examples",
    );
  if (flags.int('tail') < -1) throw new Failure('--tail must be greater than or equal to -1');
  if (flags.int('limit-bytes') < 0) throw new Failure('--limit-bytes must be greater than 0');
  const sources = sourcesOf(k, selector);
  if (sources.length === 0) k.err(`No resources found in ${k.namespace} namespace.\n`);
  const follow = flags.bool('follow');
  if (follow && sources.length > flags.int('max-log-requests'))
    throw new Failure(
      `you are attempting to follow ${sources.length} log streams, but maximum allowed concurrency is ${flags.int('max-log-requests')}, use --max-log-requests to increase the limit`,
    );
  if (follow) return yield* followed(k, sources, selector !== '');
  for (const source of sources) {
    try {
      k.out(prefixed(k, source, k.client.text(path(k, source), query(k, source, selector !== ''))));
    } catch (error) {
      if (!flags.bool('ignore-errors')) throw error;
      k.err(`error: ${asFailure(error).message}\n`);
    }
  }
  return 0;
}

function sourcesOf(k: Session, selector: string): readonly Source[] {
  const { flags, args } = k;
  const container = flags.text('container') || (args[1] ?? '');
  const of = (pod: KubeJson): readonly Source[] =>
    flags.bool('all-containers')
      ? ((pod['spec'] as { containers?: readonly { name: string }[] }).containers ?? []).map((c) => ({
          pod,
          container: c.name,
        }))
      : [{ pod, container: containerOf(k, pod, container).name }];
  if (selector !== '') {
    const { items } = listOf(k, k.mapper.need('pods'), k.namespace, { selector });
    return items.flatMap(of);
  }
  const { mapping, object } = wrapped(k, args[0] ?? '');
  const pods = podsOf(k, mapping, object, true);
  const [first] = pods;
  if (!first) throw new Failure('timed out waiting for the condition');
  if (flags.has('all-pods') && flags.bool('all-pods')) return pods.flatMap(of);
  if (pods.length > 1) k.err(`Found ${pods.length} pods, using pod/${first.metadata.name ?? ''}\n`);
  return of(first);
}

/** Not found is told with the namespace. */
function wrapped(k: Session, text: string): ReturnType<typeof namedObject> {
  try {
    return namedObject(k, text);
  } catch (error) {
    if (!isNotFound(error) || !(error instanceof Failure) || !k.differences.logsTellNamespace) throw error;
    throw new Failure(`error from server (NotFound): ${error.message} in namespace "${k.namespace}"`);
  }
}

const path = (k: Session, { pod }: Source): string =>
  pathOf(k.mapper.need('pods'), pod.metadata.namespace ?? '', pod.metadata.name ?? '', 'log');

function query(k: Session, { container }: Source, selecting: boolean): Query {
  const { flags } = k;
  const tail = flags.int('tail') === -1 && selecting && !flags.changed('tail') ? 10 : flags.int('tail');
  return {
    container,
    follow: flags.bool('follow') ? 'true' : undefined,
    previous: flags.bool('previous') ? 'true' : undefined,
    timestamps: flags.bool('timestamps') ? 'true' : undefined,
    tailLines: tail >= 0 ? String(tail) : undefined,
    limitBytes: flags.int('limit-bytes') > 0 ? String(flags.int('limit-bytes')) : undefined,
    sinceSeconds: flags.duration('since') > 0 ? String(Math.ceil(flags.duration('since') / 1000)) : undefined,
    sinceTime: flags.text('since-time') || undefined,
  };
}

function prefixed(k: Session, { pod, container }: Source, text: string): string {
  if (!k.flags.bool('prefix')) return text;
  const head = `[pod/${pod.metadata.name ?? ''}/${container}] `;
  return text
    .split(/(?<=\n)/)
    .filter(Boolean)
    .map((line) => head + line)
    .join('');
}

/** The logs as they come, until all have ended or Ctrl-C. */
function* followed(k: Session, sources: readonly Source[], selecting: boolean): Steps<number> {
  let open = sources.length;
  const stops = sources.map((source) =>
    k.client.stream(path(k, source), query(k, source, selecting), 'application/json, */*').subscribe(
      (text) => k.out(prefixed(k, source, text)),
      () => {
        open--;
      },
    ),
  );
  try {
    while (open > 0) yield* k.step({ kind: 'event' });
  } finally {
    for (const stop of stops) stop();
  }
  return 0;
}
