// What the generators of `kubectl create KIND` have in common: k8s.io/kubectl pkg/cmd/create.
import type { KubeJson } from '../api/client';
import { pathOf } from '../api/mapper';
import { compactJson } from '../print/json';
import { printerFor } from '../print/printer';
import { Failure } from '../run/errors';
import type { Session, Verb } from '../run/session';
import { dryRunOf, dryRunParameter, validationOf, withDryRun } from '../run/write-options';
import { withLastApplied } from '../apply/last-applied';

export interface Generator {
  /** The object that the flags describe; its fields in the order of the Go type. */
  make(k: Session, name: string): KubeJson;
  /** `failed to create ClusterIP service`; without it errors stand alone. */
  readonly failure?: string;
}

/** The one NAME. */
export function nameOf(k: Session): string {
  const before = k.flags.dashAt < 0 ? k.args : k.args.slice(0, k.flags.dashAt);
  const [name] = before;
  if (name === undefined || before.length !== 1)
    throw k.usage(`exactly one NAME is required, got ${before.length}`);
  return name;
}

/** What stands behind `--`. */
export const commandOf = (k: Session): readonly string[] =>
  k.flags.dashAt < 0 ? k.args.slice(1) : k.args.slice(k.flags.dashAt);

/** metadata as a typed object has it. */
export const metaOf = (
  k: Session,
  name: string,
  rest: Readonly<Record<string, unknown>> = {},
  namespaced = true,
): KubeJson['metadata'] => ({
  name,
  ...(namespaced && k.kubeconfig.namespaceGiven ? { namespace: k.namespace } : {}),
  creationTimestamp: null,
  ...rest,
});

/** A command that creates what its generator makes. */
export function creating(generator: Generator): Verb {
  return (k) => {
    const name = nameOf(k);
    const dryRun = dryRunOf(k);
    const validation = validationOf(k);
    const made = generator.make(k, name);
    const object = k.flags.bool('save-config') ? withLastApplied(made) : made;
    const printer = printerFor(k, { operation: withDryRun('created', dryRun), typed: true });
    if (dryRun === 'client') {
      printer(object);
      return 0;
    }
    const mapping = k.mapper.forKind(object.apiVersion, object.kind);
    if (!mapping) throw k.lacking(`kubectl ${k.command.path.join(' ')}`);
    try {
      printer(
        k.client.request('POST', pathOf(mapping, mapping.namespaced ? k.namespace : ''), {
          query: {
            fieldManager: k.flags.text('field-manager'),
            fieldValidation: validation,
            dryRun: dryRunParameter(dryRun),
          },
          body: compactJson(withNamespace(k, object, mapping.namespaced)),
        }),
      );
    } catch (error) {
      throw generator.failure === undefined ? error : failed(generator.failure, error);
    }
    return 0;
  };
}

const withNamespace = (k: Session, object: KubeJson, namespaced: boolean): KubeJson =>
  namespaced ? { ...object, metadata: { ...object.metadata, namespace: k.namespace } } : object;

/** `fmt.Errorf("failed to create X: %v")`: no Status any more. */
function failed(what: string, error: unknown): unknown {
  return error instanceof Failure ? new Failure(`${what}: ${error.message}`) : error;
}
