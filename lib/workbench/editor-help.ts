// What the editor says of the field under the cursor: facts and sentences of lib/kube/schema-docs, found by the cursor's place.
import type { FieldSchema } from '@/lib/kube/api/schema';
import { explain, type Explanation } from '@/lib/kube/schema-docs/explain';
import type { FieldDoc } from '@/lib/kube/schema-docs/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { placeAt, type EditorPlace } from './editor-place';

export interface FieldHelp {
  /** spec.ports[].nodePort, or the kind alone. */
  readonly title: string;
  /** As kubectl explain names it: string, []ServicePort, map[string]string. */
  readonly type: string;
  readonly required: boolean;
  readonly values: readonly string[];
  readonly doc: FieldDoc | undefined;
  readonly since: K8sVersion | undefined;
  readonly gateOff: string | undefined;
  readonly place: Pick<EditorPlace, 'start' | 'end'>;
}

export { fieldDoc } from '@/lib/kube/schema-docs/explain';

/** Help on the field at a line and column (1-based); undefined where there is no field that this version knows. */
export function fieldHelp(
  text: string,
  line: number,
  column: number,
  k8s: K8sVersion,
): FieldHelp | undefined {
  const place = placeAt(text, line, column);
  if (!place?.kind || place.path.length === 0 || place.start === place.end) return undefined;
  const path = inObject(place.path);
  // On the value of "kind" the kind itself is explained.
  const isKind = path.length === 1 && path[0] === 'kind' && place.inValue;
  const found = explain(place.kind, isKind ? [] : path, k8s);
  return found && helpOf(found, place);
}

/** The path inside the object: without the List around it. */
export function inObject(path: readonly string[]): readonly string[] {
  return path[0] === 'items' && /^\d+$/.test(path[1] ?? '') ? path.slice(2) : path;
}

function helpOf(found: Explanation, place: EditorPlace): FieldHelp {
  const { schema, doc, required, since, gateOff, kind, path } = found;
  return {
    title: path.length === 0 ? `${found.apiVersion} ${kind}` : path.join('.'),
    type: typeName(schema),
    required,
    values: schema.enum ?? schema.items?.enum ?? doc?.values ?? [],
    doc,
    since,
    gateOff,
    place: { start: place.start, end: place.end },
  };
}

/** The type as kubectl explain writes it, without its brackets. */
export function typeName({ type, go, items }: FieldSchema): string {
  switch (type) {
    case 'array':
      return `[]${items ? typeName(items) : 'Object'}`;
    case 'map':
      return `map[string]${items ? typeName(items) : 'string'}`;
    case 'object':
      return go.replace(/^v1\./, '');
    case 'int-or-string':
      return 'IntOrString';
    case 'quantity':
      return 'Quantity';
    case 'any':
      return 'Object';
    default:
      return type;
  }
}
