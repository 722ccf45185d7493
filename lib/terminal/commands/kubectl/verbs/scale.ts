// kubectl scale: k8s.io/kubectl pkg/cmd/scale/scale.go.
import type { Process } from '../../../types';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { printerFor } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { events } from '../run/watch';
import { dryRunOf, dryRunParameter, refuseKustomize, withDryRun } from '../run/write-options';
import type { Info } from '../resources/info';
import { fetched } from '../resources/select';

export function* scale(k: Session): Process {
  const { flags } = k;
  refuseKustomize(k);
  const replicas = flags.int('replicas');
  if (replicas < 0)
    throw new Failure('The --replicas=COUNT flag is required, and COUNT must be greater than or equal to 0');
  if (flags.int('current-replicas') < -1)
    throw new Failure('The --current-replicas must specify an integer of -1 or greater');
  const dryRun = dryRunOf(k);
  const { infos, errors } = fetched(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    all: flags.bool('all'),
    latest: true,
  });
  const failures: Failure[] = [...errors];
  if (infos.length > 1 && flags.text('resource-version') !== '')
    throw new Failure('cannot use --resource-version with multiple resources');
  const printer = printerFor(k, { operation: withDryRun('scaled', dryRun) });
  const scaled: Info[] = [];
  for (const info of infos)
    try {
      if (dryRun !== 'client') scaleOne(k, info, replicas, dryRunParameter(dryRun));
      scaled.push(info);
      printer(dryRun === 'client' ? withReplicas(info.object, replicas) : info.object);
    } catch (error) {
      failures.push(asFailure(error));
    }
  if (infos.length === 0) {
    const [first] = failures;
    if (first && flags.list('filename').length > 0) throw first;
    throw new Failure(
      `no objects passed to scale${first && k.differences.scaleTellsMissing ? ` ${first.message}` : ''}`,
    );
  }
  const timeout = flags.duration('timeout');
  if (timeout > 0 && dryRun === 'none')
    for (const info of scaled) yield* untilScaled(k, info, replicas, timeout);
  throwAll(failures);
  return 0;
}

const withReplicas = (object: KubeJson, replicas: number): KubeJson => ({
  ...object,
  spec: { ...(object['spec'] as object), replicas },
});

interface Scale extends KubeJson {
  readonly spec: { readonly replicas?: number };
}

function scaleOne(
  k: Session,
  { mapping, namespace, name }: Info,
  replicas: number,
  dryRun: string | undefined,
): void {
  const path = pathOf(mapping, namespace, name, 'scale');
  const expected = k.flags.int('current-replicas');
  const version = k.flags.text('resource-version');
  if (expected >= 0 || version !== '') {
    const current = k.client.get<Scale>(path);
    const has = current.spec.replicas ?? 0;
    if (expected >= 0 && has !== expected)
      throw new Failure(`Expected replicas to be ${expected}, was ${has}`);
    if (version !== '' && current.metadata.resourceVersion !== version)
      throw new Failure(
        `Expected resource version to be ${version}, was ${current.metadata.resourceVersion ?? ''}`,
      );
    k.client.request('PUT', path, {
      query: { dryRun },
      body: { ...current, spec: { ...current.spec, replicas } },
    });
    return;
  }
  k.client.request('PATCH', path, {
    query: { dryRun },
    contentType: PATCH_TYPES.merge,
    body: { spec: { replicas } },
  });
}

function* untilScaled(
  k: Session,
  { mapping, namespace, name }: Info,
  replicas: number,
  timeout: number,
): Process {
  const deadline = k.now + timeout;
  const current = k.client.get<Scale & { status?: { replicas?: number } }>(
    pathOf(mapping, namespace, name, 'scale'),
  );
  if ((current.status?.replicas ?? 0) === replicas) return 0;
  const query = { fieldSelector: `metadata.name=${name}`, watch: 'true', resourceVersion: '0' };
  const watch = events(k, pathOf(mapping, namespace), query, undefined, deadline);
  for (let event = yield* watch.next(); event; event = yield* watch.next()) {
    const status = event.object['status'] as { replicas?: number } | undefined;
    if ((status?.replicas ?? 0) === replicas) {
      watch.close();
      return 0;
    }
  }
  throw new Failure('timed out waiting for the condition');
}
