// OpenAPI documents: v3, one a group version, and v2, one for all (as JSON and as the protobuf that kubectl reads).
import { resourcesOf, type RestResource } from '@/lib/kube/api/rest/resources';
import { schemaOf } from '@/lib/kube/api/schema';
import { fnv32a } from './hash';
import type { K8sVersion } from '@/lib/kube/versions';
import { Definitions } from './definitions';
import { TypeNames } from './names';
import { pathsOf, type ParameterForm } from './paths';
import { swaggerProtobuf } from './swagger-protobuf';

interface Documents {
  /** By "api/v1", "apis/apps/v1". */
  readonly v3: ReadonlyMap<string, { readonly text: string; readonly hash: string }>;
}

const known = new Map<K8sVersion, Documents>();
const knownV2 = new Map<K8sVersion, string>();

const rootOf = ({ group, version }: RestResource): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

/** /openapi/v3: which documents there are. */
export function v3Index(k8s: K8sVersion): string {
  const paths = [...documents(k8s).v3].map(([root, { hash }]) => [
    root,
    { serverRelativeURL: `/openapi/v3/${root}?hash=${hash}` },
  ]);
  return JSON.stringify({ paths: Object.fromEntries(paths) as unknown });
}

/** The document of one group version: "api/v1", "apis/apps/v1". */
export const v3Document = (
  k8s: K8sVersion,
  root: string,
): { readonly text: string; readonly hash: string } | undefined => documents(k8s).v3.get(root);

function documents(k8s: K8sVersion): Documents {
  const before = known.get(k8s);
  if (before) return before;
  const names = new TypeNames(k8s);
  const roots = [...new Set(resourcesOf(k8s).map(rootOf))];
  const v3 = new Map(
    roots.map((root) => {
      const text = JSON.stringify(v3Of(k8s, root, names));
      return [root, { text, hash: hashOf(text) }] as const;
    }),
  );
  const made = { v3 };
  known.set(k8s, made);
  return made;
}

const hashOf = (text: string): string =>
  [0, 1, 2, 3].map((i) => fnv32a(`${i}${text}`).toString(16).padStart(8, '0').toUpperCase()).join('');

const v3Parameter: ParameterForm = (name, description) => ({
  name,
  in: 'query',
  description,
  schema: { type: 'string', uniqueItems: true },
});
const v2Parameter: ParameterForm = (name, description) => ({
  name,
  in: 'query',
  description,
  type: 'string',
  uniqueItems: true,
});

function v3Of(k8s: K8sVersion, root: string, names: TypeNames): unknown {
  const resources = resourcesOf(k8s).filter((r) => rootOf(r) === root);
  const definitions = new Definitions(names, (name) => `#/components/schemas/${name}`);
  for (const resource of resources) addKind(definitions, resource, k8s);
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: `v${k8s}.0` },
    paths: Object.assign({}, ...resources.map((r) => pathsOf(r, v3Parameter))) as unknown,
    components: { schemas: definitions.all },
  };
}

function addKind(
  definitions: Definitions,
  { info, group, version, kind }: RestResource,
  k8s: K8sVersion,
): void {
  const schema = info ? schemaOf(info.kind, k8s) : undefined;
  if (!schema) return;
  const gvk = { group, version, kind };
  definitions.addList(definitions.add(schema, gvk), gvk);
}

/** /openapi/v2 as JSON. */
export function v2Json(k8s: K8sVersion): string {
  const before = knownV2.get(k8s);
  if (before !== undefined) return before;
  const names = new TypeNames(k8s);
  const definitions = new Definitions(names, (name) => `#/definitions/${name}`);
  const resources = resourcesOf(k8s);
  for (const resource of resources) addKind(definitions, resource, k8s);
  const text = JSON.stringify({
    swagger: '2.0',
    info: { title: 'Kubernetes', version: `v${k8s}.0` },
    paths: Object.assign({}, ...resources.map((r) => pathsOf(r, v2Parameter))) as unknown,
    definitions: definitions.all,
  });
  knownV2.set(k8s, text);
  return text;
}

/** /openapi/v2 as gnostic's protobuf: the kinds and that the server validates their fields. */
export const v2Protobuf = (k8s: K8sVersion): Uint8Array => swaggerProtobuf(resourcesOf(k8s), `v${k8s}.0`);
