// kubectl create configmap, secret, namespace, serviceaccount, quota, ingress: k8s.io/kubectl pkg/cmd/create.
import { Failure } from '../run/errors';
import type { Session } from '../run/session';
import { goQuote } from '../print/go-quote';
import { byBytes } from '../print/json';
import { contentHash } from './content-hash';
import { metaOf, type Generator } from './generator';

const KEY = /^[-._a-zA-Z0-9]+$/;

/** Keys and texts from --from-file, --from-literal, --from-env-file. */
export function dataOf(
  k: Session,
  kind: 'ConfigMap' | 'Secret',
  name: string,
): Readonly<Record<string, string>> {
  const { flags } = k;
  const data: Record<string, string> = {};
  const add = (key: string, value: string): void => {
    if (!KEY.test(key))
      throw new Failure(
        `${goQuote(key)} is not${kind === 'ConfigMap' ? ' a' : ''} valid key name for a ${kind}: a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
      );
    if (data[key] !== undefined)
      throw new Failure(
        kind === 'ConfigMap'
          ? `cannot add key ${goQuote(key)}, another key by that name already exists in Data for ConfigMap ${goQuote(name)}`
          : `cannot add key ${key}, another key by that name already exists`,
      );
    data[key] = value;
  };
  const [files, literals, envFiles] = [
    flags.list('from-file'),
    flags.list('from-literal'),
    flags.list('from-env-file'),
  ];
  if (envFiles.length > 0 && (files.length > 0 || literals.length > 0))
    throw new Failure('from-env-file cannot be combined with from-file or from-literal');
  for (const source of files) fromFile(k, source, add);
  for (const literal of literals) {
    const at = literal.indexOf('=');
    if (at === 0) throw new Failure(`invalid literal source ${literal}, expected key=value`);
    if (at < 0) throw new Failure(`invalid literal source ${literal}, expected key=value`);
    add(literal.slice(0, at), literal.slice(at + 1));
  }
  for (const file of envFiles) fromEnvFile(k, file, add);
  return Object.fromEntries(Object.entries(data).sort(([a], [b]) => byBytes(a, b)));
}

type Add = (key: string, value: string) => void;

function fromFile(k: Session, source: string, add: Add): void {
  const { files } = k.context;
  const at = source.indexOf('=');
  if (source.split('=').length > 2) throw new Failure(`key names or file paths cannot contain '='`);
  if (at === 0) throw new Failure(`key name for file path ${source.slice(1)} missing`);
  if (at === source.length - 1 && at > 0)
    throw new Failure(`file path for key name ${source.slice(0, -1)} missing`);
  const path = at < 0 ? source : source.slice(at + 1);
  const kind = files.kind(path);
  if (kind === undefined) throw new Failure(`error reading ${path}: no such file or directory`);
  if (kind === 'file') {
    add(at < 0 ? (path.split('/').at(-1) ?? '') : source.slice(0, at), files.read(path) ?? '');
    return;
  }
  if (at >= 0) throw new Failure('cannot give a key name for a directory path');
  for (const name of files.list(path))
    if (files.kind(`${path}/${name}`) === 'file') add(name, files.read(`${path}/${name}`) ?? '');
}

function fromEnvFile(k: Session, path: string, add: Add): void {
  const text = k.context.files.read(path);
  if (text === undefined) throw new Failure(`error reading ${path}: no such file or directory`);
  for (const raw of text.split('\n')) {
    const line = raw.trimStart().replace(/\r$/, '');
    if (line === '' || line.startsWith('#')) continue;
    const at = line.indexOf('=');
    add(at < 0 ? line : line.slice(0, at), at < 0 ? (k.context.env[line] ?? '') : line.slice(at + 1));
  }
}

const hasKeys = (data: object): boolean => Object.keys(data).length > 0;

export const configMapGenerator: Generator = {
  failure: 'failed to create configmap',
  make: (k, name) => {
    const data = dataOf(k, 'ConfigMap', name);
    const hash = k.flags.bool('append-hash') ? `-${contentHash({ data, kind: 'ConfigMap', name })}` : '';
    return {
      kind: 'ConfigMap',
      apiVersion: 'v1',
      metadata: metaOf(k, name + hash),
      ...(hasKeys(data) ? { data } : {}),
    };
  },
};

export const base64 = (text: string): string => {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
};

export const secret = (
  k: Session,
  name: string,
  data: Readonly<Record<string, string>>,
  type: string,
): ReturnType<Generator['make']> => {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, v]) => [key, base64(v)]));
  const content = { data: encoded, kind: 'Secret', name, type };
  return {
    kind: 'Secret',
    apiVersion: 'v1',
    metadata: metaOf(k, k.flags.bool('append-hash') ? `${name}-${contentHash(content)}` : name),
    ...(hasKeys(data) ? { data: encoded } : {}),
    ...(type === '' ? {} : { type }),
  };
};

export const genericSecretGenerator: Generator = {
  failure: 'failed to create secret',
  make: (k, name) => secret(k, name, dataOf(k, 'Secret', name), k.flags.text('type')),
};

export const tlsSecretGenerator: Generator = {
  failure: 'failed to create secret',
  make: (k, name) => {
    const [cert, key] = [k.flags.text('cert'), k.flags.text('key')];
    if (cert === '' || key === '') throw new Failure('key and cert must be specified');
    const read = (path: string): string => {
      const text = k.context.files.read(path);
      if (text === undefined) throw new Failure(`open ${path}: no such file or directory`);
      return text;
    };
    return secret(k, name, { 'tls.crt': read(cert), 'tls.key': read(key) }, 'kubernetes.io/tls');
  },
};

export const namespaceGenerator: Generator = {
  make: (k, name) => ({
    kind: 'Namespace',
    apiVersion: 'v1',
    metadata: metaOf(k, name, {}, false),
    spec: {},
    status: {},
  }),
};

export const serviceAccountGenerator: Generator = {
  failure: 'failed to create serviceaccount',
  make: (k, name) => ({ kind: 'ServiceAccount', apiVersion: 'v1', metadata: metaOf(k, name) }),
};

export const quotaGenerator: Generator = {
  failure: 'failed to create quota',
  make: (k, name) => {
    const hard: Record<string, string> = {};
    for (const pair of k.flags.text('hard').split(',').filter(Boolean)) {
      const [key = '', value] = pair.split('=');
      if (value === undefined)
        throw new Failure(`Invalid argument syntax ${pair}, expected <resource>=<value>`);
      hard[key] = value;
    }
    const scopes = k.flags.text('scopes').split(',').filter(Boolean);
    const sorted = Object.fromEntries(Object.entries(hard).sort(([a], [b]) => byBytes(a, b)));
    return {
      kind: 'ResourceQuota',
      apiVersion: 'v1',
      metadata: metaOf(k, name),
      spec: { ...(hasKeys(hard) ? { hard: sorted } : {}), ...(scopes.length > 0 ? { scopes } : {}) },
      status: {},
    };
  },
};

const RULE =
  /^(?<host>[\w*\-.]*)(?<path>\/[\w\-/]*\*?)?=(?<service>[\w-]+):(?<port>[\w-]+)(?:,(?<tls>tls)(?:=(?<secret>[\w-]+))?)?$/;

const portOf = (text: string): object => (/^\d+$/.test(text) ? { number: Number(text) } : { name: text });

export const ingressGenerator: Generator = {
  failure: 'failed to create ingress',
  make: (k, name) => {
    const { flags } = k;
    const rules = flags.list('rule');
    const fallback = flags.text('default-backend');
    if (rules.length === 0 && fallback === '')
      throw new Failure(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    const parsed = rules.map((rule) => {
      const groups = RULE.exec(rule)?.groups;
      if (!groups)
        throw new Failure(
          `rule ${rule} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`,
        );
      return groups;
    });
    const annotations = Object.fromEntries(
      flags.list('annotation').map((pair) => {
        const at = pair.indexOf('=');
        if (at < 0) throw new Failure(`annotation ${pair} is invalid and should be in format key=[value]`);
        return [pair.slice(0, at), pair.slice(at + 1)];
      }),
    );
    return {
      kind: 'Ingress',
      apiVersion: 'networking.k8s.io/v1',
      metadata: metaOf(k, name, hasKeys(annotations) ? { annotations } : {}),
      spec: {
        ...(flags.text('class') === '' ? {} : { ingressClassName: flags.text('class') }),
        ...(fallback === '' ? {} : { defaultBackend: defaultBackend(fallback) }),
        ...tlsOf(parsed),
        ...(parsed.length > 0 ? { rules: rulesOf(parsed) } : {}),
      },
      status: { loadBalancer: {} },
    };
  },
};

type Groups = Readonly<Record<string, string | undefined>>;

function defaultBackend(text: string): object {
  const [service = '', port] = text.split(':');
  if (port === undefined) throw new Failure(`default-backend should be in format servicename:serviceport`);
  return { service: { name: service, port: portOf(port) } };
}

function tlsOf(rules: readonly Groups[]): object {
  const byName = new Map<string, string[]>();
  for (const { tls, secret: name = '', host = '' } of rules) {
    if (tls === undefined) continue;
    const hosts = byName.get(name) ?? [];
    if (host !== '' && !hosts.includes(host)) hosts.push(host);
    byName.set(name, hosts);
  }
  if (byName.size === 0) return {};
  return {
    tls: [...byName].map(([name, hosts]) => ({
      ...(hosts.length > 0 ? { hosts } : {}),
      ...(name === '' ? {} : { secretName: name }),
    })),
  };
}

function rulesOf(rules: readonly Groups[]): readonly object[] {
  const hosts = [...new Set(rules.map((r) => r['host'] ?? ''))];
  return hosts.map((host) => ({
    ...(host === '' ? {} : { host }),
    http: {
      paths: rules
        .filter((r) => (r['host'] ?? '') === host)
        .map(({ path = '', service = '', port = '' }) => ({
          path: path.endsWith('*') ? path.slice(0, -1) : path,
          pathType: path.endsWith('*') ? 'Prefix' : 'Exact',
          backend: { service: { name: service, port: portOf(port) } },
        })),
    },
  }));
}
