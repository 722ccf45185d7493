// kubectl auth can-i, whoami: k8s.io/kubectl pkg/cmd/auth.
import { alignTabs, GET } from '../../../tabwriter';
import type { KubeJson } from '../api/client';
import { byBytes } from '../print/json';
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
    const warn = (warning: string): void => k.err(`Warning: ${warning}\n\n`);
    if (known && !known.namespaced && namespace !== '')
      warn(
        `resource '${known.resource}' is not namespace scoped${known.group === '' ? '' : ` in group '${known.group}'`}`,
      );
    if (!KNOWN_VERBS.includes(verb)) warn(`verb '${verb}' is not a known verb`);
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
  const rules = [...(status.resourceRules ?? []), ...(status.nonResourceRules ?? [])].flatMap(singles);
  const rows = rules
    .map((rule) => [ruleText(rule), rule] as const)
    .sort(([a], [b]) => byBytes(a, b))
    .map(([, rule]) => {
      const [group = '', resource = '', url] = [
        rule.apiGroups?.[0],
        rule.resources?.[0],
        rule.nonResourceURLs?.[0],
      ];
      const name = `${resource}${group === '' ? '' : `.${group}`}`;
      return `${name}\t[${url ?? ''}]\t[${(rule.resourceNames ?? []).join(' ')}]\t[${(rule.verbs ?? []).join(' ')}]\n`;
    });
  const head = k.flags.bool('no-headers') ? '' : 'Resources\tNon-Resource URLs\tResource Names\tVerbs\n';
  k.out(alignTabs(head + rows.join(''), GET));
  return 0;
}

/** A rule for each resource or address (rbac validation BreakdownRule). */
function singles(rule: Rule): readonly Rule[] {
  const urls = (rule.nonResourceURLs ?? []).map((url) => ({
    verbs: rule.verbs ?? [],
    nonResourceURLs: [url],
  }));
  const resources = (rule.apiGroups ?? []).flatMap((group) =>
    (rule.resources ?? []).map((resource) => ({
      verbs: rule.verbs ?? [],
      apiGroups: [group],
      resources: [resource],
      resourceNames: rule.resourceNames ?? [],
    })),
  );
  return [...resources, ...urls];
}

/** PolicyRule.String(), by which the rules are sorted. */
const ruleText = (rule: Rule): string => {
  const list = (values: readonly string[] = []): string => `[${values.join(' ')}]`;
  return `&PolicyRule{Verbs:${list(rule.verbs)},APIGroups:${list(rule.apiGroups)},Resources:${list(rule.resources)},ResourceNames:${list(rule.resourceNames)},NonResourceURLs:${list(rule.nonResourceURLs)},}`;
};

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
