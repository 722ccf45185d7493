// kubectl rollout history, undo: k8s.io/kubectl pkg/polymorphichelpers history.go, rollback.go.
import { isObject, type JsonObject } from '@/lib/kube/api/json';
import { alignTabs, DESCRIBE } from '../../../tabwriter';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { printerFor } from '../print/printer';
import { asFailure, Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { dryRunOf, dryRunParameter, withDryRun } from '../run/write-options';
import type { Info } from '../resources/info';
import { listOf } from '../resources/select';
import { describeTemplate } from '../describe/pod';
import type { PodTemplate } from '../describe/pod-types';
import { DescribeWriter, selectorText } from '../describe/writer';
import { sameTemplate } from '../describe/same-template';
import { rolloutInfos } from './rollout';

const REVISION = 'deployment.kubernetes.io/revision';
const CAUSE = 'kubernetes.io/change-cause';

interface Revision {
  readonly number: number;
  readonly set: KubeJson;
  readonly template: PodTemplate;
}

const specOf = (object: KubeJson): JsonObject => (isObject(object['spec']) ? object['spec'] : {});

/** The revisions of a Deployment, oldest first. */
function revisionsOf(k: Session, { object, namespace }: Info): readonly Revision[] {
  const mapping = k.mapper.forKind('apps/v1', 'ReplicaSet');
  if (!mapping) return [];
  const { items } = listOf(k, mapping, namespace, { selector: selectorText(specOf(object)['selector']) });
  return items
    .filter((rs) => rs.metadata.ownerReferences?.some((o) => o.controller && o.uid === object.metadata.uid))
    .map((set) => ({
      set,
      number: Number(set.metadata.annotations?.[REVISION] ?? '0'),
      template: specOf(set)['template'] as PodTemplate,
    }))
    .filter((r) => r.number > 0)
    .sort((a, b) => a.number - b.number);
}

function supported({ mapping }: Info, what: string): void {
  if (mapping.kind === 'Deployment') return;
  const kind = mapping.group === '' ? mapping.kind : `${mapping.kind}.${mapping.group}`;
  throw new Failure(`no ${what} has been implemented for "${kind}"`);
}

export function rolloutHistory(k: Session): number {
  const revision = k.flags.int('revision');
  if (revision < 0) throw new Failure(`revision must be a positive integer: ${revision}`);
  const { infos, errors } = rolloutInfos(k);
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      supported(info, 'history viewer');
      const revisions = revisionsOf(k, info);
      const title = `${info.mapping.kind.toLowerCase()}.${info.mapping.group}/${info.name}`;
      if (k.flags.text('output') !== '') {
        const found = revision === 0 ? revisions.at(-1) : revisions.find((r) => r.number === revision);
        if (!found) throw new Failure(`unable to find the specified revision`);
        printerFor(k)(found.set);
        continue;
      }
      const text = revision > 0 ? templateText(k, revisions, revision) : table(revisions);
      k.out(`${title} ${revision > 0 ? `with revision #${revision}` : ''}\n${text}\n`);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

function table(revisions: readonly Revision[]): string {
  if (revisions.length === 0) return 'No rollout history found.';
  const rows = revisions.map(
    ({ number, set }) => `${number}\t${set.metadata.annotations?.[CAUSE] || '<none>'}\n`,
  );
  return alignTabs(`REVISION\tCHANGE-CAUSE\n${rows.join('')}`, DESCRIBE);
}

function templateText(k: Session, revisions: readonly Revision[], number: number): string {
  const found = revisions.find((r) => r.number === number);
  if (!found) throw new Failure('unable to find the specified revision');
  const w = new DescribeWriter();
  const cause = found.set.metadata.annotations?.[CAUSE];
  describeTemplate(k, w, cause ? withCause(found.template, cause) : found.template);
  return w.unaligned;
}

const withCause = (template: PodTemplate, cause: string): PodTemplate => ({
  ...template,
  metadata: { ...template.metadata, annotations: { ...template.metadata?.annotations, [CAUSE]: cause } },
});

export function rolloutUndo(k: Session): number {
  const to = k.flags.int('to-revision');
  const dryRun = dryRunOf(k);
  const { infos, errors } = rolloutInfos(k);
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      supported(info, 'rollbacker');
      const done = undone(k, info, to, dryRun);
      printerFor(k, { operation: done })(info.object);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

/** What is said of it: `rolled back`, or that it was not needed. */
function undone(k: Session, info: Info, to: number, dryRun: ReturnType<typeof dryRunOf>): string {
  const { object, mapping, namespace, name } = info;
  if (to < 0) throw new Failure(`unable to find specified revision ${to} in history`);
  if (specOf(object)['paused'] === true)
    throw new Failure(
      `you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again`,
    );
  const revisions = revisionsOf(k, info);
  const target = to > 0 ? revisions.find((r) => r.number === to) : revisions.at(-2);
  if (!target)
    throw new Failure(
      to > 0
        ? `unable to find specified revision ${to} in history`
        : `no rollout history found for deployment "${name}"`,
    );
  const template = withoutHash(target.template);
  if (dryRun === 'client') {
    // What printTemplate wrote is not aligned, and it is the template of the ReplicaSet, hash and all.
    const w = new DescribeWriter();
    describeTemplate(k, w, target.template);
    return `${w.unaligned} (dry run)`;
  }
  if (sameTemplate(template, specOf(object)['template'] as PodTemplate))
    return `skipped rollback (current template already matches revision ${to})`;
  const kept = Object.fromEntries(
    Object.entries(object.metadata.annotations ?? {}).filter(([key]) => SKIPPED.has(key)),
  );
  const own = Object.fromEntries(
    Object.entries(target.set.metadata.annotations ?? {}).filter(([key]) => !SKIPPED.has(key)),
  );
  k.client.request('PATCH', pathOf(mapping, namespace, name), {
    query: { dryRun: dryRunParameter(dryRun) },
    contentType: PATCH_TYPES.json,
    body: [
      { op: 'replace', path: '/spec/template', value: template },
      { op: 'replace', path: '/metadata/annotations', value: { ...kept, ...own } },
    ],
  });
  return withDryRun('rolled back', dryRun);
}

const SKIPPED = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  REVISION,
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
]);

function withoutHash(template: PodTemplate): PodTemplate {
  const { 'pod-template-hash': _, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}
