// Models pkg/printers/internalversion/printers.go for Events, Secrets, Leases, quotas and volumes.
import { asList, asObject, byText, type JsonObject } from '@/lib/kube/api/json';
import type { KubeObject } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { differences } from '@/lib/kube/versions';
import { age } from './duration';
import { AGE, NAME, wide, type TableKind } from './types';

type Fields = KubeObject & JsonObject;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const created = ({ metadata }: KubeObject, now: number): string => age(metadata.creationTimestamp, now);

export const events: TableKind = {
  columns: [
    { name: 'Last Seen' },
    { name: 'Type' },
    { name: 'Reason' },
    { name: 'Object' },
    wide('Subobject'),
    wide('Source'),
    { name: 'Message' },
    wide('First Seen'),
    wide('Count'),
    { ...wide('Name'), format: 'name' },
  ],
  cells(object, now) {
    const event = object as Fields;
    const about = asObject(event['involvedObject']);
    const kind = text(about['kind']).toLowerCase();
    const name = text(about['name']);
    const series = asObject(event['series']);
    const first = text(event['firstTimestamp']) || text(event['eventTime']);
    const last = text(series['lastObservedTime']) || text(event['lastTimestamp']) || first;
    const count = Number(series['count'] ?? event['count'] ?? 0);
    return [
      age(last || undefined, now),
      text(event['type']),
      text(event['reason']),
      name ? `${kind}/${name}` : kind,
      text(about['fieldPath']),
      sourceText(event),
      text(event['message']).trim(),
      age(first || undefined, now),
      String(count === 0 ? 1 : count),
      object.metadata.name ?? '',
    ];
  },
};

function sourceText(event: Fields): string {
  const { component, host } = asObject(event['source']);
  const parts = text(component)
    ? [text(component), text(host)]
    : [text(event['reportingComponent']), text(event['reportingInstance'])];
  return parts.filter((p) => p !== '').join(', ');
}

export const secrets: TableKind = {
  columns: [NAME, { name: 'Type' }, { name: 'Data', type: 'integer' }, AGE],
  cells: (object, now) => [
    object.metadata.name ?? '',
    text((object as Fields)['type']),
    Object.keys(asObject((object as Fields)['data'])).length,
    created(object, now),
  ],
};

export const leases: TableKind = {
  columns: [NAME, { name: 'Holder' }, AGE],
  cells: (object, now) => [
    object.metadata.name ?? '',
    text(asObject(object.spec)['holderIdentity']),
    created(object, now),
  ],
};

export const limitRanges: TableKind = {
  columns: [NAME, { name: 'Created At' }],
  cells: ({ metadata }) => [metadata.name ?? '', metadata.creationTimestamp ?? ''],
};

export const resourceQuotas: TableKind = {
  columns: [NAME, AGE, { name: 'Request' }, { name: 'Limit' }],
  cells(object, now) {
    const hard = asObject(asObject(object.status)['hard']);
    const used = asObject(asObject(object.status)['used']);
    const names = Object.keys(hard).sort(byText);
    const shown = (name: string): string => `${name}: ${amount(used[name])}/${amount(hard[name])}`;
    const isLimit = (name: string): boolean => name.startsWith('limits.');
    return [
      object.metadata.name ?? '',
      created(object, now),
      names
        .filter((n) => !isLimit(n))
        .map(shown)
        .join(', '),
      names.filter(isLimit).map(shown).join(', '),
    ];
  },
};

const amount = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '0';

const MODES: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};
const modes = (value: unknown): string =>
  [...new Set(asList<string>(value))].map((m) => MODES[m] ?? m).join(',');

const attributes = (k8s: K8sVersion): readonly { readonly name: string }[] =>
  differences.volumeAttributesColumn(k8s) ? [{ name: 'VolumeAttributesClass' }] : [];

export const persistentVolumes = (k8s: K8sVersion): TableKind => ({
  columns: [
    NAME,
    { name: 'Capacity' },
    { name: 'Access Modes' },
    { name: 'Reclaim Policy' },
    { name: 'Status' },
    { name: 'Claim' },
    { name: 'StorageClass' },
    ...attributes(k8s),
    { name: 'Reason' },
    AGE,
    wide('VolumeMode'),
  ],
  cells(object, now) {
    const spec = asObject(object.spec);
    const status = asObject(object.status);
    const claim = asObject(spec['claimRef']);
    const phase = text(status['phase']);
    return [
      object.metadata.name ?? '',
      amount(asObject(spec['capacity'])['storage']),
      modes(spec['accessModes']),
      text(spec['persistentVolumeReclaimPolicy']),
      object.metadata.deletionTimestamp ? 'Terminating' : phase,
      text(claim['name']) ? `${text(claim['namespace'])}/${text(claim['name'])}` : '',
      text(spec['storageClassName']),
      ...attributes(k8s).map(() => text(spec['volumeAttributesClassName']) || '<unset>'),
      text(status['reason']),
      created(object, now),
      text(spec['volumeMode']) || '<unset>',
    ];
  },
});

export const persistentVolumeClaims = (k8s: K8sVersion): TableKind => ({
  columns: [
    NAME,
    { name: 'Status' },
    { name: 'Volume' },
    { name: 'Capacity' },
    { name: 'Access Modes' },
    { name: 'StorageClass' },
    ...attributes(k8s),
    AGE,
    wide('VolumeMode'),
  ],
  cells(object, now) {
    const spec = asObject(object.spec);
    const status = asObject(object.status);
    const isBound = text(spec['volumeName']) !== '';
    return [
      object.metadata.name ?? '',
      object.metadata.deletionTimestamp ? 'Terminating' : text(status['phase']),
      text(spec['volumeName']),
      isBound ? amount(asObject(status['capacity'])['storage']) : '',
      isBound ? modes(status['accessModes']) : '',
      text(spec['storageClassName']),
      ...attributes(k8s).map(() => text(spec['volumeAttributesClassName']) || '<unset>'),
      created(object, now),
      text(spec['volumeMode']) || '<unset>',
    ];
  },
});
