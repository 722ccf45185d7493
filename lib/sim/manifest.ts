// Manifests as a learner types them: YAML text to Kubernetes objects, with the place of every field, and every complaint as one
// sentence at a place. Follows what kubectl does before it asks the API server (k8s.io/cli-runtime pkg/resource/visitor.go).
import { isMap, isScalar, isSeq, type Document, type Node } from 'yaml';
import type { KubeObject } from '@/lib/kube/types';
import { findField, pathAt, placeOfFound } from './manifest-path';
import { placeOf, problem, wholeLine, type Place, type SourceMap } from './manifest-place';
import { ValueReader } from './manifest-value';
import { readYaml, templateOn } from './manifest-yaml';
import type { Problem } from './types';

import type { ManifestDocument, ManifestParse } from './manifest-types';

export { placeStatus } from './manifest-status';
export type { FieldPlace, ManifestDocument, ManifestParse } from './manifest-types';

/** The objects of a file and what is wrong with its text. A `List` counts as its items; empty documents are skipped. */
export function parseManifests(file: string, text: string): ManifestParse {
  const yaml = readYaml(file, text);
  if ('severity' in yaml) return { documents: [], problems: [yaml] };
  const documents: ManifestDocument[] = [];
  const problems: Problem[] = [];
  for (const document of yaml.documents) {
    if ('severity' in document) {
      problems.push(document);
      continue;
    }
    const found = objectsOf(document, yaml.source);
    problems.push(...found.problems);
    for (const { node, object } of found.objects)
      documents.push(
        manifestDocument({ document, node, object, index: documents.length, source: yaml.source }),
      );
  }
  return { documents, problems };
}

interface FoundObjects {
  readonly objects: readonly { readonly node: Node; readonly object: KubeObject | undefined }[];
  readonly problems: readonly Problem[];
}

function objectsOf(document: Document, source: SourceMap): FoundObjects {
  const root = document.contents as Node | null;
  if (!root || (isScalar(root) && root.value === null)) return { objects: [], problems: [] };
  const reader = new ValueReader();
  const value = reader.read(root);
  const { fault } = reader;
  if (fault) {
    const range = (fault.node as Node | null)?.range ?? root.range ?? [0, 1];
    const at = oneLine(placeOf(source, range[0], range[1]));
    const template = fault.code === 'problem.yaml.key' ? templateOn(at.line, source) : undefined;
    const found = template
      ? problem(source.file, template.place, `problem.yaml.${template.code}`)
      : problem(source.file, at, fault.code, fault.params);
    return { objects: [], problems: [found] };
  }
  const problems = reader.empty.map((node) => waiting(node, root, source));
  const objects = flattened(root, value, document);
  if (problems.length > 0)
    return { objects: objects.map(({ node }) => ({ node, object: undefined })), problems };
  const checked = objects.map(({ node, value: item }) => {
    const wrong = headProblem(node, item, document, source);
    return wrong ? { node, object: undefined, wrong } : { node, object: item as KubeObject };
  });
  return { objects: checked, problems: checked.flatMap((c) => c.wrong ?? []) };
}

const oneLine = (place: Place): Place =>
  place.endLine === place.line ? place : { ...place, endLine: place.line, endColumn: place.column + 1 };

/** A key without a value is a text that is not finished; nothing is applied meanwhile. */
function waiting(node: Node, root: Node, source: SourceMap): Problem {
  const offset = node.range?.[0] ?? 0;
  const { line, col } = source.lines.linePos(Math.max(0, offset - 1));
  const field = pathAt(root, source, line, col) ?? '';
  return problem(source.file, wholeLine(source, line), 'problem.manifest.incomplete', { field }, 'info');
}

interface Item {
  readonly node: Node;
  readonly value: unknown;
}

/** A List's items, in Lists of Lists as well. */
function flattened(node: Node, value: unknown, document: Document): Item[] {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  if (typeof kind !== 'string' || !kind.endsWith('List') || !Array.isArray(items)) return [{ node, value }];
  const sequence = findField(node, 'items', document).value;
  if (!isSeq(sequence)) return [];
  return sequence.items.flatMap((item, i) => flattened(item as Node, items[i], document));
}

/** What kubectl says of an object before anything else: kind, apiVersion and a name must be there. */
function headProblem(node: Node, value: unknown, document: Document, source: SourceMap): Problem | undefined {
  const locate = (path: string): Place => placeOfFound(findField(node, path, document), 'key', node, source);
  if (!isMap(node)) {
    const [start, end] = node.range ?? [0, 1];
    return problem(source.file, oneLine(placeOf(source, start, end)), 'problem.manifest.notMapping');
  }
  const object = value as Readonly<Record<string, unknown>>;
  const metadata = object.metadata as Readonly<Record<string, unknown>> | null | undefined;
  const isObject = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
  const heads: readonly (readonly [string, unknown, string])[] = [
    ['apiVersion', object.apiVersion, 'noApiVersion'],
    ['kind', object.kind, 'noKind'],
    ['metadata.name', isObject ? metadata.name : undefined, 'noName'],
  ];
  for (const [field, text, code] of heads) {
    if (text === undefined || text === null || text === '')
      return problem(source.file, locate(field), `problem.manifest.${code}`);
    if (typeof text !== 'string')
      return problem(source.file, locate(field), 'problem.manifest.notText', {
        field,
        value: JSON.stringify(text),
      });
  }
  return undefined;
}

interface DocumentParts {
  readonly document: Document;
  readonly node: Node;
  readonly object: KubeObject | undefined;
  readonly index: number;
  readonly source: SourceMap;
}

function manifestDocument({ document, node, object, index, source }: DocumentParts): ManifestDocument {
  return {
    file: source.file,
    index,
    object,
    locate: (path, what, suits) => {
      const found = findField(node, path, document, suits);
      return { ...placeOfFound(found, what, node, source), exact: found.exact };
    },
    fieldAt: (line, column) => pathAt(node, source, line, column),
  };
}
