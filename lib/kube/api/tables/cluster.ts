// Models pkg/printers/internalversion/printers.go for Nodes, Namespaces, ConfigMaps and what has no table of its own.
import type { ConfigMap, KubeObject, Node } from '@/lib/kube/types';
import { age } from './duration';
import { AGE, NAME, wide, type TableKind } from './types';

const ROLE_PREFIX = 'node-role.kubernetes.io/';

export const nodes: TableKind = {
  columns: [
    NAME,
    { name: 'Status' },
    { name: 'Roles' },
    AGE,
    { name: 'Version' },
    wide('Internal-IP'),
    wide('External-IP'),
    wide('OS-Image'),
    wide('Kernel-Version'),
    wide('Container-Runtime'),
  ],
  cells(object, now) {
    const node = object as Node;
    const address = (type: string): string =>
      node.status?.addresses?.find((a) => a.type === type)?.address ?? '<none>';
    const info = (field: string): string => node.status?.nodeInfo?.[field] || '<unknown>';
    return [
      node.metadata.name ?? '',
      nodeStatus(node),
      nodeRoles(node),
      age(node.metadata.creationTimestamp, now),
      node.status?.nodeInfo?.['kubeletVersion'] ?? '',
      address('InternalIP'),
      address('ExternalIP'),
      info('osImage'),
      info('kernelVersion'),
      info('containerRuntimeVersion'),
    ];
  },
};

function nodeStatus(node: Node): string {
  const ready = node.status?.conditions?.find((c) => c.type === 'Ready');
  const status = !ready ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return node.spec?.unschedulable ? `${status},SchedulingDisabled` : status;
}

function nodeRoles(node: Node): string {
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter((l) => l.startsWith(ROLE_PREFIX) && l.length > ROLE_PREFIX.length)
    .map((l) => l.slice(ROLE_PREFIX.length));
  return roles.length ? roles.sort().join(',') : '<none>';
}

export const namespaces: TableKind = {
  columns: [NAME, { name: 'Status' }, AGE],
  cells: ({ metadata, status }, now) => [
    metadata.name ?? '',
    (status as { phase?: string } | undefined)?.phase ?? 'Active',
    age(metadata.creationTimestamp, now),
  ],
};

export const configMaps: TableKind = {
  columns: [NAME, { name: 'Data', type: 'integer' }, AGE],
  cells(object, now) {
    const map = object as ConfigMap & { readonly binaryData?: Readonly<Record<string, string>> };
    const count = Object.keys(map.data ?? {}).length + Object.keys(map.binaryData ?? {}).length;
    return [map.metadata.name ?? '', count, age(map.metadata.creationTimestamp, now)];
  },
};

export const serviceAccounts: TableKind = {
  columns: [NAME, { name: 'Secrets', type: 'integer' }, AGE],
  cells(object, now) {
    const secrets = (object as KubeObject & { readonly secrets?: readonly unknown[] }).secrets ?? [];
    return [object.metadata.name ?? '', secrets.length, age(object.metadata.creationTimestamp, now)];
  },
};

export const anyKind: TableKind = {
  columns: [NAME, AGE],
  cells: ({ metadata }, now) => [metadata.name ?? '', age(metadata.creationTimestamp, now)],
};
