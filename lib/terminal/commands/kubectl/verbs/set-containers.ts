// kubectl set image, env, resources: what changes in containers.
import { asList, isObject, type JsonObject } from '@/lib/kube/api/json';
import { pathOf } from '../api/mapper';
import { Failure, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { fetched, NOTHING_GIVEN } from '../resources/select';
import { resourcesAndPairs, setObjects, withoutTemplate, withPodSpec } from './set';

type Container = JsonObject & { readonly name?: unknown };

function mapContainers(
  spec: JsonObject,
  change: (container: Container) => Container,
  lists: readonly string[] = ['containers', 'initContainers'],
): JsonObject {
  const changed: Record<string, unknown> = { ...spec };
  for (const list of lists)
    if (spec[list] !== undefined)
      changed[list] = asList(spec[list]).map((c) => (isObject(c) ? change(c) : c));
  return changed;
}

/** `*`, `web`, `w*` */
function matches(pattern: string, name: unknown): boolean {
  if (pattern === '*') return true;
  const regex = new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  return typeof name === 'string' && regex.test(name);
}

export function setImage(k: Session): number {
  const { resources, pairs } = resourcesAndPairs(k);
  const { flags } = k;
  if (resources.length === 0 && flags.list('filename').length === 0) throw new Failure(NOTHING_GIVEN);
  if (flags.bool('all') && flags.text('selector') !== '')
    throw new Failure('cannot set --all and --selector at the same time');
  if (pairs.length === 0) {
    throwAll(
      fetched(k, {
        args: resources,
        filenames: flags.list('filename'),
        selector: flags.text('selector'),
        all: flags.bool('all'),
        latest: true,
      }).errors,
    );
    throw new Failure('at least one image update is required');
  }
  const images = pairs.map((pair) => {
    const at = pair.indexOf('=');
    return { container: pair.slice(0, at), image: pair.slice(at + 1) };
  });
  return setObjects(k, {
    resources,
    operation: 'image updated',
    change: (_, info, problem) => {
      const { object } = info;
      const found = new Set<string>();
      const changed = withPodSpec(object, (spec) =>
        mapContainers(spec, (container) => {
          let next = container;
          for (const { container: name, image } of images)
            if (name === '*' || container.name === name) {
              found.add(name);
              next = { ...next, image };
            }
          return next;
        }),
      );
      if (!changed) throw withoutTemplate(info);
      const missing = changed ? images.filter(({ container }) => !found.has(container)) : [];
      for (const { container } of missing)
        problem(new Failure(`unable to find container named "${container}"`));
      return changed;
    },
  });
}

interface EnvEntry {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: unknown;
}

export function setEnv(k: Session): number {
  const { flags } = k;
  const { resources, pairs } = resourcesAndPairs(k);
  const all = [...pairs, ...flags.list('env')];
  const from = flags.text('from');
  if (resources.length === 0 && flags.list('filename').length === 0)
    throw new Failure('one or more resources must be specified as <resource> <name> or <resource>/<name>');
  const set: EnvEntry[] = [];
  const remove: string[] = [];
  for (const pair of all) {
    const at = pair.indexOf('=');
    if (at > 0) set.push({ name: envName(pair.slice(0, at)), value: pair.slice(at + 1) });
    else if (pair.endsWith('-')) remove.push(pair.slice(0, -1));
    else
      throw new Failure(
        `environment variables must be of the form key=value and cannot start with '='`.replace(
          /^.*$/,
          `unknown environment variable: ${pair}`,
        ),
      );
  }
  if (from !== '') set.push(...fromResource(k, from));
  if (flags.bool('list') || (set.length === 0 && remove.length === 0)) return listEnv(k, resources);
  return setObjects(k, {
    resources,
    operation: 'env updated',
    change: (_, { object }) =>
      withPodSpec(object, (spec) =>
        mapContainers(spec, (container) => {
          if (!matches(flags.text('containers'), container.name)) return container;
          return {
            ...container,
            env: changedEnv(
              asList(container['env']) as readonly EnvEntry[],
              set,
              remove,
              flags.bool('overwrite'),
            ),
          };
        }),
      ),
  });
}

function envName(name: string): string {
  if (/^[-._a-zA-Z][-._a-zA-Z0-9]*$/.test(name)) return name;
  throw new Failure(
    `"${name}" is not a valid key name: a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit (e.g. 'my.env-name',  or 'MY_ENV.NAME',  or 'MyEnvName1', regex used for validation is '[-._a-zA-Z][-._a-zA-Z0-9]*')`,
  );
}

function changedEnv(
  env: readonly EnvEntry[],
  set: readonly EnvEntry[],
  remove: readonly string[],
  overwrite: boolean,
): readonly EnvEntry[] {
  const taken = set.find((s) => !overwrite && env.some((e) => e.name === s.name));
  if (taken)
    throw new Failure(
      `'${taken.name}' already has a value (${env.find((e) => e.name === taken.name)?.value ?? ''}), and --overwrite is false`,
    );
  const kept = env.filter((e) => !remove.includes(e.name));
  const replaced = kept.map((e) => set.findLast((s) => s.name === e.name) ?? e);
  return [...replaced, ...set.filter((s) => !kept.some((e) => e.name === s.name))];
}

/** --from=configmap/x: one variable for each key. */
function fromResource(k: Session, from: string): readonly EnvEntry[] {
  const [type = '', name] = from.split('/');
  if (name === undefined)
    throw new Failure(`arguments in resource/name form must have a single resource and name`);
  const mapping = k.mapper.need(type);
  const object = k.client.get(pathOf(mapping, k.namespace, name));
  const ref = mapping.kind === 'Secret' ? 'secretKeyRef' : 'configMapKeyRef';
  if (mapping.kind !== 'Secret' && mapping.kind !== 'ConfigMap')
    throw new Failure(`unsupported resource specified in --from`);
  const keys = k.flags.list('keys');
  return Object.keys((object['data'] ?? {}) as object)
    .filter((key) => keys.length === 0 || keys.includes(key))
    .sort()
    .map((key) => {
      const variable = key.toUpperCase().replaceAll(/[-.]/g, '_');
      if (variable !== key) k.err(`Warning: key ${key} transferred to ${variable}\n`);
      return { name: `${k.flags.text('prefix')}${variable}`, valueFrom: { [ref]: { name, key } } };
    });
}

function listEnv(k: Session, resources: readonly string[]): number {
  return setObjects(k, {
    resources,
    operation: '',
    change: (_, { object, mapping, name }) => {
      withPodSpec(object, (spec) =>
        mapContainers(spec, (container) => {
          if (!matches(k.flags.text('containers'), container.name)) return container;
          k.out(`# ${mapping.kind} ${name}, container ${String(container.name as string)}\n`);
          for (const entry of asList(container['env']) as readonly EnvEntry[])
            k.out(
              entry.valueFrom === undefined
                ? `${entry.name}=${entry.value ?? ''}\n`
                : `# ${entry.name} from ${sourceOf(entry.valueFrom)}\n`,
            );
          return container;
        }),
      );
      return undefined;
    },
  });
}

function sourceOf(from: unknown): string {
  const { configMapKeyRef, secretKeyRef, fieldRef } = from as Readonly<
    Record<string, Readonly<Record<string, string>> | undefined>
  >;
  if (configMapKeyRef)
    return `configmap ${configMapKeyRef['name'] ?? ''}, key ${configMapKeyRef['key'] ?? ''}`;
  if (secretKeyRef) return `secret ${secretKeyRef['name'] ?? ''}, key ${secretKeyRef['key'] ?? ''}`;
  return `field path ${fieldRef?.['fieldPath'] ?? ''}`;
}

export function setResources(k: Session): number {
  const { flags } = k;
  const [limits, requests] = [flags.text('limits'), flags.text('requests')];
  if (limits === '' && requests === '')
    throw new Failure(
      'you must specify an update to requests or limits (in the form of --requests/--limits)',
    );
  const [limit, request] = [amountsOf(limits), amountsOf(requests)];
  return setObjects(k, {
    resources: k.args,
    operation: 'resource requirements updated',
    change: (_, { object }) => {
      let found = false;
      const changed = withPodSpec(object, (spec) =>
        mapContainers(spec, (container) => {
          if (!matches(flags.text('containers'), container.name)) return container;
          found = true;
          const before = isObject(container['resources']) ? container['resources'] : {};
          const merged = (name: string, values: JsonObject): JsonObject =>
            Object.keys(values).length === 0
              ? {}
              : { [name]: { ...(isObject(before[name]) ? before[name] : {}), ...values } };
          return {
            ...container,
            resources: { ...before, ...merged('limits', limit), ...merged('requests', request) },
          };
        }),
      );
      if (changed && !found) throw new Failure(`unable to find container named ${flags.text('containers')}`);
      return changed;
    },
  });
}

function amountsOf(text: string): JsonObject {
  return Object.fromEntries(
    text
      .split(',')
      .filter(Boolean)
      .map((pair) => {
        const [key = '', value] = pair.split('=');
        if (value === undefined)
          throw new Failure(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
        return [key, value];
      }),
  );
}
