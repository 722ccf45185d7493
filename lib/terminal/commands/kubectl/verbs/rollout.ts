// kubectl rollout restart, pause, resume, status: k8s.io/kubectl pkg/cmd/rollout.
import { isObject, type JsonObject } from '@/lib/kube/api/json';
import type { Process } from '../../../types';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { groupResource, pathOf } from '../api/mapper';
import { printerFor } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { events } from '../run/watch';
import { refuseKustomize } from '../run/write-options';
import type { Info } from '../resources/info';
import { fetched } from '../resources/select';
import { daemonSetStatus, deploymentStatus, statefulSetStatus, type RolloutState } from './rollout-status';

/** The objects of a rollout command. */
export function rolloutInfos(k: Session): {
  readonly infos: readonly Info[];
  readonly errors: readonly Failure[];
} {
  const { flags, args } = k;
  refuseKustomize(k);
  const filenames = flags.list('filename');
  if (args.length === 0 && filenames.length === 0) throw new Failure('required resource not specified');
  return fetched(k, {
    args,
    filenames,
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    all: true,
    latest: true,
  });
}

type Change = (object: KubeJson, info: Info) => JsonObject;

/** Patches each object and says what was done. */
function changing(k: Session, operation: string, change: Change): number {
  const { infos, errors } = rolloutInfos(k);
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      const patch = change(info.object, info);
      const { mapping, namespace, name } = info;
      const object = k.client.request('PATCH', pathOf(mapping, namespace, name), {
        query: { fieldManager: k.flags.text('field-manager') },
        contentType: PATCH_TYPES.strategic,
        body: patch,
      });
      printerFor(k, { operation })(object);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

const specOf = (object: KubeJson): JsonObject => (isObject(object['spec']) ? object['spec'] : {});
const shown = ({ mapping, name }: Info): string => `${groupResource(mapping)} "${name}"`;

function restartOf(object: KubeJson): unknown {
  const template = specOf(object)['template'];
  const metadata = isObject(template) ? template['metadata'] : undefined;
  const annotations = isObject(metadata) ? metadata['annotations'] : undefined;
  return isObject(annotations) ? annotations['kubectl.kubernetes.io/restartedAt'] : undefined;
}

export const rolloutRestart = (k: Session): number =>
  changing(k, 'restarted', (object, info) => {
    if (!['Deployment', 'DaemonSet', 'StatefulSet'].includes(object.kind))
      throw new Failure(`${shown(info)} restarting is not supported`);
    if (specOf(object)['paused'] === true)
      throw new Failure(`${shown(info)} can't restart paused deployment (run rollout resume first)`);
    const restartedAt = new Date(k.now).toISOString().replace(/\.\d+Z$/, 'Z');
    if (restartOf(object) === restartedAt)
      throw new Failure(
        `failed to create patch for ${info.name}: if restart has already been triggered within the past second, please wait before attempting to trigger another`,
      );
    return {
      spec: { template: { metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } } } },
    };
  });

export const rolloutPause = (k: Session): number =>
  changing(k, 'paused', (object, info) => {
    if (object.kind !== 'Deployment') throw new Failure(`${shown(info)} pausing is not supported`);
    if (specOf(object)['paused'] === true) throw new Failure(`${shown(info)} is already paused`);
    return { spec: { paused: true } };
  });

export const rolloutResume = (k: Session): number =>
  changing(k, 'resumed', (object, info) => {
    if (object.kind !== 'Deployment') throw new Failure(`${shown(info)} resuming is not supported`);
    if (specOf(object)['paused'] !== true) throw new Failure(`${shown(info)} is not paused`);
    return { spec: { paused: null } };
  });

export function* rolloutStatus(k: Session): Process {
  const { infos, errors } = rolloutInfos(k);
  throwAll(errors);
  const revision = k.flags.int('revision');
  if (revision < 0) throw new Failure('revision must be a positive integer: '.concat(String(revision)));
  if (infos.length === 0) k.err('No resources found in '.concat(k.namespace, ' namespace.\n'));
  for (const info of infos) yield* statusOf(k, info, revision);
  return 0;
}

const FOREVER_MS = 168 * 3_600_000;

function* statusOf(k: Session, { mapping, namespace, name, object }: Info, revision: number): Process {
  const state = stateOf(object, mapping);
  const timeout = k.flags.duration('timeout');
  const deadline = k.now + (timeout > 0 ? timeout : FOREVER_MS);
  const report = (next: RolloutState): boolean => {
    k.out(next.text);
    return next.done;
  };
  if (report(state(object, revision)) || !k.flags.bool('watch')) return 0;
  const query = {
    fieldSelector: `metadata.name=${name}`,
    resourceVersion: object.metadata.resourceVersion,
    allowWatchBookmarks: 'true',
    watch: 'true',
  };
  const watch = events(k, pathOf(mapping, namespace), query, undefined, deadline);
  for (let event = yield* watch.next(); event; event = yield* watch.next()) {
    if (event.type === 'DELETED') throw new Failure('object has been deleted');
    if (event.type === 'BOOKMARK') continue;
    if (report(state(event.object, revision))) {
      watch.close();
      return 0;
    }
  }
  throw new Failure('timed out waiting for the condition');
}

function stateOf(
  object: KubeJson,
  mapping: Info['mapping'],
): (object: KubeJson, revision: number) => RolloutState {
  switch (object.kind) {
    case 'Deployment':
      return deploymentStatus;
    case 'DaemonSet':
      return daemonSetStatus;
    case 'StatefulSet':
      return statefulSetStatus;
    default:
      throw new Failure(
        `no status viewer has been implemented for ${mapping.group === '' ? `/${mapping.kind}` : mapping.kind}`.replace(
          /for .*$/,
          `for ${mapping.kind}${mapping.group === '' ? '' : `.${mapping.group}`}`,
        ),
      );
  }
}
