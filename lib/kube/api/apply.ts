// kubectl apply, the client side: the manifest is remembered in an annotation, so that the next apply knows which fields were
// taken out. Follows kubectl pkg/cmd/apply/patcher.go and pkg/util/apply.go.
import type { KubeObject } from '@/lib/kube/types';
import { byText, isObject, sameJson, type JsonObject } from './json';
import type { KindInfo } from './kinds';
import type { FieldSchema } from './schema';
import { threeWayMerge } from './strategic-merge';

export const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** The manifest with its namespace filled in and itself remembered in the annotation. */
export function withLastApplied<T extends KubeObject>(manifest: T, info: KindInfo): T {
  const { annotations, namespace, ...meta } = manifest.metadata ?? {};
  const { [LAST_APPLIED]: _, ...others } = annotations ?? {};
  const place = info.namespaced
    ? { namespace: namespace ?? 'default' }
    : namespace === undefined
      ? {}
      : { namespace };
  const plain = { ...manifest, metadata: { ...meta, ...place, annotations: others } };
  const text = `${goJson(plain)}\n`;
  return { ...plain, metadata: { ...plain.metadata, annotations: { ...others, [LAST_APPLIED]: text } } };
}

/** The live object as it is to become; the live object itself if the manifest changes nothing. */
export function applied(manifest: KubeObject, live: KubeObject, schema: FieldSchema): KubeObject {
  const { status: _, ...wanted } = manifest as KubeObject & JsonObject;
  const merged = threeWayMerge(lastApplied(live), wanted, live as KubeObject & JsonObject, schema);
  return sameJson(merged, live) ? live : (merged as unknown as KubeObject);
}

/** The manifest that was applied before; empty if the object was not made by apply. */
function lastApplied({ metadata }: KubeObject): JsonObject {
  const text = metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return isObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** JSON as Go writes it: keys sorted, <, > and & escaped. */
function goJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(goJson).join(',')}]`;
  if (!isObject(value)) return escaped(JSON.stringify(value ?? null));
  const fields = Object.keys(value).sort(byText);
  const written = fields.flatMap((key) =>
    value[key] === undefined ? [] : [`${escaped(JSON.stringify(key))}:${goJson(value[key])}`],
  );
  return `{${written.join(',')}}`;
}

const escaped = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
