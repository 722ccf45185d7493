// Objects as a Table (meta.k8s.io/v1): k8s.io/apiserver pkg/endpoints/handlers/response.go, pkg/printers/storage.
import type { Pod, KubeObject } from '@/lib/kube/types';
import { tableOf, type TableKind } from '@/lib/kube/api/tables';
import type { K8sVersion } from '@/lib/kube/versions';
import type { Call } from './call';
import type { RestResource } from './resources';
import { objectText, presentedMeta } from './present';

export type IncludeObject = 'Metadata' | 'None' | 'Object';

/** How the objects of one request become rows. */
export interface TableShape {
  readonly resource: RestResource;
  readonly k8s: K8sVersion;
  readonly version: string;
  readonly include: IncludeObject;
  readonly now: number;
}

interface ListFields {
  readonly resourceVersion?: string;
  readonly continue?: string;
  readonly remainingItemCount?: number;
}

/** The JSON of a Table. Without columns: as later events of a watch have it. */
export function tableText(
  objects: readonly KubeObject[],
  shape: TableShape,
  metadata: ListFields,
  withColumns = true,
): string {
  const kind = tableOf(shape.resource.info?.kind ?? '', shape.k8s);
  const rows = objects.map((object) => rowText(object, kind, shape)).join(',');
  const columns = withColumns ? JSON.stringify(columnsOf(kind)) : 'null';
  const version = shape.version || 'v1';
  return `{"kind":"Table","apiVersion":"meta.k8s.io/${version}","metadata":${JSON.stringify(metadata)},"columnDefinitions":${columns},"rows":[${rows}]}`;
}

const columnsOf = (kind: TableKind): readonly Record<string, unknown>[] =>
  kind.columns.map(({ name, type = 'string', format = '', priority = 0 }) => ({
    name,
    type,
    format,
    description: name,
    priority,
  }));

function rowText(object: KubeObject, kind: TableKind, shape: TableShape): string {
  const cells = JSON.stringify(kind.cells(object, shape.now));
  const conditions = isFinished(object) ? `"conditions":${JSON.stringify([completed(object as Pod)])},` : '';
  return `{"cells":${cells},${conditions}"object":${included(object, shape)}}`;
}

function included(object: KubeObject, { resource, include, version }: TableShape): string {
  if (include === 'None') return 'null';
  if (include === 'Object') return objectText(object, resource);
  return partialText(object, resource, version);
}

/** Its PartialObjectMetadata. */
export function partialText(object: KubeObject, resource: RestResource, version = 'v1'): string {
  const metadata = presentedMeta(object, resource);
  return `{"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/${version || 'v1'}","metadata":${JSON.stringify(metadata)}}`;
}

function isFinished(object: KubeObject): boolean {
  if (object.kind !== 'Pod') return false;
  const phase = (object as Pod).status?.phase;
  return phase === 'Succeeded' || phase === 'Failed';
}

const completed = (pod: Pod): Record<string, string> => {
  const failed = pod.status?.phase === 'Failed';
  return {
    type: 'Completed',
    status: 'True',
    reason: failed ? 'Failed' : 'Succeeded',
    message: failed ? 'The pod failed.' : 'The pod has completed successfully.',
  };
};

/** What a client wants beside the cells of a row. */
export function includeOf(call: Call): IncludeObject {
  const given = call.query.get('includeObject');
  return given === 'None' || given === 'Object' ? given : 'Metadata';
}
