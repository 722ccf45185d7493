// OpenAPI documents: v3, one a group version, and v2, one for all (as JSON and as the protobuf that kubectl reads).
import { resourcesOf, type RestResource } from '@/lib/kube/api/rest/resources';
import { schemaOf } from '@/lib/kube/api/schema';
import { fnv32a } from './hash';
import type { K8sVersion } from '@/lib/kube/versions';
import { Definitions } from './definitions';
import { NO_DESCRIPTIONS, type Descriptions } from './descriptions';
import { TypeNames } from './names';
import { pathsOf, type ParameterForm } from './paths';
import { swaggerProtobuf } from './swagger-protobuf';

interface Document {
  readonly text: string;
  readonly hash: string;
}

/** The documents of one version with these sentences; made when somebody asks. */
export class OpenApiDocuments {
  #v3: ReadonlyMap<string, Document> | undefined;
  #v2: string | undefined;

  constructor(
    readonly k8s: K8sVersion,
    readonly descriptions: Descriptions = NO_DESCRIPTIONS,
  ) {}

  /** /openapi/v3: which documents there are. */
  get index(): string {
    const paths = [...this.#documents].map(([root, { hash }]) => [
      root,
      { serverRelativeURL: `/openapi/v3/${root}?hash=${hash}` },
    ]);
    return JSON.stringify({ paths: Object.fromEntries(paths) as unknown });
  }

  /** The document of one group version: "api/v1", "apis/apps/v1". */
  of(root: string): Document | undefined {
    return this.#documents.get(root);
  }

  /** /openapi/v2 as JSON. */
  get v2(): string {
    this.#v2 ??= v2Of(this.k8s, this.descriptions);
    return this.#v2;
  }

  get #documents(): ReadonlyMap<string, Document> {
    this.#v3 ??= this.#make();
    return this.#v3;
  }

  #make(): ReadonlyMap<string, Document> {
    const names = new TypeNames(this.k8s);
    const roots = [...new Set(resourcesOf(this.k8s).map(rootOf))];
    return new Map(
      roots.map((root) => {
        const text = JSON.stringify(v3Of(this.k8s, root, names, this.descriptions));
        return [root, { text, hash: hashOf(text) }] as const;
      }),
    );
  }
}

const rootOf = ({ group, version }: RestResource): string =>
  group === '' ? `api/${version}` : `apis/${group}/${version}`;

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

function v3Of(k8s: K8sVersion, root: string, names: TypeNames, descriptions: Descriptions): unknown {
  const resources = resourcesOf(k8s).filter((r) => rootOf(r) === root);
  const definitions = new Definitions(names, (name) => `#/components/schemas/${name}`, descriptions);
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

function v2Of(k8s: K8sVersion, descriptions: Descriptions): string {
  const definitions = new Definitions(new TypeNames(k8s), (name) => `#/definitions/${name}`, descriptions);
  const resources = resourcesOf(k8s);
  for (const resource of resources) addKind(definitions, resource, k8s);
  return JSON.stringify({
    swagger: '2.0',
    info: { title: 'Kubernetes', version: `v${k8s}.0` },
    paths: Object.assign({}, ...resources.map((r) => pathsOf(r, v2Parameter))) as unknown,
    definitions: definitions.all,
  });
}

/** /openapi/v2 as gnostic's protobuf: the kinds and that the server validates their fields. */
export const v2Protobuf = (k8s: K8sVersion): Uint8Array => swaggerProtobuf(resourcesOf(k8s), `v${k8s}.0`);
