// Volumes in describe: k8s.io/kubectl pkg/describe describeVolumes.
import type { DescribeWriter } from './writer';
import type { PodSpec } from './pod-types';

type Fields = Readonly<Record<string, unknown>>;
type Describe = (f: Fields, tellsOptional: boolean) => readonly string[];

const text = (value: unknown, fallback = ''): string =>
  value === undefined || value === null ? fallback : String(value as string | number | boolean);

const SOURCES: Readonly<Record<string, Describe>> = {
  hostPath: (f) => [
    'Type:\tHostPath (bare host directory volume)',
    `Path:\t${text(f['path'])}`,
    `HostPathType:\t${text(f['type'])}`,
  ],
  emptyDir: (f) => [
    "Type:\tEmptyDir (a temporary directory that shares a pod's lifetime)",
    `Medium:\t${text(f['medium'])}`,
    `SizeLimit:\t${text(f['sizeLimit'], '<unset>')}`,
  ],
  secret: (f) => [
    'Type:\tSecret (a volume populated by a Secret)',
    `SecretName:\t${text(f['secretName'])}`,
    `Optional:\t${text(f['optional'], 'false')}`,
  ],
  configMap: (f) => [
    'Type:\tConfigMap (a volume populated by a ConfigMap)',
    `Name:\t${text(f['name'])}`,
    `Optional:\t${text(f['optional'], 'false')}`,
  ],
  persistentVolumeClaim: (f) => [
    'Type:\tPersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)',
    `ClaimName:\t${text(f['claimName'])}`,
    `ReadOnly:\t${text(f['readOnly'], 'false')}`,
  ],
  downwardAPI: (f) => [
    'Type:\tDownwardAPI (a volume populated by information about the pod)',
    'Items:',
    ...((f['items'] ?? []) as readonly { path: string; fieldRef?: { fieldPath: string } }[]).map(
      (i) => `  ${i.fieldRef?.fieldPath ?? ''} -> ${i.path}`,
    ),
  ],
  projected: projected,
};

/** kubectl before 1.33 prints the pointer. */
function projected(f: Fields, tellsOptional: boolean): readonly string[] {
  const sources = (f['sources'] ?? []) as readonly Fields[];
  return [
    'Type:\tProjected (a volume that contains injected data from multiple sources)',
    ...sources.flatMap((source) => {
      const secret = source['secret'] as Fields | undefined;
      const optional = (title: string, value: unknown): string =>
        tellsOptional ? `Optional:\t${text(value, 'false')}` : `${title}:\t${text(value, '<nil>')}`;
      if (secret)
        return [`SecretName:\t${text(secret['name'])}`, optional('SecretOptionalName', secret['optional'])];
      if (source['downwardAPI']) return ['DownwardAPI:\ttrue'];
      const map = source['configMap'] as Fields | undefined;
      if (map)
        return [`ConfigMapName:\t${text(map['name'])}`, optional('ConfigMapOptional', map['optional'])];
      const token = source['serviceAccountToken'] as Fields | undefined;
      if (token) return [`TokenExpirationSeconds:\t${text(token['expirationSeconds'])}`];
      return [];
    }),
  ];
}

/** `Volumes:` */
export function describeVolumes(
  w: DescribeWriter,
  volumes: PodSpec['volumes'] = [],
  tellsOptional: boolean,
  space = '',
): void {
  if (volumes.length === 0) {
    w.raw(`${space}Volumes:\t<none>\n`);
    return;
  }
  w.raw(`${space}Volumes:\n`);
  for (const volume of volumes) {
    w.raw(`${space === '' ? '' : ' '}  ${volume.name}:\n`);
    const [kind] = Object.keys(volume).filter((k) => k !== 'name');
    const describe = kind === undefined ? undefined : SOURCES[kind];
    const lines = describe ? describe((volume[kind ?? ''] ?? {}) as Fields, tellsOptional) : ['<unknown>'];
    for (const line of lines) w.raw(`    ${line}\n`);
  }
}
