// `-f`: files, folders and standard input as objects (k8s.io/cli-runtime pkg/resource/visitor.go).
import type { KubeJson } from '../api/client';
import type { Mapping } from '../api/mapper';
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { documentsOf } from './documents';
import type { Info } from './info';

export interface FileDocument {
  /** The name as given; "STDIN" for -. */
  readonly source: string;
  readonly value: unknown;
}

interface Named {
  readonly source: string;
  readonly text: string;
}

const EXTENSIONS = /\.(json|yaml|yml)$/;

/** The texts that -f names. */
function texts(k: Session, filenames: readonly string[], recursive: boolean): readonly (Named | Failure)[] {
  const { files } = k.context;
  return filenames.flatMap((name): readonly (Named | Failure)[] => {
    if (name === '-') return [{ source: 'STDIN', text: k.context.stdin ?? '' }];
    if (/^https?:\/\//.test(name)) throw k.lacking(`reading manifests from a URL (${name})`);
    const kind = files.kind(name);
    if (kind === 'file') return [{ source: name, text: files.read(name) ?? '' }];
    if (kind === 'folder') return folder(k, name.replace(/\/+$/, ''), recursive);
    const matches = globbed(k, name);
    if (matches.length > 0) return matches;
    throw new Failure(`the path "${name}" does not exist`);
  });
}

function globbed(k: Session, pattern: string): readonly Named[] {
  if (!/[*?[]/.test(pattern) || pattern.includes('/')) return [];
  const regex = new RegExp(
    `^${pattern
      .replaceAll(/[.+^${}()|\\]/g, String.raw`\$&`)
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  );
  return k.context.files
    .list()
    .filter((n) => regex.test(n) && k.context.files.kind(n) === 'file')
    .map((n) => ({ source: n, text: k.context.files.read(n) ?? '' }));
}

function folder(k: Session, path: string, recursive: boolean): readonly (Named | Failure)[] {
  const found = walk(k, path, recursive);
  if (found.length > 0) return found;
  throw new Failure(`error reading [${path}]: recognized file extensions are [.json .yaml .yml]`);
}

function walk(k: Session, path: string, recursive: boolean): readonly Named[] {
  const { files } = k.context;
  return files.list(path).flatMap((name): readonly Named[] => {
    const inside = path === '.' ? name : `${path}/${name}`;
    if (files.kind(inside) === 'folder') return recursive ? walk(k, inside, true) : [];
    return EXTENSIONS.test(name) ? [{ source: inside, text: files.read(inside) ?? '' }] : [];
  });
}

/** The documents in order; what cannot be read is an error that stands for the rest of its file. */
export function fileDocuments(
  k: Session,
  filenames: readonly string[],
  recursive: boolean,
): readonly (FileDocument | Failure)[] {
  return texts(k, filenames, recursive).flatMap((file) => {
    if (file instanceof Failure) return [file];
    return documentsOf(file.text).map((document) =>
      document instanceof Failure
        ? new Failure(`error parsing ${file.source}: ${document.message}`)
        : { source: file.source, value: document },
    );
  });
}

/** Documents as infos: mapped, namespace filled in. `check` sees each object first (client-side validation). */
export function fileInfos(
  k: Session,
  filenames: readonly string[],
  recursive: boolean,
  check: (document: FileDocument) => void = () => {},
): { readonly infos: readonly Info[]; readonly errors: readonly Failure[] } {
  const infos: Info[] = [];
  const errors: Failure[] = [];
  const broken = new Set<string>();
  for (const document of fileDocuments(k, filenames, recursive)) {
    if (document instanceof Failure) {
      errors.push(document);
      continue;
    }
    if (broken.has(document.source)) continue;
    try {
      check(document);
      infos.push(...infosOf(k, document));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      errors.push(error);
      broken.add(document.source);
    }
  }
  return { infos, errors };
}

/** One document's objects as infos. */
export const infosOf = (k: Session, document: FileDocument): readonly Info[] =>
  flattened(document).map((object) => infoOf(k, object, document.source));

function flattened({ value, source }: FileDocument): readonly KubeJson[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Failure(
      `unable to decode "${source}": json: cannot unmarshal ${goJsonType(value)} into Go value of type unstructured.detector`,
    );
  const object = value as Partial<KubeJson> & Record<string, unknown>;
  if (typeof object.kind !== 'string' || object.kind === '')
    throw new Failure(`unable to decode "${source}": Object 'Kind' is missing in '${JSON.stringify(value)}'`);
  if (typeof object.apiVersion !== 'string' || object.apiVersion === '')
    throw new Failure(
      `unable to decode "${source}": Object 'apiVersion' is missing in '${JSON.stringify(value)}'`,
    );
  const { items } = object;
  if (object.kind.endsWith('List') && Array.isArray(items))
    return (items as unknown[]).flatMap((item) => flattened({ value: item, source }));
  return [object as KubeJson];
}

const goJsonType = (value: unknown): string =>
  Array.isArray(value)
    ? 'array'
    : typeof value === 'boolean'
      ? 'bool'
      : value === null
        ? 'null'
        : typeof value;

function infoOf(k: Session, object: KubeJson, source: string): Info {
  const { apiVersion, kind } = object;
  const metadata = object.metadata ?? {};
  const name = metadata.name ?? '';
  const mapping = k.mapper.forKind(apiVersion, kind);
  if (!mapping) throw noMatch(apiVersion, kind, name, metadata.namespace ?? '', source);
  return withNamespace(k, { ...object, metadata }, mapping, source);
}

const noMatch = (
  apiVersion: string,
  kind: string,
  name: string,
  namespace: string,
  source: string,
): Failure =>
  new Failure(
    `resource mapping not found for name: "${name}" namespace: "${namespace}" from "${source}": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
  );

function withNamespace(k: Session, object: KubeJson, mapping: Mapping, source: string): Info {
  const { name = '', namespace: own = '' } = object.metadata;
  if (!mapping.namespaced) {
    const { namespace: _, ...metadata } = object.metadata;
    return {
      mapping,
      namespace: '',
      name,
      source,
      object: { ...object, metadata },
      local: { ...object, metadata },
    };
  }
  if (own !== '' && k.kubeconfig.namespaceGiven && own !== k.namespace)
    throw new Failure(
      `the namespace from the provided object "${own}" does not match the namespace "${k.namespace}". You must pass '--namespace=${own}' to perform this operation.`,
    );
  const namespace = own === '' ? k.namespace : own;
  const placed = { ...object, metadata: { ...object.metadata, namespace } };
  return { mapping, namespace, name, source, object: placed, local: placed };
}
