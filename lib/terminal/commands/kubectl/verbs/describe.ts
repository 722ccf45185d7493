// kubectl describe: k8s.io/kubectl pkg/cmd/describe/describe.go.
import { asFailure, Exit, isNotFound, throwTogether, type Failure } from '../run/errors';
import { pathOf } from '../api/mapper';
import type { Info } from '../resources/info';
import { fetched, listObjects, select } from '../resources/select';
import type { Session } from '../run/session';
import { describerOf } from '../describe/describers';

export function describe(k: Session): number {
  const { flags } = k;
  const filenames = flags.list('filename');
  if (flags.text('kustomize') !== '') throw k.lacking('--kustomize');
  if (k.args.length === 0 && filenames.length === 0)
    throw new Exit(
      'error: You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
    );
  const options = {
    args: k.args,
    filenames,
    recursive: flags.bool('recursive'),
    selector: flags.text('selector'),
    allNamespaces: flags.bool('all-namespaces'),
    all: true,
    latest: false,
    limit: flags.int('chunk-size'),
  };
  const { infos, errors } = fetched(k, options);
  if (errors.some(isNotFound) && filenames.length === 0 && k.args.length === 2)
    return describePrefix(k, errors);
  const failures: Failure[] = [...errors];
  let first = true;
  const seen = new Set<string>();
  for (const info of infos)
    try {
      const key = `${info.mapping.resource}/${info.namespace}/${info.name}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const text = describeOne(k, info);
      if (!first) k.out('\n\n');
      first = false;
      k.out(text);
    } catch (error) {
      failures.push(asFailure(error));
    }
  if (infos.length === 0 && failures.length === 0)
    k.err(
      options.allNamespaces ? 'No resources found\n' : `No resources found in ${k.namespace} namespace.\n`,
    );
  throwTogether(failures);
  return 0;
}

function describeOne(k: Session, { mapping, namespace, name }: Info): string {
  const object = k.client.get(pathOf(mapping, namespace, name));
  return describerOf(mapping)(k, object, k.flags.bool('show-events'));
}

/** No such name: what begins with it is described. */
function describePrefix(k: Session, errors: readonly Failure[]): number {
  const [types = '', prefix = ''] = k.args;
  const { targets } = select(k, { args: [types], all: true });
  let first = true;
  for (const target of targets)
    for (const object of listObjects(k, target, { limit: k.flags.int('chunk-size') })) {
      const name = object.metadata.name ?? '';
      if (!name.startsWith(prefix)) continue;
      first = false;
      k.out(`${describeOne(k, { ...target, namespace: object.metadata.namespace ?? '', name, object })}\n`);
    }
  if (first) throwTogether(errors);
  return 0;
}
