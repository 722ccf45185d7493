// The editor's text against the cluster: which of its objects are different there, and the same text as the cluster has it. Runs in
// the worker.
import { isMap, parseDocument, type Document } from 'yaml';
import { isObject, sameJson, type JsonObject } from '@/lib/kube/api/json';
import { infoOf, kindInfo } from '@/lib/kube/api/kinds';
import type { ApiReader } from '@/lib/kube/api/types';
import type { KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { parseManifests } from '@/lib/sim/manifest';
import { setField } from '@/lib/sim/manifest-edit';
import { inShapeOf } from './editor-live';

/** An object of a file, and how it stands to the cluster. */
export interface ComparedObject {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** missing: the cluster does not have it. */
  readonly state: 'same' | 'differs' | 'missing';
  /** Fields that differ, as far as a few. */
  readonly fields: readonly string[];
}

export interface Comparison {
  readonly file: string;
  readonly objects: readonly ComparedObject[];
  /** The file's text as the cluster has it: the same comments and order, the cluster's values. */
  readonly text: string;
  /** Parts of the text that cannot be read were left as they are. */
  readonly unreadable: boolean;
}

export interface ComparedCluster {
  readonly k8s: K8sVersion;
  readonly api: Pick<ApiReader, 'get'>;
}

/** Longer texts are not compared (UTF-16 units). */
export const COMPARE_LIMIT = 300_000;
const FIELDS = 5;

/** A file against the cluster. */
export function compareFile(cluster: ComparedCluster, file: string, text: string): Comparison {
  if (text.length > COMPARE_LIMIT) return { file, objects: [], text, unreadable: true };
  const objects: ComparedObject[] = [];
  let unreadable = false;
  const parts: string[] = [];
  for (const part of documentsOf(text)) {
    const { documents, problems } = parseManifests(file, part);
    const readable = documents.every(({ object }) => object && kindInfo(object.kind));
    if (problems.some(({ severity }) => severity !== 'warning') || !readable) {
      unreadable = true;
      parts.push(part);
      continue;
    }
    const found = documents.flatMap(({ object }) => (object ? [comparedTo(cluster, object)] : []));
    objects.push(...found.map(({ compared }) => compared));
    parts.push(written(part, found));
  }
  return { file, objects, text: parts.join(''), unreadable };
}

/** The text cut where a document begins; put together again they are the text. */
const documentsOf = (text: string): readonly string[] => text.split(/^(?=---(?:\s|$))/m);

interface Found {
  readonly compared: ComparedObject;
  readonly mine: JsonObject;
  /** The object in the manifest's shape; absent if the cluster has none. */
  readonly live: JsonObject | undefined;
}

function comparedTo({ api, k8s }: ComparedCluster, object: KubeObject): Found {
  const { kind } = object;
  const { name = '' } = object.metadata;
  const namespace = infoOf(kind).namespaced ? (object.metadata.namespace ?? 'default') : '';
  const live = api.get(kind, namespace, name);
  const mine = object as unknown as JsonObject;
  if (!live)
    return { compared: { kind, namespace, name, state: 'missing', fields: [] }, mine, live: undefined };
  const shaped = inShapeOf(object, live, k8s);
  const fields = changesBetween(mine, shaped).map(({ path }) => pathText(path));
  const state = fields.length > 0 ? 'differs' : 'same';
  return { compared: { kind, namespace, name, state, fields: fields.slice(0, FIELDS) }, mine, live: shaped };
}

type Path = readonly (string | number)[];

interface FieldChange {
  readonly path: Path;
  /** Absent: the field is taken away. */
  readonly value?: unknown;
}

/** What turns one value into the other; lists of another length are replaced as a whole. */
function changesBetween(from: unknown, to: unknown, path: Path = []): readonly FieldChange[] {
  if (sameJson(from, to)) return [];
  if (isObject(from) && isObject(to)) {
    const gone = Object.keys(from).filter((key) => to[key] === undefined && from[key] !== undefined);
    return [
      ...gone.map((key) => ({ path: [...path, key] })),
      ...Object.keys(to).flatMap((key) => changesBetween(from[key], to[key], [...path, key])),
    ];
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    return to.flatMap((item, i) => changesBetween(from[i], item, [...path, i]));
  return [{ path, value: to }];
}

/** spec.ports[0].port, metadata.labels["a.b/c"] */
function pathText(path: Path): string {
  return path
    .map((step) =>
      typeof step === 'number' ? `[${step}]` : /^[\w-]+$/.test(step) ? `.${step}` : `["${step}"]`,
    )
    .join('')
    .replace(/^\./, '');
}

/** A document's text with the cluster's values. */
function written(part: string, found: readonly Found[]): string {
  if (found.every(({ compared }) => compared.state === 'same')) return part;
  const [only] = found;
  if (found.length === 1 && only && !only.live) return '';
  const isList = found.length > 1;
  const changes = found.map(({ mine, live }) => (live ? changesBetween(mine, live) : []));
  if (!isList && only?.live) {
    const text = byFields(part, changes[0] ?? [], only.live);
    if (text !== undefined) return text;
  }
  return byDocument(part, changes, isList) ?? part;
}

/** Nothing but the changed values, if that is enough. */
function byFields(part: string, changes: readonly FieldChange[], wanted: JsonObject): string | undefined {
  let text: string | undefined = part;
  for (const { path, value } of changes) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
      return undefined;
    text = text === undefined ? undefined : setField(text, pathText(path), value);
  }
  if (text === undefined) return undefined;
  const [document] = parseManifests('', text).documents;
  return document?.object && sameJson(document.object, wanted) ? text : undefined;
}

/** Through the tree of the document: comments stay, the layout may change. Version 1.1 quotes what kubectl would misread. */
function byDocument(
  part: string,
  changes: readonly (readonly FieldChange[])[],
  isList: boolean,
): string | undefined {
  const document: Document = parseDocument(part, { version: '1.1', uniqueKeys: false });
  if (document.errors.length > 0 || !isMap(document.contents)) return undefined;
  for (const [i, list] of changes.entries())
    for (const { path, value } of list) {
      const at = isList ? ['items', i, ...path] : [...path];
      if (value === undefined) document.deleteIn(at);
      else document.setIn(at, document.createNode(value));
    }
  const indentSeq = /^( *)[^\s#-].*:\s*(?:#.*)?\n\1 +- /m.test(part);
  const text = document.toString({ lineWidth: 0, indentSeq });
  return part.startsWith('---') && !text.startsWith('---') ? `---\n${text}` : text;
}
