// kubectl set image, env, resources, selector, serviceaccount: k8s.io/kubectl pkg/cmd/set.
import { isObject, type JsonObject } from '@/lib/kube/api/json';
import { schemaOf } from '@/lib/kube/api/schema';
import { twoWayPatch } from '../apply/three-way';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { kindName, pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor } from '../print/printer';
import { asFailure, Exit, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, refuseKustomize, withDryRun } from '../run/write-options';
import type { Info } from '../resources/info';
import { fetched, NOTHING_GIVEN } from '../resources/select';

/** How an object changes; undefined if it is not of a kind that can. */
export type Change = (k: Session, info: Info, problem: (error: Failure) => void) => KubeJson | undefined;

export interface SetPlan {
  readonly resources: readonly string[];
  readonly change: Change;
  /** `image updated` */
  readonly operation: string;
}

/** Changes the objects and sends what differs. */
export function setObjects(k: Session, plan: SetPlan): number {
  const { flags } = k;
  refuseKustomize(k);
  const dryRun = dryRunOf(k);
  const local = flags.bool('local');
  if (local && dryRun === 'server')
    throw new Failure('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  const { infos, errors } = fetched(k, {
    args: plan.resources,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.has('selector') ? flags.text('selector') : '',
    all: flags.bool('all'),
    latest: !local,
  });
  const failures: Failure[] = [...errors];
  const printer = printerFor(k, { operation: withDryRun(plan.operation, dryRun) });
  for (const info of infos)
    try {
      const changed = plan.change(k, info, (error) => failures.push(error));
      if (!changed) continue;
      const patch = patchOf(k, info.object, changed);
      if (local || dryRun === 'client') {
        printer(changed);
        continue;
      }
      if (patch === '{}') continue;
      printer(sent(k, info, patch, dryRunParameter(dryRun)));
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

function patchOf(k: Session, before: KubeJson, after: KubeJson): string {
  const schema = schemaOf(before.kind, k.context.cluster.k8s);
  return compactJson(twoWayPatch(before as unknown as JsonObject, after as unknown as JsonObject, schema));
}

function sent(
  k: Session,
  { mapping, namespace, name }: Info,
  patch: string,
  dryRun: string | undefined,
): KubeJson {
  try {
    return k.client.request('PATCH', pathOf(mapping, namespace, name), {
      query: { fieldManager: k.flags.text('field-manager'), dryRun },
      contentType: PATCH_TYPES.strategic,
      body: patch,
    });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(
      `failed to patch ${WHAT[k.command.path[1] ?? ''] ?? 'object'} update to pod template: ${error.message}`,
    );
  }
}

const WHAT: Readonly<Record<string, string>> = { image: 'image', env: 'env', resources: 'resources' };

/** Resources before the first `a=b`, pairs after it. */
export function resourcesAndPairs(k: Session): {
  readonly resources: readonly string[];
  readonly pairs: readonly string[];
} {
  const first = k.args.findIndex(
    (a) => a.includes('=') || (a.endsWith('-') && a.length > 1 && k.command.path[1] === 'env'),
  );
  if (first < 0) return { resources: k.args, pairs: [] };
  return { resources: k.args.slice(0, first), pairs: k.args.slice(first) };
}

/** What is said of an object whose Pods cannot be changed. */
export const withoutTemplate = ({ mapping, name }: Info): Failure =>
  new Failure(
    `${mapping.resource}/${name} the object is not a pod or does not have a pod template: *v1.${mapping.kind}`,
  );

type PodSpec = JsonObject;

/** The object with its Pod spec changed; undefined for kinds without one. */
export function withPodSpec(object: KubeJson, change: (spec: PodSpec) => PodSpec): KubeJson | undefined {
  const spec = object['spec'];
  if (!isObject(spec)) return undefined;
  if (object.kind === 'Pod') return { ...object, spec: change(spec) };
  if (object.kind === 'CronJob') {
    const job = spec['jobTemplate'];
    const inner =
      isObject(job) && withPodSpec({ kind: 'Job', apiVersion: '', metadata: {}, spec: job['spec'] }, change);
    return inner && isObject(job)
      ? { ...object, spec: { ...spec, jobTemplate: { ...job, spec: inner['spec'] } } }
      : undefined;
  }
  const template = spec['template'];
  if (!isObject(template) || !isObject(template['spec'])) return undefined;
  return { ...object, spec: { ...spec, template: { ...template, spec: change(template['spec']) } } };
}

export function setSelector(k: Session): number {
  const resources = k.args.slice(0, -1);
  const last = k.args.at(-1);
  if (last === undefined) throw new Failure('one selector is required');
  if (resources.length === 0 && k.flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN);
  const terms = last.split(',');
  const bare = terms.filter((term) => !term.includes('='));
  const selector = Object.fromEntries(
    terms
      .filter((term) => term.includes('='))
      .map((pair) => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at), pair.slice(at + 1).replace(/^=/, '')];
      }),
  );
  return setObjects(k, {
    resources,
    operation: 'selector updated',
    change: (_, { object }) => {
      if (bare.length > 0)
        throw new Failure(
          `match expression [${bare.map((key) => `{${key} Exists []}`).join(' ')}] not supported on this object`,
        );
      if (object.kind !== 'Service') throw new Failure(`setting a selector is only supported for Services`);
      return { ...object, spec: { ...(object['spec'] as object), selector } };
    },
  });
}

export function setServiceAccount(k: Session): number {
  if (k.args.length === 0) throw new Exit('error: serviceaccount is required\n');
  const account = k.args.at(-1) ?? '';
  return setObjects(k, {
    resources: k.args.slice(0, -1),
    operation: 'serviceaccount updated',
    change: (_, { object }) => withPodSpec(object, (spec) => ({ ...spec, serviceAccountName: account })),
  });
}

/** `deployments/pay`, `deployment.apps/pay` */
export const shownName = ({ mapping, name }: Info): string => `${kindName(mapping)}/${name}`;
