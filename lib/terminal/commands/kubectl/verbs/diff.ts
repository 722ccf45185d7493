// kubectl diff: k8s.io/kubectl pkg/cmd/diff/diff.go; the texts are compared as `diff -u -N` compares them.
import { schemaOf } from '@/lib/kube/api/schema';
import type { JsonObject } from '@/lib/kube/api/json';
import { LAST_APPLIED } from '../apply/last-applied';
import { threeWayPatch } from '../apply/three-way';
import { PATCH_TYPES, type KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { unifiedDiff } from '../print/unified-diff';
import { withoutManaged } from '../print/printer';
import { yamlText } from '../print/yaml';
import { asFailure, errorText, Exit, isNotFound, throwAll, type Failure } from '../run/errors';
import type { Session } from '../run/session';
import { fileNeeded, refuseKustomize } from '../run/write-options';
import { fileInfos } from '../resources/files';
import type { Info } from '../resources/info';
import { checkDocument } from '../resources/schema-check';
import { labelsMatch } from '../resources/selector';

export function diff(k: Session): number {
  try {
    const { flags } = k;
    refuseKustomize(k);
    if (k.args.length > 0) throw k.usage(`Unexpected args: [${k.args.join(' ')}]`);
    if (flags.list('filename').length === 0) throw fileNeeded();
    return compared(k);
  } catch (error) {
    // 1 says that there is a difference: what failed is more.
    if (error instanceof Exit) throw new Exit(error.stderr, 2);
    throw new Exit(errorText(asFailure(error)), 2);
  }
}

function compared(k: Session): number {
  const { flags } = k;
  const { infos, errors } = fileInfos(k, flags.list('filename'), flags.bool('recursive'), checkDocument);
  const failures: Failure[] = [...errors];
  const pairs: { readonly name: string; readonly live: string; readonly merged: string }[] = [];
  for (const info of infos)
    try {
      if (!labelsMatch(flags.text('selector'), info.object.metadata.labels)) continue;
      const live = liveOf(k, info);
      const merged = mergedOf(k, info, live);
      const { group, version, kind } = info.mapping;
      const name = `${group === '' ? '' : `${group}.`}${version}.${kind}.${info.namespace}.${info.name}`;
      pairs.push({
        name,
        live: live ? yamlText(withoutManaged(k, live)) : '',
        merged: yamlText(withoutManaged(k, merged)),
      });
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  const stamp = timeStamp(k.now);
  let differs = false;
  for (const { name, live, merged } of [...pairs].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (live === merged) continue;
    differs = true;
    const [from, to] = [`/tmp/LIVE-1/${name}`, `/tmp/MERGED-1/${name}`];
    k.out(
      `diff -u -N ${from} ${to}\n--- ${from}\t${stamp}\n+++ ${to}\t${stamp}\n${unifiedDiff(live, merged)}`,
    );
  }
  return differs ? 1 : 0;
}

const timeStamp = (now: number): string =>
  `${new Date(now).toISOString().replace('T', ' ').replace('Z', '000000')} +0000`;

function liveOf(k: Session, { mapping, namespace, name }: Info): KubeJson | undefined {
  try {
    return k.client.get(pathOf(mapping, namespace, name));
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** What the server would make of it. */
function mergedOf(k: Session, info: Info, live: KubeJson | undefined): KubeJson {
  const { mapping, namespace, name, object } = info;
  const fieldManager = k.flags.text('field-manager');
  if (k.flags.bool('server-side'))
    return k.client.request('PATCH', pathOf(mapping, namespace, name), {
      query: { dryRun: 'All', fieldManager, force: String(k.flags.bool('force-conflicts')) },
      contentType: PATCH_TYPES.apply,
      body: compactJson(object),
    });
  const modified = withoutAnnotation(object);
  if (!live)
    return k.client.request('POST', pathOf(mapping, namespace), {
      query: { dryRun: 'All', fieldManager },
      body: compactJson(modified),
    });
  const patch = compactJson(
    threeWayPatch(
      original(live),
      JSON.parse(JSON.stringify(modified)) as JsonObject,
      live as unknown as JsonObject,
      schemaOf(mapping.kind, k.context.cluster.k8s),
    ),
  );
  if (patch === '{}') return live;
  return k.client.request('PATCH', pathOf(mapping, namespace, name), {
    query: { dryRun: 'All', fieldManager },
    contentType: PATCH_TYPES.strategic,
    body: patch,
  });
}

function original(live: KubeJson): JsonObject {
  try {
    return JSON.parse(live.metadata.annotations?.[LAST_APPLIED] ?? '{}') as JsonObject;
  } catch {
    return {};
  }
}

/** As the file has it: what was applied before is no part of it. */
function withoutAnnotation(object: KubeJson): KubeJson {
  const { [LAST_APPLIED]: _, ...annotations } = object.metadata.annotations ?? {};
  return { ...object, metadata: { ...object.metadata, annotations } };
}
