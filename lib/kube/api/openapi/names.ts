// Names of the API's types in OpenAPI documents: io.k8s.api.core.v1.Service. A type belongs to the package in which Go defines it.
import { kinds } from '@/lib/kube/api/kinds';
import { schemaOf, type FieldSchema } from '@/lib/kube/api/schema';
import type { K8sVersion } from '@/lib/kube/versions';

const META = 'io.k8s.apimachinery.pkg.apis.meta.v1';
const META_TYPES = [
  'v1.Condition',
  'v1.LabelSelector',
  'v1.LabelSelectorRequirement',
  'v1.ManagedFieldsEntry',
  'v1.ObjectMeta',
  'v1.OwnerReference',
];
/** Types that are one value in JSON. */
const SCALARS: Readonly<Record<string, string>> = {
  'intstr.IntOrString': 'io.k8s.apimachinery.pkg.util.intstr.IntOrString',
  'resource.Quantity': 'io.k8s.apimachinery.pkg.api.resource.Quantity',
  'v1.Time': `${META}.Time`,
};

/** io.k8s.api.core.v1: groups without their domain. */
const packageOf = (group: string, version: string): string =>
  `io.k8s.api.${group === '' ? 'core' : (group.split('.')[0] ?? '')}.${version}`;

type Properties = NonNullable<FieldSchema['properties']>;

/** The names of all types of a version; types are told apart by their fields, whatever they are wrapped in. */
export class TypeNames {
  readonly #packages = new Map<Properties, string>();

  constructor(k8s: K8sVersion) {
    // Core first: what other groups use of it stays there.
    for (const { kind, group, version } of kinds()) {
      const schema = schemaOf(kind, k8s);
      if (schema) this.#claim(schema, packageOf(group, version));
    }
  }

  /** The full name of an object or scalar type; undefined for what has none of its own. */
  nameOf({ go, properties }: FieldSchema): string | undefined {
    const scalar = SCALARS[go];
    if (scalar !== undefined) return scalar;
    if (!properties) return undefined;
    if (META_TYPES.includes(go)) return `${META}.${shortName(go)}`;
    const place = this.#packages.get(properties);
    return place === undefined ? undefined : `${place}.${shortName(go)}`;
  }

  #claim(schema: FieldSchema, place: string): void {
    if (schema.items) this.#claim(schema.items, place);
    const { properties } = schema;
    if (!properties || this.#packages.has(properties)) return;
    this.#packages.set(properties, place);
    for (const field of Object.values(properties)) this.#claim(field, place);
  }
}

const shortName = (go: string): string => go.slice(go.lastIndexOf('.') + 1);
