// Reads cluster files: Kubernetes objects as stored, YAML or JSON, many documents, Lists flattened.
import { LineCounter, parseAllDocuments } from 'yaml';
import type { ConfigMap, KubeObject } from '@/lib/kube/types';
import { UsageError, type CliIo } from './io';

export function readObjects(paths: readonly string[], io: CliIo): KubeObject[] {
  return paths.flatMap((path) =>
    parseDocuments(io.readFile(path), path).flatMap((doc) => flatten(doc, path)),
  );
}

/** One YAML or JSON value of a file. */
export function readValue(path: string, io: CliIo): unknown {
  return parseDocuments(io.readFile(path), path)[0];
}

function parseDocuments(text: string, path: string): unknown[] {
  if (/^\s*[{[]/.test(text)) {
    try {
      return [JSON.parse(text)];
    } catch {
      // not JSON: YAML's flow style, or a mistake that the YAML parser names with its line
    }
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, logLevel: 'silent' });
  if ('empty' in documents) return [];
  return documents.map((document) => {
    const [error] = document.errors;
    if (error) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new UsageError(
        `${path}:${line}:${col}: ${(error.message.split('\n')[0] ?? '').replace(/ at line .*$/, '')}`,
      );
    }
    try {
      return document.toJS({ maxAliasCount: 100 }) as unknown;
    } catch {
      throw new UsageError(`${path}: too many aliases; write the values out`);
    }
  });
}

function flatten(document: unknown, path: string): KubeObject[] {
  if (document === null || document === undefined) return [];
  if (typeof document !== 'object') throw new UsageError(`${path}: a document is no Kubernetes object`);
  const object = document as { kind?: unknown; items?: unknown; metadata?: unknown };
  if (typeof object.kind === 'string' && object.kind.endsWith('List') && Array.isArray(object.items))
    return object.items.flatMap((item: unknown) => flatten(item, path));
  if (Array.isArray(document)) return document.flatMap((item: unknown) => flatten(item, path));
  if (typeof object.kind !== 'string' || object.kind === '')
    throw new UsageError(`${path}: a document has no kind`);
  if (object.metadata === null || typeof object.metadata !== 'object')
    throw new UsageError(`${path}: a ${object.kind} has no metadata`);
  return [document as KubeObject];
}

/** kubeadm's ConfigMap kube-system/kube-proxy, key config.conf; undefined if the cluster has none. */
export function kubeProxyConfigMap(objects: readonly KubeObject[]): unknown {
  const map = objects.find(
    (o) =>
      o.kind === 'ConfigMap' && o.metadata.namespace === 'kube-system' && o.metadata.name === 'kube-proxy',
  ) as ConfigMap | undefined;
  const text = map?.data?.['config.conf'];
  return text === undefined
    ? undefined
    : parseDocuments(text, 'ConfigMap kube-system/kube-proxy config.conf')[0];
}
