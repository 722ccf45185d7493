// What a command is about: types, names, selectors and files on its line become objects of the server
// (k8s.io/cli-runtime pkg/resource/builder.go, visitor.go).
import type { KubeJson } from '../api/client';
import { groupResource, pathOf, type Mapping } from '../api/mapper';
import { asFailure, Failure, type Exit } from '../run/errors';
import type { Session } from '../run/session';
import { fileInfos } from './files';
import type { Info, Target } from './info';

export interface SelectOptions {
  readonly args: readonly string[];
  readonly filenames?: readonly string[];
  readonly recursive?: boolean;
  readonly selector?: string;
  readonly fieldSelector?: string;
  /** --all, or a command that takes all without names. */
  readonly all?: boolean;
  readonly allNamespaces?: boolean;
  /** What to say if the line names nothing. Without it: kubectl's common text. */
  readonly nothing?: () => Failure | Exit;
  /** Names come before types are asked for: `kubectl scale --all`. */
  readonly requireNames?: boolean;
}

/** Common text of commands that need a resource. */
export const NOTHING_GIVEN = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

export interface Selected {
  readonly targets: readonly Target[];
  readonly errors: readonly Failure[];
  /** One object is meant, not a list of one. */
  readonly single: boolean;
}

/** The targets of a line. */
export function select(k: Session, options: SelectOptions): Selected {
  const { args, filenames = [], selector = '', fieldSelector = '' } = options;
  const selecting = selector !== '' || (k.flags.has('all') && k.flags.bool('all'));
  if (filenames.length > 0) {
    if (args.length > 0)
      throw new Failure(
        'when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well',
      );
    const { infos, errors } = fileInfos(k, filenames, options.recursive ?? false);
    return { targets: infos, errors, single: infos.length === 1 && filenames.length === 1 };
  }
  if (args.length === 0) throw options.nothing?.() ?? new Failure(NOTHING_GIVEN);
  if (args.some((a) => a.includes('/'))) return byPair(k, options);
  const [types = '', ...names] = args;
  const mappings = k.mapper.types(types);
  if (names.length > 0) {
    if (selecting) throw new Failure('name cannot be provided when a selector is specified');
    if (options.allNamespaces)
      throw new Failure('a resource cannot be retrieved by name across all namespaces');
    const targets = mappings.flatMap((mapping) => names.map((name) => named(k, mapping, name)));
    return { targets, errors: [], single: targets.length === 1 };
  }
  if (selector === '' && fieldSelector === '' && !options.all)
    throw options.nothing?.() ?? new Failure('resource(s) were provided, but no name was specified');
  const namespace = options.allNamespaces ? '' : k.namespace;
  const targets = mappings.map((mapping) => ({ mapping, namespace: mapping.namespaced ? namespace : '' }));
  return { targets, errors: [], single: false };
}

const named = (k: Session, mapping: Mapping, name: string): Target => ({
  mapping,
  namespace: mapping.namespaced ? k.namespace : '',
  name,
});

function byPair(k: Session, options: SelectOptions): Selected {
  const { args, selector = '', allNamespaces } = options;
  const [first = '', second] = args;
  if (!first.includes('/') && second !== undefined)
    throw new Failure(
      `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
    );
  if (selector !== '')
    throw new Failure('selectors and the all flag cannot be used when passing resource/name arguments');
  const targets: Target[] = [];
  const errors: Failure[] = [];
  for (const argument of args) {
    const parts = argument.split('/');
    if (parts.length > 2)
      throw new Failure('arguments in resource/name form may not have more than one slash');
    const [type = '', name = ''] = parts;
    if (parts.length === 1)
      throw new Failure(
        `there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'`,
      );
    if (type === '' || name === '')
      throw new Failure('arguments in resource/name form must have a single resource and name');
    try {
      targets.push(named(k, k.mapper.need(type), name));
    } catch (error) {
      errors.push(asFailure(error));
    }
  }
  if (errors[0]) throw errors[0];
  if (allNamespaces) throw new Failure('a resource cannot be retrieved by name across all namespaces');
  return { targets, errors, single: targets.length === 1 };
}

