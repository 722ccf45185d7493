// Resource names to paths: discovery (aggregated), the REST mapper, short names and categories of k8s.io/client-go restmapper.
import { kubectlDifferences } from '@/lib/kube/versions';
import { goQuote } from '../print/go-quote';
import { Failure } from '../run/errors';
import type { Client } from './client';

export interface Mapping {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
  readonly subresources: readonly string[];
}

interface DiscoveredResource {
  readonly resource: string;
  readonly responseKind: { readonly kind: string };
  readonly scope: string;
  readonly singularResource: string;
  readonly verbs: readonly string[];
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly { readonly subresource: string }[];
}

interface DiscoveryDocument {
  readonly items: readonly {
    readonly metadata: { readonly name?: string };
    readonly versions: readonly {
      readonly version: string;
      readonly resources?: readonly DiscoveredResource[];
    }[];
  }[];
}

const AGGREGATED =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';
const AGGREGATED_BETA =
  'application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json';

export const apiVersionOf = ({ group, version }: Pick<Mapping, 'group' | 'version'>): string =>
  group === '' ? version : `${group}/${version}`;
/** `services`, `deployments.apps` */
export const groupResource = ({ group, resource }: Pick<Mapping, 'group' | 'resource'>): string =>
  group === '' ? resource : `${resource}.${group}`;
/** `service`, `deployment.apps`: what stands before a name. */
export const kindName = ({ group, kind }: Pick<Mapping, 'group' | 'kind'>): string =>
  group === '' ? kind.toLowerCase() : `${kind.toLowerCase()}.${group}`;

/** The path of a resource, or of one object. */
export function pathOf(mapping: Mapping, namespace: string, name?: string, subresource?: string): string {
  const root = mapping.group === '' ? '/api' : `/apis/${mapping.group}`;
  const scope = mapping.namespaced && namespace !== '' ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const object = name === undefined ? '' : `/${encodeURIComponent(name)}`;
  return `${root}/${mapping.version}${scope}/${mapping.resource}${object}${subresource ? `/${subresource}` : ''}`;
}

export class Mapper {
  #known: readonly Mapping[] | undefined;

  constructor(
    readonly client: Client,
    private readonly warn: (text: string) => void = () => undefined,
  ) {}

  /** Everything the server has, in discovery's order, preferred versions first. */
  get all(): readonly Mapping[] {
    this.#known ??= [...this.#discover('/api'), ...this.#discover('/apis')];
    return this.#known;
  }

  #discover(path: string): readonly Mapping[] {
    const accept = kubectlDifferences.discoveryV2(this.client.cluster.k8s) ? AGGREGATED : AGGREGATED_BETA;
    const { items } = this.client.get<DiscoveryDocument>(path, {}, accept);
    return items.flatMap(({ metadata: { name: group = '' }, versions }) =>
      versions.flatMap(({ version, resources = [] }) =>
        resources.map((r) => ({
          group,
          version,
          resource: r.resource,
          kind: r.responseKind.kind,
          singular: r.singularResource,
          shortNames: r.shortNames ?? [],
          categories: r.categories ?? [],
          namespaced: r.scope === 'Namespaced',
          verbs: r.verbs,
          subresources: (r.subresources ?? []).map((s) => s.subresource),
        })),
      ),
    );
  }

  /** What a type argument names: `svc`, `Service`, `deployments.apps`, `deployments.v1.apps`. */
  find(argument: string): Mapping | undefined {
    const lower = argument.toLowerCase();
    const [resource = '', ...rest] = lower.split('.');
    const group = rest.join('.');
    const [version = '', ...more] = rest;
    return (
      (rest.length >= 2 ? this.#match(resource, more.join('.'), version) : undefined) ??
      this.#match(resource, rest.length === 0 ? undefined : group, undefined) ??
      this.#byKind(lower)
    );
  }

  #match(name: string, group: string | undefined, version: string | undefined): Mapping | undefined {
    const candidates = this.all.filter(
      (m) =>
        (group === undefined || m.group === group || (group !== '' && m.group.startsWith(group))) &&
        (version === undefined || version === '' || m.version === version),
    );
    const named = candidates.find((m) => m.resource === name || m.singular === name);
    if (named) return named;
    const [first, ...others] = candidates.filter((m) => m.shortNames.includes(name));
    const other = others.find((m) => m.group !== first?.group);
    if (other && kubectlDifferences.warnsOfShortNames(this.client.cluster.k8s))
      this.warn(
        `short name ${goQuote(name)} could also match lower priority resource ${groupResource(other)}`,
      );
    return first;
  }

  #byKind(argument: string): Mapping | undefined {
    return this.all.find((m) => m.kind.toLowerCase() === argument);
  }

  /** As `find`, or kubectl's error. */
  need(argument: string): Mapping {
    const mapping = this.find(argument);
    if (mapping) return mapping;
    const [resource = ''] = argument.split('.');
    throw new Failure(`the server doesn't have a resource type "${resource}"`);
  }

  /** A comma-separated list of types, categories (`all`) spread out. */
  types(argument: string): readonly Mapping[] {
    const names = argument.split(',').flatMap((part): readonly (string | Mapping)[] => {
      const members = this.category(part);
      return members.length > 0 ? members : [part];
    });
    const seen = new Set<string>();
    return names.flatMap((name) => {
      const mapping = typeof name === 'string' ? this.need(name) : name;
      const key = groupResource(mapping);
      if (seen.has(key)) return [];
      seen.add(key);
      return [mapping];
    });
  }

  category(name: string): readonly Mapping[] {
    return this.all.filter(
      (m, i, all) =>
        m.categories.includes(name) &&
        all.findIndex((o) => o.group === m.group && o.resource === m.resource) === i,
    );
  }

  /** The mapping of an object's apiVersion and kind. */
  forKind(apiVersion: string, kind: string): Mapping | undefined {
    return this.all.find((m) => apiVersionOf(m) === apiVersion && m.kind === kind);
  }
}
