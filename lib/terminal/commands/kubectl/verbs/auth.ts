// kubectl auth can-i, whoami: k8s.io/kubectl pkg/cmd/auth.
import { alignTabs, GET } from '../../../tabwriter';
import type { KubeJson } from '../api/client';
import { printerFor } from '../print/printer';
import { Exit, Failure } from '../run/errors';
import type { Session } from '../run/session';

interface Review extends KubeJson {
  readonly status?: {
    readonly allowed?: boolean;
    readonly reason?: string;
    readonly evaluationError?: string;
    readonly resourceRules?: readonly Rule[];
    readonly nonResourceRules?: readonly Rule[];
    readonly incomplete?: boolean;
    readonly userInfo?: {
      readonly username?: string;
      readonly uid?: string;
      readonly groups?: readonly string[];
    };
  };
}

interface Rule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

const review = (k: Session, group: string, resource: string, kind: string, spec: unknown): Review =>
  k.client.request<Review>('POST', `/apis/${group}/v1/${resource}`, {
    body: { kind, apiVersion: `${group}/v1`, metadata: {}, spec },
  });

export function canI(k: Session): number {
  const { flags, args } = k;
  if (flags.bool('list')) return listRules(k);
  const [verb, what, ...more] = args;
  if (
    verb === undefined ||
    what === undefined ||
    more.length > 1 ||
    (more.length === 1 && what.includes('/'))
  )
    throw new Exit(
      `error: you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.\n`,
    );
  const namespace = flags.bool('all-namespaces') ? '' : k.namespace;
  let spec: unknown;
  if (what.startsWith('/')) spec = { nonResourceAttributes: { path: what, verb } };
  else {
    const [type = '', inPath] = what.split('/');
    const resource = resourceOf(k, type);
    const known = resource.known;
    if (!KNOWN_VERBS.includes(verb)) k.err(`Warning: verb '${verb}' is not a known verb\n`);
    if (known && !known.namespaced && namespace !== '')
      k.err(
        `Warning: resource '${known.resource}' is not namespace scoped${known.group === '' ? '' : ` in group '${known.group}'`}\n`,
      );
    spec = {
      resourceAttributes: {
        ...(known && !known.namespaced ? {} : { namespace }),
        verb,
        group: resource.group,
        resource: resource.resource,
        ...(flags.text('subresource') === '' ? {} : { subresource: flags.text('subresource') }),
        ...((inPath ?? more[0]) === undefined ? {} : { name: inPath ?? more[0] }),
      },
    };
    if (known && !known.namespaced && namespace !== '') k.err('\n');
  }
  const { status = {} } = review(
    k,
    'authorization.k8s.io',
    'selfsubjectaccessreviews',
    'SelfSubjectAccessReview',
    spec,
  );
  if (status.allowed) {
    if (!flags.bool('quiet')) k.out('yes\n');
    return 0;
  }
  if (!flags.bool('quiet'))
    k.out(
      `no${status.reason ? ` - ${status.reason}` : ''}${status.evaluationError ? ` - ${status.evaluationError}` : ''}\n`,
    );
  return 1;
}

const KNOWN_VERBS = [
  'get',
  'list',
  'watch',
  'create',
  'update',
  'patch',
  'delete',
  'deletecollection',
  'use',
  'bind',
  'impersonate',
  '*',
  'approve',
  'sign',
  'escalate',
  'attest',
];

function resourceOf(
  k: Session,
  type: string,
): {
  readonly group: string;
  readonly resource: string;
  readonly known:
    | { readonly resource: string; readonly group: string; readonly namespaced: boolean }
    | undefined;
} {
  if (type === '*') return { group: '*', resource: '*', known: undefined };
  const known = k.mapper.find(type);
  if (known) return { group: known.group, resource: known.resource, known };
  const [resource = '', ...group] = type.split('.');
  k.err(
    `Warning: the server doesn't have a resource type '${resource}'${group.length > 0 ? ` in group '${group.join('.')}'` : ''}\n\n`,
  );
  return { group: group.join('.'), resource, known: undefined };
}

function listRules(k: Session): number {
  if (k.args.length > 0) throw new Failure('list option must be specified with no arguments');
  const { status = {} } = review(
    k,
    'authorization.k8s.io',
    'selfsubjectrulesreviews',
    'SelfSubjectRulesReview',
    {
      namespace: k.namespace,
    },
  );
  const list = (values: readonly string[] = []): string => `[${values.join(' ')}]`;
  const rows: string[] = [];
  for (const rule of status.resourceRules ?? [])
    for (const group of rule.apiGroups ?? [''])
      for (const resource of rule.resources ?? [])
        rows.push(
          `${resource}${group === '' ? '' : `.${group}`}\t[]\t${list(rule.resourceNames)}\t${list(rule.verbs)}\n`,
        );
  for (const rule of status.nonResourceRules ?? [])
    for (const url of rule.nonResourceURLs ?? []) rows.push(`\t[${url}]\t[]\t${list(rule.verbs)}\n`);
  const head = k.flags.bool('no-headers') ? '' : 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n';
  k.out(alignTabs(head + rows.join(''), GET));
  return 0;
}

export function whoAmI(k: Session): number {
  if (k.args.length > 0) throw k.usage(`unexpected arguments: [${k.args.join(' ')}]`);
  const answer = review(k, 'authentication.k8s.io', 'selfsubjectreviews', 'SelfSubjectReview', undefined);
  if (k.flags.text('output') !== '') {
    printerFor(k, { typed: true })(answer);
    return 0;
  }
  const { username = '', uid = '', groups = [] } = answer.status?.userInfo ?? {};
  const rows = [
    'ATTRIBUTE\tVALUE\n',
    ...(username === '' ? [] : [`Username\t${username}\n`]),
    ...(uid === '' ? [] : [`UID\t${uid}\n`]),
    ...(groups.length === 0 ? [] : [`Groups\t[${groups.join(' ')}]\n`]),
  ];
  k.out(alignTabs(rows.join(''), GET));
  return 0;
}
