// kubectl api-resources, api-versions, version, cluster-info.
import { alignTabs, GET } from '../../../tabwriter';
import { apiVersionOf, groupResource, type Mapping } from '../api/mapper';
import { byBytes, jsonText } from '../print/json';
import { yamlText } from '../print/yaml';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { listOf } from '../resources/select';

export function apiResources(k: Session): number {
  const { flags } = k;
  if (k.args.length > 0) throw k.usage(`unexpected arguments: [${k.args.join(' ')}]`);
  const output = flags.text('output');
  if (!['', 'wide', 'name'].includes(output)) throw new Failure(`--output ${output} is not available`);
  const sortBy = flags.text('sort-by');
  if (!['', 'name', 'kind'].includes(sortBy)) throw new Failure('--sort-by accepts only name or kind');
  const verbs = flags.list('verbs');
  const categories = flags.list('categories');
  const list = preferred(k.mapper.all)
    .filter((m) => m.verbs.length > 0)
    .filter((m) => !flags.changed('api-group') || m.group === flags.text('api-group'))
    .filter((m) => !flags.changed('namespaced') || m.namespaced === flags.bool('namespaced'))
    .filter((m) => verbs.every((v) => m.verbs.includes(v)))
    .filter((m) => categories.every((c) => m.categories.includes(c)));
  const key = (m: Mapping): string =>
    sortBy === 'name' ? m.resource : sortBy === 'kind' ? m.kind : `${m.group}\0${m.resource}`;
  const sorted = [...list].sort((a, b) => byBytes(key(a), key(b)));
  if (output === 'name') {
    k.out(sorted.map((m) => `${groupResource(m)}\n`).join(''));
    return 0;
  }
  const wide = output === 'wide';
  const head = [
    'NAME',
    'SHORTNAMES',
    'APIVERSION',
    'NAMESPACED',
    'KIND',
    ...(wide ? ['VERBS', 'CATEGORIES'] : []),
  ];
  const rows = sorted.map((m) => [
    m.resource,
    m.shortNames.join(','),
    apiVersionOf(m),
    String(m.namespaced),
    m.kind,
    ...(wide ? [m.verbs.join(','), m.categories.join(',')] : []),
  ]);
  const lines = flags.bool('no-headers') ? rows : [head, ...rows];
  k.out(alignTabs(lines.map((cells) => `${cells.join('\t')}\n`).join(''), GET));
  return 0;
}

/** Each resource once, in the version the server prefers. */
function preferred(all: readonly Mapping[]): readonly Mapping[] {
  const seen = new Set<string>();
  return all.filter((m) => {
    const key = groupResource(m);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export function apiVersions(k: Session): number {
  if (k.args.length > 0) throw k.usage(`unexpected arguments: [${k.args.join(' ')}]`);
  const versions = new Set(k.mapper.all.map(apiVersionOf));
  k.out(
    [...versions]
      .sort(byBytes)
      .map((v) => `${v}\n`)
      .join(''),
  );
  return 0;
}

interface Version {
  readonly gitVersion: string;
}

/** The kustomize in each kubectl. */
const KUSTOMIZE: Readonly<Record<number, string>> = {
  28: 'v5.0.4-0.20230601165947-6ce0bf390ce3',
  29: 'v5.0.4-0.20230601165947-6ce0bf390ce3',
  30: 'v5.0.4-0.20230601165947-6ce0bf390ce3',
  31: 'v5.4.2',
  32: 'v5.5.0',
  33: 'v5.6.0',
};

export function version(k: Session): number {
  const { flags } = k;
  const output = flags.text('output');
  if (k.args.length > 0) throw new Failure(`extra arguments: [${k.args.join(' ')}]`);
  if (!['', 'yaml', 'json'].includes(output)) throw new Failure(`--output must be 'yaml' or 'json'`);
  const server = JSON.parse(k.client.text('/version', { timeout: '32s' })) as Version;
  const kustomizeVersion = KUSTOMIZE[k.minor] ?? '';
  const clientOnly = flags.bool('client');
  // The terminal's kubectl is of the cluster's version.
  const whole = {
    clientVersion: server,
    kustomizeVersion,
    ...(clientOnly ? {} : { serverVersion: server }),
  };
  if (output === 'json') k.out(`${jsonText(whole, '  ')}\n`);
  else if (output === 'yaml') k.out(`${yamlText(whole)}\n`);
  else {
    k.out(`Client Version: ${server.gitVersion}\nKustomize Version: ${kustomizeVersion}\n`);
    if (!clientOnly) k.out(`Server Version: ${server.gitVersion}\n`);
  }
  return 0;
}

export function clusterInfo(k: Session): number {
  const mapping = k.mapper.forKind('v1', 'Service');
  if (!mapping) return 0;
  const { server } = k.kubeconfig;
  const colour = (code: string, text: string): string =>
    k.differences.plainClusterInfo ? text : `\u001b[${code}m${text}\u001b[0m`;
  const line = (name: string, url: string): void =>
    k.out(`${colour('0;32', name)} is running at ${colour('0;33', url)}\n`);
  line('Kubernetes control plane', server);
  const { items } = listOf(k, mapping, 'kube-system', { selector: 'kubernetes.io/cluster-service=true' });
  for (const service of items) {
    const { name = '', labels = {} } = service.metadata;
    const spec = (service['spec'] ?? {}) as { ports?: readonly { name?: string; port: number }[] };
    const [port] = spec.ports ?? [];
    const scheme = port?.name === 'https' || port?.port === 443 ? 'https:' : '';
    const path = `/api/v1/namespaces/kube-system/services/${scheme}${name}${port?.name ? `:${port.name}` : ''}/proxy`;
    line(labels['kubernetes.io/name'] ?? name, server + path);
  }
  k.out(`\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n`);
  return 0;
}
