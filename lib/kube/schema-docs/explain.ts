// What is known of a field: its type, values and versions from the schema, its default and sentences from this folder. The editor's
// hover and `kubectl explain` say the same.
import { kindInfo } from '@/lib/kube/api/kinds';
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import { gateEnabled, LEARNER_VERSIONS, type K8sVersion } from '@/lib/kube/versions';
import { clusterDocs } from './cluster';
import { containerDocs } from './container';
import { endpointDocs } from './endpoints';
import { commonFields, metaDocs } from './meta';
import { networkPolicyDocs } from './network-policy';
import { podDocs } from './pod';
import { serviceDocs } from './service';
import type { FieldDoc, Text, TypeDocs } from './types';
import { workloadDocs } from './workloads';

/** All sentences, by Go's name of the type. */
export const DOCS: TypeDocs = {
  ...metaDocs,
  ...serviceDocs,
  ...endpointDocs,
  ...podDocs,
  ...containerDocs,
  ...workloadDocs,
  ...clusterDocs,
  ...networkPolicyDocs,
};

export interface Explanation {
  readonly kind: string;
  readonly apiVersion: string;
  /** spec, ports, nodePort: without the positions in lists; empty for the kind itself. */
  readonly path: readonly string[];
  readonly schema: FieldSchema;
  /** Whether the object around it makes no sense without the field. */
  readonly required: boolean;
  /** Absent if nobody has written about the field yet. */
  readonly doc?: FieldDoc;
  /** The first version that a learner can pick which has the field, if not the first of all. */
  readonly since?: K8sVersion;
  /** The gate without which the server drops the field, if it is off in this version. */
  readonly gateOff?: string;
}

/** The sentence about a field, by Go's name of its object and its own name ("v1.ServicePort", "nodePort"). */
export function fieldDoc(object: string, field: string): FieldDoc | undefined {
  const own = Object.hasOwn(DOCS, object) ? DOCS[object]?.fields : undefined;
  if (own && Object.hasOwn(own, field)) return own[field];
  return isKind(object) && Object.hasOwn(commonFields, field) ? commonFields[field] : undefined;
}

/** The sentence about a type, by Go's name. */
export const typeDoc = (object: string): Text | undefined =>
  Object.hasOwn(DOCS, object) ? DOCS[object]?.about : undefined;

const isKind = (object: string): boolean => kindInfo(object.replace(/^v1\./, '')) !== undefined;

/** A kind, or a field of it; undefined if this version has no such field. Steps that are positions in a list are skipped. */
export function explain(kind: string, path: readonly string[], k8s: K8sVersion): Explanation | undefined {
  const found = walk(kind, path, k8s);
  const info = kindInfo(kind);
  if (!found || !info) return undefined;
  const { schema, parent, names } = found;
  const field = names.at(-1);
  const doc: FieldDoc | undefined =
    parent && field !== undefined ? fieldDoc(parent.go, field) : typeDoc(schema.go);
  const since = LEARNER_VERSIONS.find((version) => walk(kind, names, version) !== undefined);
  const gateOff = doc?.gate !== undefined && !gateEnabled(k8s, doc.gate) ? doc.gate : undefined;
  return {
    kind,
    apiVersion: info.apiVersion,
    path: names,
    schema,
    required: field !== undefined && parent?.required?.includes(field) === true,
    ...(doc ? { doc } : {}),
    ...(since && since !== LEARNER_VERSIONS[0] ? { since } : {}),
    ...(gateOff ? { gateOff } : {}),
  };
}

interface Walked {
  readonly schema: FieldSchema;
  readonly parent: FieldSchema | undefined;
  readonly names: readonly string[];
}

function walk(kind: string, path: readonly string[], k8s: K8sVersion): Walked | undefined {
  let at = schemaOf(kind, k8s);
  let parent: FieldSchema | undefined;
  const names: string[] = [];
  for (const step of path) {
    if (!at) return undefined;
    if (at.type === 'array') {
      const items: FieldSchema | undefined = at.items;
      if (/^\d+$/.test(step)) {
        at = items;
        continue;
      }
      at = items;
    }
    // What stands in a map is the learner's own: the map is what can be explained.
    if (!at || at.type !== 'object') return parent && at ? { schema: at, parent, names } : undefined;
    const next: FieldSchema | undefined =
      at.properties && Object.hasOwn(at.properties, step) ? at.properties[step] : undefined;
    if (!next) return undefined;
    parent = at;
    at = next;
    names.push(step);
  }
  return at && { schema: at, parent, names };
}
