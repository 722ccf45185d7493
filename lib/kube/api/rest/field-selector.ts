// Field selectors: the labels that each kind knows (pkg/apis/*/v1/conversion.go, pkg/registry/*/strategy.go) and their text form
// (k8s.io/apimachinery pkg/fields/selector.go).
import { err, ok, type Result } from '@/lib/core/result';
import { asObject, isObject } from '@/lib/kube/api/json';
import type { KubeObject } from '@/lib/kube/types';

export type FieldTest = (object: KubeObject) => boolean;

interface Term {
  readonly field: string;
  readonly equals: boolean;
  readonly value: string;
}

const META = ['metadata.name', 'metadata.namespace'];
const EVENT_FIELDS = [
  ...['kind', 'namespace', 'name', 'uid', 'apiVersion', 'resourceVersion', 'fieldPath'].map(
    (f) => `involvedObject.${f}`,
  ),
  'reason',
  'reportingComponent',
  'source',
  'type',
  ...META,
];

/** Kinds with labels of their own, and the apiVersion that the message names. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Event: EVENT_FIELDS,
  Namespace: ['status.phase', 'name', 'metadata.name'],
  Node: ['metadata.name', 'spec.unschedulable'],
  Pod: [
    ...META,
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  ReplicationController: [...META, 'status.replicas'],
  ReplicaSet: [...META, 'status.replicas'],
  Job: [...META, 'status.successful'],
  Secret: [...META, 'type'],
  Service: [...META, 'spec.clusterIP', 'spec.type'],
};
/** These say "field label not supported", the others name what they know. */
const OWN_MESSAGE: Readonly<Record<string, (field: string) => string>> = {
  Job: (field) => `field label ${JSON.stringify(field)} not supported for Job`,
  ReplicaSet: (field) => `field label not supported for appsv1.ReplicaSet: ${field}`,
  ReplicationController: (field) => `field label not supported: ${field}`,
  Event: (field) => `field label not supported: ${field}`,
  Namespace: (field) => `field label not supported: ${field}`,
  Node: (field) => `field label not supported: ${field}`,
  Pod: (field) => `field label not supported: ${field}`,
  Secret: (field) => `field label not supported: ${field}`,
  Service: (field) => `field label not supported: ${field}`,
};

/** The test of a selector for a kind; "" selects everything. The error is the server's message. */
export function parseFieldSelector(text: string, kind: string): Result<FieldTest, string> {
  const terms: Term[] = [];
  for (const part of splitTerms(text)) {
    if (part === '') continue;
    const term = parseTerm(part);
    if (!term) return err(`invalid selector: '${text}'; can't understand '${part}'`);
    if (!(FIELDS[kind] ?? META).includes(term.field))
      return err(
        OWN_MESSAGE[kind]?.(term.field) ??
          `${JSON.stringify(term.field)} is not a known field selector: only "metadata.name", "metadata.namespace"`,
      );
    terms.push(term);
  }
  return ok((object) => terms.every((t) => (fieldOf(object, t.field) === t.value) === t.equals));
}

/** Splits at commas that no backslash stands before. */
const splitTerms = (text: string): readonly string[] => text.match(/(?:\\.|[^,\\])+/g) ?? [];

function parseTerm(text: string): Term | undefined {
  const shape = /^((?:\\.|[^=!\\])*)(!=|==|=)([^]*)$/.exec(text);
  if (!shape) return undefined;
  const [, field = '', operator, value = ''] = shape;
  return { field, equals: operator !== '!=', value: value.replaceAll(/\\(.)/g, '$1') };
}

function fieldOf(object: KubeObject, field: string): string {
  if (field === 'name') return object.metadata.name ?? '';
  const root = object as unknown as Readonly<Record<string, unknown>>;
  if (object.kind === 'Event') {
    if (field === 'source')
      return text(asObject(root['source'])['component']) || text(root['reportingComponent']);
    if (field === 'reportingComponent') return text(root['reportingComponent']);
  }
  if (field === 'status.successful') return text(asObject(object.status)['succeeded'] ?? 0);
  if (field === 'spec.unschedulable') return text(asObject(object.spec)['unschedulable'] ?? false);
  if (field === 'spec.hostNetwork') return text(asObject(object.spec)['hostNetwork'] ?? false);
  if (field === 'status.replicas') return text(asObject(object.status)['replicas'] ?? 0);
  let value: unknown = root;
  for (const step of field.split('.')) value = isObject(value) ? value[step] : undefined;
  return text(value);
}

const text = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? `${value}`
      : '';
