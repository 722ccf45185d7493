// kubectl cordon, uncordon, drain, taint: k8s.io/kubectl pkg/drain, pkg/cmd/drain, pkg/cmd/taint.
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import type { Process } from '../../../types';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf, type Mapping } from '../api/mapper';
import { namePrinter, printerFor } from '../print/printer';
import { usageOf } from '../cobra/flag-table';
import { asFailure, Failure, isNotFound, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { waitUntilDeleted } from '../run/wait-deleted';
import { dryRunOf, dryRunParameter, withDryRun } from '../run/write-options';
import type { Info } from '../resources/info';
import { fetched, listOf } from '../resources/select';
import { taintChanges, withTaints, type Taint } from './taints';

function nodesOf(k: Session): readonly Info[] {
  const { flags, args, command } = k;
  const selector = flags.text('selector');
  if (args.length > 0 && selector !== '')
    throw new Failure(
      'error: cannot specify both a node name and a --selector option'.replace('error: ', ''),
    );
  if (args.length === 0 && selector === '')
    throw k.usage(
      `USAGE: ${usageOf(command, k.minor).replace('kubectl ', '').replace(' [options]', '')} [flags]`,
    );
  const names = args
    .filter((a) => a !== 'node' && a !== 'nodes' && a !== 'no')
    .map((a) => a.replace(/^nodes?\//, ''));
  const { infos, errors } = fetched(k, { args: ['nodes', ...names], selector, all: names.length === 0 });
  throwAll(errors);
  return infos;
}

const specOf = (object: KubeJson): JsonObject => (isObject(object['spec']) ? object['spec'] : {});

function setUnschedulable(k: Session, info: Info, wanted: boolean, say: boolean): void {
  const dryRun = dryRunOf(k);
  const is = specOf(info.object)['unschedulable'] === true;
  const word = wanted ? 'cordoned' : 'uncordoned';
  if (is === wanted) {
    if (say) namePrinter(k, withDryRun(`already ${word}`, dryRun))(info.object);
    return;
  }
  if (dryRun !== 'client')
    k.client.request('PATCH', pathOf(info.mapping, '', info.name), {
      query: { dryRun: dryRunParameter(dryRun) },
      contentType: PATCH_TYPES.strategic,
      body: { spec: { unschedulable: wanted ? true : null } },
    });
  namePrinter(k, withDryRun(word, dryRun))(info.object);
}

const cordoning =
  (wanted: boolean) =>
  (k: Session): number => {
    for (const info of nodesOf(k)) setUnschedulable(k, info, wanted, true);
    return 0;
  };

export const cordon = cordoning(true);
export const uncordon = cordoning(false);

export function* drain(k: Session): Process {
  const infos = nodesOf(k);
  const dryRun = dryRunOf(k);
  for (const info of infos) setUnschedulable(k, info, true, true);
  const failures: Failure[] = [];
  for (const info of infos) {
    const plan = podsToDrain(k, info.name);
    if (plan.errors.length > 0) {
      const text = plan.errors.join(', ');
      failures.push(new Failure(text));
      k.err(
        `error: unable to drain node "${info.name}" due to error: ${plan.errors.length > 1 ? `[${text}]` : text}, continuing command...\n`,
      );
      continue;
    }
    for (const warning of plan.warnings) k.err(`Warning: ${warning}\n`);
    yield* evictAll(k, plan.pods, dryRun);
    namePrinter(k, withDryRun('drained', dryRun))(info.object);
  }
  if (failures.length > 0) {
    const names = infos.map((i) => i.name);
    k.err(`There are pending nodes to be drained:\n${names.map((n) => ` ${n}\n`).join('')}`);
    const [first] = failures;
    k.err(`error: ${first?.message ?? ''}\n`);
    return 1;
  }
  return 0;
}

interface DrainPlan {
  readonly pods: readonly KubeJson[];
  readonly warnings: readonly string[];
  readonly errors: readonly string[];
}

const shownPod = (pod: KubeJson): string => `${pod.metadata.namespace ?? ''}/${pod.metadata.name ?? ''}`;

function podsToDrain(k: Session, node: string): DrainPlan {
  const mapping = podMapping(k);
  const { items } = listOf(k, mapping, '', {
    fieldSelector: `spec.nodeName=${node}`,
    selector: k.flags.text('pod-selector'),
    limit: k.flags.int('chunk-size'),
  });
  const groups = { daemon: [] as string[], bare: [] as string[], empty: [] as string[] };
  const pods: KubeJson[] = [];
  for (const pod of items) {
    const owner = pod.metadata.ownerReferences?.find((o) => o.controller);
    const phase = isObject(pod['status']) ? pod['status']['phase'] : '';
    const finished = phase === 'Succeeded' || phase === 'Failed';
    if (pod.metadata.annotations?.['kubernetes.io/config.mirror'] !== undefined) continue;
    if (owner?.kind === 'DaemonSet' && !finished) {
      groups.daemon.push(shownPod(pod));
      continue;
    }
    if (!owner && !finished) groups.bare.push(shownPod(pod));
    const volumes = specOf(pod)['volumes'];
    if (
      !finished &&
      Array.isArray(volumes) &&
      volumes.some((v) => isObject(v) && v['emptyDir'] !== undefined)
    )
      groups.empty.push(shownPod(pod));
    pods.push(pod);
  }
  const ignoring = k.flags.bool('ignore-daemonsets');
  const force = k.flags.bool('force');
  const emptyOk = k.flags.bool('delete-emptydir-data');
  const errors = [
    ...(groups.bare.length > 0 && !force
      ? [`cannot delete Pods that declare no controller (use --force to override): ${groups.bare.join(', ')}`]
      : []),
    ...(groups.daemon.length > 0 && !ignoring
      ? [
          `cannot delete DaemonSet-managed Pods (use --ignore-daemonsets to ignore): ${groups.daemon.join(', ')}`,
        ]
      : []),
    ...(groups.empty.length > 0 && !emptyOk
      ? [
          `cannot delete Pods with local storage (use --delete-emptydir-data to override): ${groups.empty.join(', ')}`,
        ]
      : []),
  ];
  const warnings = [
    ...(groups.bare.length > 0 && force
      ? [`deleting Pods that declare no controller: ${groups.bare.join(', ')}`]
      : []),
    ...(groups.daemon.length > 0 && ignoring
      ? [`ignoring DaemonSet-managed Pods: ${groups.daemon.join(', ')}`]
      : []),
  ];
  return { pods, warnings: warnings.length > 1 ? [warnings.join('; ')] : warnings, errors };
}

function podMapping(k: Session): Mapping {
  const mapping = k.mapper.forKind('v1', 'Pod');
  if (!mapping) throw new Failure('the server has no Pods');
  return mapping;
}

function* evictAll(k: Session, pods: readonly KubeJson[], dryRun: ReturnType<typeof dryRunOf>): Process {
  const mapping = podMapping(k);
  const grace = k.flags.int('grace-period');
  const evicting = !k.flags.bool('disable-eviction');
  for (const pod of pods) {
    const { name = '', namespace = '' } = pod.metadata;
    const verb = evicting ? 'evicting' : 'deleting';
    k.out(
      `${verb} pod ${namespace}/${name}${dryRun === 'none' ? '' : dryRun === 'client' ? ' (dry run)' : ' (server dry run)'}\n`,
    );
    if (dryRun === 'client') continue;
    const options = {
      ...(grace >= 0 ? { gracePeriodSeconds: grace } : {}),
      ...(dryRun === 'server' ? { dryRun: ['All'] } : {}),
    };
    try {
      if (evicting)
        k.client.request('POST', pathOf(mapping, namespace, name, 'eviction'), {
          body: {
            kind: 'Eviction',
            apiVersion: 'policy/v1',
            metadata: { name, namespace },
            deleteOptions: options,
          },
        });
      else k.client.request('DELETE', pathOf(mapping, namespace, name), { body: options });
    } catch (error) {
      if (!isNotFound(error)) throw error;
    }
  }
  if (dryRun !== 'none') return 0;
  const timeout = k.flags.duration('timeout') || 24 * 3_600_000;
  for (const pod of pods) {
    const { name = '', namespace = '', uid } = pod.metadata;
    yield* waitUntilDeleted(k, { mapping, namespace, name }, uid, timeout);
    k.out(`pod/${name} ${evicting ? 'evicted' : 'deleted'}\n`);
  }
  return 0;
}

function changes(k: Session, specs: readonly string[]): ReturnType<typeof taintChanges> {
  try {
    return taintChanges(specs);
  } catch (error) {
    throw k.usage(asFailure(error).message);
  }
}

export function taint(k: Session): number {
  const { flags, args } = k;
  const first = args.findIndex((a, i) => i > 0 && (a.includes('=') || a.includes(':') || a.endsWith('-')));
  const resources = first < 0 ? args : args.slice(0, first);
  const specs = first < 0 ? [] : args.slice(first);
  const [type = ''] = resources;
  if (resources.length < 1)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  if (specs.length < 1) throw new Failure('at least one taint update is required');
  const { add, remove } = changes(k, specs);
  const mapping = k.mapper.find(type.split('/')[0] ?? '');
  if (mapping?.kind !== 'Node')
    throw new Failure(`invalid resource type ${type}, only node types are supported`);
  const dryRun = dryRunOf(k);
  const { infos, errors } = fetched(k, {
    args: resources,
    selector: flags.text('selector'),
    all: flags.bool('all'),
  });
  const failures: Failure[] = [...errors];
  for (const info of infos)
    try {
      const before = (specOf(info.object)['taints'] ?? []) as readonly Taint[];
      const { taints, operation } = withTaints(info.name, before, add, remove, flags.bool('overwrite'));
      const changed: KubeJson = { ...info.object, spec: { ...specOf(info.object), taints } };
      const result =
        dryRun === 'client' || sameJson(before, taints)
          ? changed
          : k.client.request('PATCH', pathOf(info.mapping, '', info.name), {
              query: {
                fieldManager: flags.text('field-manager'),
                fieldValidation: 'Strict',
                dryRun: dryRunParameter(dryRun),
              },
              contentType: PATCH_TYPES.merge,
              body: { spec: { taints: taints.length === 0 ? null : taints } },
            });
      printerFor(k, { operation: withDryRun(operation, dryRun) })(result);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}
