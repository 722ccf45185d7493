// Volumes: pkg/apis/core/validation/validation.go ValidateVolumes. The sources that a Service course meets are looked into.
import { asList, asObject, type JsonObject } from '@/lib/kube/api/json';
import type { VolumeShape } from '@/lib/kube/api/pod-shape';
import { volumeSources } from '@/lib/kube/api/schema/volume';
import type { FieldErrors } from './field-errors';
import { dns1123Label } from './texts';

const HOST_PATH_TYPES = [
  '',
  'BlockDevice',
  'CharDevice',
  'Directory',
  'DirectoryOrCreate',
  'File',
  'FileOrCreate',
  'Socket',
];

/** Checks volumes; the result are the names that mounts may use. */
export function validateVolumes(
  volumes: readonly VolumeShape[],
  path: string,
  errors: FieldErrors,
): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [i, volume] of volumes.entries()) {
    const at = `${path}[${i}]`;
    const before = errors.count;
    validateSource(volume, at, errors);
    const { name = '' } = volume;
    if (name === '') errors.required(`${at}.name`);
    else errors.invalidEach(`${at}.name`, name, dns1123Label(name));
    if (names.has(name)) errors.duplicate(`${at}.name`, name);
    if (errors.count === before) names.add(name);
  }
  return names;
}

function validateSource(volume: VolumeShape, path: string, errors: FieldErrors): void {
  const given = volumeSources.filter((name) => volume[name] !== undefined);
  if (given.length === 0) errors.required(path, 'must specify a volume type');
  for (const [i, name] of given.entries()) {
    if (i > 0) errors.forbidden(`${path}.${name}`, 'may not specify more than 1 volume type');
    else validateFields(name, asObject(volume[name]), `${path}.${name}`, errors);
  }
}

function validateFields(source: string, fields: JsonObject, path: string, errors: FieldErrors): void {
  if (source === 'hostPath') {
    const { path: hostPath, type = '' } = fields as { path?: string; type?: string };
    if (!hostPath) errors.required(`${path}.path`);
    else {
      if (hostPath.split('/').includes('..'))
        errors.invalid(`${path}.path`, hostPath, "must not contain '..'");
      if (!HOST_PATH_TYPES.includes(type)) errors.notSupported(`${path}.type`, type, HOST_PATH_TYPES);
    }
  }
  if (source === 'configMap' && !fields['name']) errors.required(`${path}.name`);
  if (source === 'secret' && !fields['secretName']) errors.required(`${path}.secretName`);
  if (source === 'persistentVolumeClaim' && !fields['claimName']) errors.required(`${path}.claimName`);
  if (source === 'configMap' || source === 'secret') {
    const mode = fields['defaultMode'];
    if (typeof mode === 'number' && (mode < 0 || mode > 0o777))
      errors.invalid(
        `${path}.defaultMode`,
        mode,
        'must be a number between 0 and 0777 (octal), both inclusive',
      );
    for (const [i, item] of asList<JsonObject>(fields['items']).entries()) {
      if (!item['key']) errors.required(`${path}.items[${i}].key`);
      if (!item['path']) errors.required(`${path}.items[${i}].path`);
    }
  }
}
