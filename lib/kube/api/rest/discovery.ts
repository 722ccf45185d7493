// Discovery: groups, versions and resources, one by one and aggregated (k8s.io/apiserver pkg/endpoints/discovery).
import { differences } from '@/lib/kube/versions';
import { acceptClauses } from './accept';
import type { Call } from './call';
import { resourcesOf, type RestResource, type SubresourceInfo } from './resources';
import type { ApiResponse } from './types';

/** The answer for /api, /api/v1, /apis, /apis/G, /apis/G/V; undefined for other paths. */
export function discovery(call: Call, segments: readonly string[]): ApiResponse | undefined {
  const [root, group, version, ...more] = segments;
  if (more.length > 0) return undefined;
  const all = resourcesOf(call.backend.k8s);
  if (root === 'api') {
    const core = all.filter((r) => r.group === '');
    if (group === undefined) return coreVersions(call, core);
    return group === 'v1' && version === undefined ? resourceList(call, 'v1', core) : undefined;
  }
  if (root !== 'apis') return undefined;
  const grouped = all.filter((r) => r.group !== '');
  if (group === undefined) return groupList(call, grouped);
  const own = grouped.filter((r) => r.group === group);
  if (own.length === 0) return undefined;
  if (version === undefined)
    return call.json(200, JSON.stringify({ kind: 'APIGroup', apiVersion: 'v1', ...groupOf(own) }));
  const inVersion = own.filter((r) => r.version === version);
  return inVersion.length > 0 ? resourceList(call, `${group}/${version}`, inVersion) : undefined;
}

function coreVersions(call: Call, core: readonly RestResource[]): ApiResponse {
  const aggregated = aggregate(call, core);
  if (aggregated) return aggregated;
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: '192.168.10.10:6443' }];
  return call.json(
    200,
    JSON.stringify({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs }),
  );
}

function groupList(call: Call, grouped: readonly RestResource[]): ApiResponse {
  const aggregated = aggregate(call, grouped);
  if (aggregated) return aggregated;
  const groups = namesOf(grouped).map((name) => groupOf(grouped.filter((r) => r.group === name)));
  return call.json(200, JSON.stringify({ kind: 'APIGroupList', apiVersion: 'v1', groups }));
}

const namesOf = (resources: readonly RestResource[]): string[] => [...new Set(resources.map((r) => r.group))];
const versionsOf = (resources: readonly RestResource[]): string[] => [
  ...new Set(resources.map((r) => r.version)),
];

function groupOf(resources: readonly RestResource[]): Readonly<Record<string, unknown>> {
  const name = resources[0]?.group ?? '';
  const versions = versionsOf(resources).map((version) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions, preferredVersion: versions[0] };
}

function resourceList(call: Call, groupVersion: string, resources: readonly RestResource[]): ApiResponse {
  const listed = resources.flatMap((r) => [
    {
      name: r.resource,
      singularName: r.singular,
      namespaced: r.namespaced,
      kind: r.kind,
      verbs: r.verbs,
      ...(r.shortNames.length > 0 ? { shortNames: r.shortNames } : {}),
      ...(r.categories.length > 0 ? { categories: r.categories } : {}),
    },
    ...r.subresources.map((s) => ({
      name: `${r.resource}/${s.name}`,
      singularName: '',
      namespaced: r.namespaced,
      ...(s.group === undefined ? {} : { group: s.group, version: s.version }),
      kind: s.kind,
      verbs: s.verbs,
    })),
  ]);
  const version = groupVersion === 'v1' ? {} : { apiVersion: 'v1' };
  return call.json(
    200,
    JSON.stringify({ kind: 'APIResourceList', ...version, groupVersion, resources: listed }),
  );
}

/** Everything at once, if the client takes that. */
function aggregate(call: Call, resources: readonly RestResource[]): ApiResponse | undefined {
  const known = differences.aggregatedDiscoveryV2(call.backend.k8s) ? ['v2', 'v2beta1'] : ['v2beta1'];
  const clause = acceptClauses(call.header('accept') ?? '').find(
    ({ parameters }) =>
      parameters.get('g') === 'apidiscovery.k8s.io' &&
      parameters.get('as') === 'APIGroupDiscoveryList' &&
      known.includes(parameters.get('v') ?? ''),
  );
  if (!clause) return undefined;
  const version = clause.parameters.get('v') ?? '';
  const items = namesOf(resources).map((name) => {
    const own = resources.filter((r) => r.group === name);
    const versions = versionsOf(own).map((v) => ({
      version: v,
      resources: own.filter((r) => r.version === v).map(aggregatedResource),
      freshness: 'Current',
    }));
    return { metadata: name ? { name, creationTimestamp: null } : { creationTimestamp: null }, versions };
  });
  const apiVersion = `apidiscovery.k8s.io/${version}`;
  const response = call.json(
    200,
    JSON.stringify({ kind: 'APIGroupDiscoveryList', apiVersion, metadata: {}, items }),
  );
  const type = `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  return { ...response, headers: { ...response.headers, 'content-type': type } };
}

function aggregatedResource(r: RestResource): Readonly<Record<string, unknown>> {
  return {
    resource: r.resource,
    responseKind: { group: r.group, version: r.version, kind: r.kind },
    scope: r.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: r.singular,
    verbs: r.verbs,
    ...(r.shortNames.length > 0 ? { shortNames: r.shortNames } : {}),
    ...(r.categories.length > 0 ? { categories: r.categories } : {}),
    ...(r.subresources.length > 0 ? { subresources: r.subresources.map((s) => aggregatedPart(s, r)) } : {}),
  };
}

const aggregatedPart = (s: SubresourceInfo, r: RestResource): Readonly<Record<string, unknown>> => ({
  subresource: s.name,
  responseKind: { group: s.group ?? r.group, version: s.version ?? r.version, kind: s.kind },
  verbs: s.verbs,
});