export interface Fetched {
  readonly infos: readonly Info[];
  readonly errors: readonly Failure[];
  readonly single: boolean;
}

/** Targets with their objects from the server: named ones got, others listed. Files keep what they say unless `latest`. */
export function fetched(
  k: Session,
  options: SelectOptions & { readonly latest?: boolean; readonly limit?: number },
): Fetched {
  const { targets, errors: problems, single } = select(k, options);
  const errors = [...problems];
  const infos: Info[] = [];
  for (const target of targets)
    try {
      infos.push(...objectsOf(k, target, options));
    } catch (error) {
      errors.push(asFailure(error));
    }
  return { infos, errors, single };
}

function objectsOf(
  k: Session,
  target: Target,
  options: SelectOptions & { readonly latest?: boolean; readonly limit?: number },
): readonly Info[] {
  const { mapping, namespace, name } = target;
  if (target.local && !options.latest) return [{ ...target, name: name ?? '', object: target.local }];
  if (name !== undefined)
    return [{ ...target, name, object: k.client.get(pathOf(mapping, namespace, name)) }];
  return listObjects(k, target, options).map((object) => ({
    ...target,
    namespace: object.metadata.namespace ?? '',
    name: object.metadata.name ?? '',
    object,
  }));
}

/** A list's items with apiVersion and kind filled in. */
export function listObjects(
  k: Session,
  { mapping, namespace }: Target,
  options: { readonly selector?: string; readonly fieldSelector?: string; readonly limit?: number },
): readonly KubeJson[] {
  return listOf(k, mapping, namespace, options).items;
}

export interface ObjectList {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly resourceVersion?: string };
  readonly items: readonly KubeJson[];
}

/** A list of one kind, all of its pages. */
export function listOf(
  k: Session,
  mapping: Mapping,
  namespace: string,
  options: { readonly selector?: string; readonly fieldSelector?: string; readonly limit?: number },
): ObjectList {
  const query = {
    labelSelector: options.selector || undefined,
    fieldSelector: options.fieldSelector || undefined,
    limit: options.limit ? String(options.limit) : undefined,
  };
  const items: KubeJson[] = [];
  for (let more: string | undefined; ;) {
    const page = withSelectorText(mapping, options, () =>
      k.client.get<ObjectList & { metadata: { continue?: string } }>(pathOf(mapping, namespace), {
        ...query,
        continue: more,
      }),
    );
    const kind = page.kind.replace(/List$/, '');
    items.push(...page.items.map((item) => ({ ...item, apiVersion: page.apiVersion, kind })));
    more = page.metadata.continue || undefined;
    if (more === undefined) return { ...page, items };
  }
}

/** Bad requests of a list are told with the selectors (Selector.Visit). */
export function withSelectorText<T>(
  mapping: Mapping,
  options: { readonly selector?: string; readonly fieldSelector?: string },
  work: () => T,
): T {
  try {
    return work();
  } catch (error) {
    const { selector = '', fieldSelector = '' } = options;
    if (
      !(error instanceof Failure) ||
      (error.status?.reason !== 'BadRequest' && error.status?.reason !== 'NotFound')
    )
      throw error;
    const resource = `${mapping.group}/${mapping.version}, Resource=${mapping.resource}`;
    if (selector === '' && fieldSelector === '') throw error;
    const what = error.status.reason === 'NotFound' ? error : undefined;
    const message = `Unable to find "${resource}" that match label selector "${selector}", field selector "${fieldSelector}": ${error.message}`;
    throw what ?? new Failure(message, { ...error.status, message });
  }
}

/** `services "x"` */
export const described = (mapping: Mapping, name: string): string => `${groupResource(mapping)} "${name}"`;
