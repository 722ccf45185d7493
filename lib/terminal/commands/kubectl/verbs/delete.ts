// kubectl delete: k8s.io/kubectl pkg/cmd/delete/delete.go.
import type { Process } from '../../../types';
import type { KubeJson } from '../api/client';
import { kindName, pathOf } from '../api/mapper';
import { asFailure, Failure, isNotFound, throwAll, withSource } from '../run/errors';
import type { Session } from '../run/session';
import { waitUntilDeleted } from '../run/wait-deleted';
import { cascadeOf, dryRunOf, dryRunParameter, refuseKustomize, withDryRun } from '../run/write-options';
import type { Target } from '../resources/info';
import { listObjects, select } from '../resources/select';

type Named = Target & { readonly name: string };

/** A week: no timeout at all would never end. */
const FOREVER_MS = 168 * 3_600_000;

export function* deleteObjects(k: Session): Process {
  const { flags } = k;
  if (flags.text('raw') !== '') throw k.lacking('delete --raw');
  refuseKustomize(k);
  const plan = planOf(k);
  const errors: Failure[] = [];
  const gone: (Named & { readonly uid: string | undefined })[] = [];
  let found = 0;
  for (const target of namedTargets(k, plan.all, errors)) {
    found++;
    try {
      const answer = deleted(k, target, plan.grace);
      gone.push({ ...target, uid: uidOf(answer) });
      say(k, target, plan.grace);
    } catch (error) {
      if (isNotFound(error) && plan.ignoreNotFound) continue;
      errors.push(asFailure(withSource('deleting', target.source ?? '', error)));
    }
  }
  if (found === 0 && errors.length === 0) k.out('No resources found\n');
  throwAll(errors);
  if (!flags.bool('wait') || dryRunOf(k) !== 'none') return 0;
  const timeout = flags.duration('timeout') || FOREVER_MS;
  const deadline = k.now + timeout;
  for (const target of gone) yield* waitUntilDeleted(k, target, target.uid, Math.max(0, deadline - k.now));
  return 0;
}

interface Plan {
  readonly grace: number;
  readonly all: boolean;
  readonly ignoreNotFound: boolean;
}

function planOf(k: Session): Plan {
  const { flags } = k;
  const all = flags.bool('all');
  const selector = flags.text('selector');
  const force = flags.bool('force');
  if (all && selector !== '') throw new Failure("setting 'all' parameter but found a non empty selector. ");
  let grace = flags.int('grace-period');
  if (flags.bool('now')) {
    if (grace !== -1) throw new Failure('--now and --grace-period cannot be specified together');
    grace = 1;
  }
  if (grace === 0 && !force) grace = 1;
  if (force && grace < 0) grace = 0;
  if (force && grace > 0)
    throw new Failure('--force and --grace-period greater than 0 cannot be specified together');
  if (grace === 0)
    k.err(
      'Warning: Immediate deletion does not wait for confirmation that the running resource has been terminated. The resource may continue to run on the cluster indefinitely.\n',
    );
  dryRunOf(k);
  cascadeOf(k);
  const output = flags.text('output');
  if (output !== '' && output !== 'name')
    throw new Failure(`unexpected -o output mode: ${output}. We only support '-o name'`);
  const ignore =
    flags.bool('ignore-not-found') || (!flags.changed('ignore-not-found') && (all || selector !== ''));
  return { grace, all, ignoreNotFound: ignore };
}

function namedTargets(k: Session, all: boolean, errors: Failure[]): readonly Named[] {
  const { flags } = k;
  const selector = flags.text('selector');
  const fieldSelector = flags.text('field-selector');
  const { targets, errors: problems } = select(k, {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector,
    fieldSelector,
    all,
    allNamespaces: flags.bool('all-namespaces'),
  });
  errors.push(...problems);
  return targets.flatMap((target): readonly Named[] => {
    if (target.name !== undefined) return [{ ...target, name: target.name }];
    try {
      return listObjects(k, target, { selector, fieldSelector }).map((object) => ({
        ...target,
        name: object.metadata.name ?? '',
        namespace: object.metadata.namespace ?? '',
      }));
    } catch (error) {
      errors.push(asFailure(error));
      return [];
    }
  });
}

function deleted(k: Session, { mapping, namespace, name }: Named, grace: number): KubeJson {
  const dryRun = dryRunOf(k);
  if (dryRun === 'client') return k.client.get(pathOf(mapping, namespace, name));
  return k.client.request('DELETE', pathOf(mapping, namespace, name), {
    body: {
      propagationPolicy: cascadeOf(k),
      ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
      ...(dryRunParameter(dryRun) ? { dryRun: ['All'] } : {}),
    },
  });
}

function uidOf(answer: KubeJson): string | undefined {
  const details = answer['details'] as { uid?: string } | undefined;
  return details?.uid ?? answer.metadata?.uid;
}

function say(k: Session, { mapping, name }: Named, grace: number): void {
  if (k.flags.text('output') === 'name') {
    k.out(`${kindName(mapping)}/${name}\n`);
    return;
  }
  const operation = withDryRun(grace === 0 ? 'force deleted' : 'deleted', dryRunOf(k));
  k.out(`${kindName(mapping)} "${name}" ${operation}\n`);
}
