// kubectl wait: k8s.io/kubectl pkg/cmd/wait.
import type { Process, Steps } from '../../../types';
import type { KubeJson } from '../api/client';
import { kindName, pathOf } from '../api/mapper';
import { goString } from '../print/go-value';
import { JsonPath, relaxedJsonPath } from '../print/jsonpath';
import { printerFor } from '../print/printer';
import { asFailure, Failure, isNotFound, throwAll } from '../run/errors';
import type { Session } from '../run/session';
import { events } from '../run/watch';
import type { Target } from '../resources/info';
import { fetched, select } from '../resources/select';

type Named = Target & { readonly name: string };
type Check = (object: KubeJson) => boolean;

interface Condition {
  readonly kind: 'delete' | 'create' | 'state';
  readonly check: Check;
}

export function* waitFor(k: Session): Process {
  const { flags } = k;
  const condition = conditionOf(k, flags.text('for'));
  const given = flags.duration('timeout');
  const timeout = given < 0 ? 168 * 3_600_000 : given;
  if (flags.bool('local')) throw k.lacking('wait --local');
  const deadline = k.now + timeout;
  const targets = yield* targetsOf(k, condition, deadline);
  const failures: Failure[] = [];
  for (const target of targets)
    try {
      const object = yield* one(k, target, condition, deadline);
      if (object) printerFor(k, { operation: 'condition met' })(object);
    } catch (error) {
      failures.push(asFailure(error));
    }
  throwAll(failures);
  return 0;
}

function conditionOf(k: Session, text: string): Condition {
  const [kind = '', ...rest] = text.split('=');
  const value = rest.join('=');
  if (text.toLowerCase() === 'delete') return { kind: 'delete', check: () => false };
  if (text.toLowerCase() === 'create' && k.differences.waitForCreate)
    return { kind: 'create', check: () => true };
  if (kind === 'condition') {
    const [name = '', wanted = 'true'] = value.split('=');
    return { kind: 'state', check: conditionCheck(name, wanted) };
  }
  if (kind === 'jsonpath') return { kind: 'state', check: jsonPathCheck(value) };
  throw new Failure(`unrecognized condition: ${JSON.stringify(text)}`);
}

interface StatusCondition {
  readonly type?: string;
  readonly status?: string;
  readonly observedGeneration?: number;
}

function conditionCheck(name: string, wanted: string): Check {
  return (object) => {
    const status = (object['status'] ?? {}) as {
      conditions?: readonly StatusCondition[];
      observedGeneration?: number;
    };
    const found = status.conditions?.find((c) => c.type?.toLowerCase() === name.toLowerCase());
    if (!found) return false;
    const observed = found.observedGeneration ?? status.observedGeneration;
    const generation = object.metadata.generation ?? 0;
    if (observed !== undefined && generation > observed) return false;
    return found.status?.toLowerCase() === wanted.toLowerCase();
  };
}

function jsonPathCheck(text: string): Check {
  const close = text.lastIndexOf('}');
  const [expression, rest] =
    text.startsWith('{') && close >= 0 ? [text.slice(0, close + 1), text.slice(close + 1)] : splitOnce(text);
  const value = rest.startsWith('=') ? rest.slice(1) : undefined;
  if (rest !== '' && value === undefined)
    throw new Failure(
      `jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'`,
    );
  if (value === '') throw new Failure('jsonpath wait has to have a value after equal sign');
  if (expression === '') throw new Failure('jsonpath expression cannot be empty');
  let path: JsonPath;
  try {
    path = new JsonPath(relaxedJsonPath(expression), { allowMissingKeys: true });
  } catch (error) {
    throw asFailure(error);
  }
  return (object) => {
    const results = path.find(object);
    const values = results[0] ?? [];
    if (values.length === 0) return false;
    if (value === undefined) return true;
    if (values.length > 1) throw new Failure('given jsonpath expression matches more than one value');
    const [found] = values;
    if (typeof found === 'object' && found !== null)
      throw new Failure('jsonpath leads to a nested object or list which is not supported');
    return goString(found).trim() === value.trim().replaceAll(/^['"]|['"]$/g, '');
  };
}

function splitOnce(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

function* targetsOf(k: Session, condition: Condition, deadline: number): Steps<readonly Named[]> {
  const { flags } = k;
  const options = {
    args: k.args,
    filenames: flags.list('filename'),
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    fieldSelector: flags.text('field-selector'),
    all: flags.bool('all'),
    allNamespaces: flags.bool('all-namespaces'),
    latest: true,
  };
  const named = select(k, options).targets;
  if (condition.kind === 'create') {
    yield* untilCreated(k, named, deadline);
  }
  const { infos, errors } = fetched(k, options);
  if (condition.kind === 'delete') {
    const real = errors.filter((e) => !isNotFound(e));
    throwAll(real);
    return infos;
  }
  throwAll(errors);
  if (infos.length === 0) throw new Failure('no matching resources found');
  return infos;
}

function* untilCreated(k: Session, targets: readonly Target[], deadline: number): Steps<void> {
  const exists = (): boolean =>
    targets.every(({ mapping, namespace, name }) => {
      if (name === undefined) return true;
      try {
        k.client.get(pathOf(mapping, namespace, name));
        return true;
      } catch (error) {
        if (isNotFound(error)) return false;
        throw error;
      }
    });
  while (!exists()) {
    if (k.now >= deadline) throw new Failure('timed out waiting for the condition'.concat(''));
    yield* k.step({ kind: 'wait', ms: Math.max(1, Math.min(500, deadline - k.now)) });
  }
}

function* one(
  k: Session,
  target: Named,
  condition: Condition,
  deadline: number,
): Steps<KubeJson | undefined> {
  const { mapping, namespace, name } = target;
  const timedOut = (): Failure =>
    new Failure(`timed out waiting for the condition on ${mapping.resource}/${name}`);
  const query = { fieldSelector: `metadata.name=${name}` };
  const list = k.client.get<KubeJson & { items: readonly KubeJson[] }>(pathOf(mapping, namespace), {
    ...query,
    limit: '500',
    resourceVersion: '0',
  });
  const [found] = list.items;
  const full = (object: KubeJson): KubeJson => ({
    ...object,
    apiVersion: list.apiVersion,
    kind: mapping.kind,
  });
  if (!found) {
    if (condition.kind === 'delete') return undefined;
    throw new Failure(
      `${mapping.resource}${mapping.group === '' ? '' : `.${mapping.group}`} "${name}" not found`,
      {
        reason: 'NotFound',
        message: `${mapping.resource}${mapping.group === '' ? '' : `.${mapping.group}`} "${name}" not found`,
      },
    );
  }
  if (condition.kind !== 'delete' && condition.check(full(found))) return full(found);
  const watch = events(
    k,
    pathOf(mapping, namespace),
    { ...query, watch: 'true', allowWatchBookmarks: 'true', resourceVersion: list.metadata.resourceVersion },
    undefined,
    deadline,
  );
  for (let event = yield* watch.next(); event; event = yield* watch.next()) {
    if (event.type === 'BOOKMARK') continue;
    if (event.type === 'DELETED') {
      if (condition.kind !== 'delete') continue;
      watch.close();
      return event.object;
    }
    if (condition.kind !== 'delete' && condition.check(event.object)) {
      watch.close();
      return event.object;
    }
  }
  throw timedOut();
}

export const waitName = ({ mapping, name }: Named): string => `${kindName(mapping)}/${name}`;
