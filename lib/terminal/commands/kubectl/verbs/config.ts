// kubectl config: k8s.io/kubectl pkg/cmd/config.
import { alignTabs, GET } from '../../../tabwriter';
import type { KubeJson } from '../api/client';
import { helpText } from '../cobra/help';
import { jsonText } from '../print/json';
import { printerFor } from '../print/printer';
import { yamlText } from '../print/yaml';
import { Failure } from '../run/errors';
import type { ConfigContext, ConfigFile } from '../run/config-file';
import type { Session } from '../run/session';

function saved(k: Session, file: ConfigFile): void {
  const { files } = k.context;
  const { path } = k.kubeconfig;
  const folder = path.split('/').slice(0, -1).join('/');
  if (folder !== '' && files.kind(folder) === undefined) files.makeFolder(folder);
  if (!files.write(path, yamlText(file))) throw new Failure(`open ${path}: permission denied`);
}

const contextNamed = (
  file: ConfigFile,
  name: string,
): { name: string; context?: ConfigContext } | undefined => file.contexts?.find((c) => c.name === name);

export function currentContext(k: Session): number {
  const name = k.kubeconfig.file['current-context'] ?? '';
  if (name === '') throw new Failure('current-context is not set');
  k.out(`${name}\n`);
  return 0;
}

export function useContext(k: Session): number {
  const [name] = k.args;
  if (k.args.length !== 1 || name === undefined) throw unexpected(k);
  const { file } = k.kubeconfig;
  if (!contextNamed(file, name)) throw new Failure(`no context exists with the name: "${name}"`);
  saved(k, { ...file, 'current-context': name });
  k.out(`Switched to context "${name}".\n`);
  return 0;
}

/** The help, and what was not expected. */
function unexpected(k: Session): Failure {
  k.out(helpText(k.command, k.minor));
  return new Failure(`Unexpected args: [${k.args.join(' ')}]`);
}

export function getContexts(k: Session): number {
  const { file } = k.kubeconfig;
  const output = k.flags.text('output');
  if (output !== '' && output !== 'name') throw new Failure(`output must be one of '' or 'name': ${output}`);
  const names = k.args.length > 0 ? k.args : (file.contexts ?? []).map((c) => c.name).sort();
  const missing = names.filter((n) => !contextNamed(file, n));
  const known = names.filter((n) => contextNamed(file, n));
  if (output === 'name') k.out(known.map((n) => `${n}\n`).join(''));
  else {
    const head = k.flags.bool('no-headers') ? '' : 'CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n';
    const rows = known.map((name) => {
      const context = contextNamed(file, name)?.context ?? {};
      const current = file['current-context'] === name ? '*' : '';
      return `${current}\t${name}\t${context.cluster ?? ''}\t${context.user ?? ''}\t${context.namespace ?? ''}\n`;
    });
    k.out(alignTabs(head + rows.join(''), GET));
  }
  const [first] = missing;
  if (first !== undefined) throw new Failure(`context ${first} not found`);
  return 0;
}

export function getClusters(k: Session): number {
  return names(
    k,
    (k.kubeconfig.file.clusters ?? []).map((c) => c.name),
  );
}

export function getUsers(k: Session): number {
  return names(
    k,
    (k.kubeconfig.file.users ?? []).map((u) => u.name),
  );
}

function names(k: Session, list: readonly string[]): number {
  k.out(
    `NAME\n${[...list]
      .sort()
      .map((n) => `${n}\n`)
      .join('')}`,
  );
  return 0;
}

export function setContext(k: Session): number {
  const { flags, args } = k;
  const { file } = k.kubeconfig;
  const current = flags.bool('current');
  if (args.length > 1 || (args.length === 0 && !current) || (args.length === 1 && current)) {
    if (args.length === 1 && current)
      throw new Failure(
        'you cannot specify both a context name and --current'.replace('you cannot', 'you cannot'),
      );
    throw new Failure('you must specify a non-empty context name or --current');
  }
  const name = current ? (file['current-context'] ?? '') : (args[0] ?? '');
  if (name === '') throw new Failure('no current context is set');
  const before = contextNamed(file, name);
  const context: ConfigContext = {
    ...before?.context,
    ...(flags.changed('cluster') ? { cluster: flags.text('cluster') } : {}),
    ...(flags.changed('user') ? { user: flags.text('user') } : {}),
    ...(flags.changed('namespace') ? { namespace: flags.text('namespace') } : {}),
  };
  const others = (file.contexts ?? []).filter((c) => c.name !== name);
  saved(k, { ...file, contexts: [...others, { context, name }].sort((a, b) => (a.name < b.name ? -1 : 1)) });
  k.out(`Context "${name}" ${before ? 'modified' : 'created'}.\n`);
  return 0;
}

export function deleteContext(k: Session): number {
  const [name] = k.args;
  if (name === undefined || k.args.length !== 1) throw unexpected(k);
  const { file, path } = k.kubeconfig;
  if (!contextNamed(file, name)) throw new Failure(`cannot delete context ${name}, not in ${path}`);
  if (file['current-context'] === name)
    k.err(
      'warning: this removed your active context, use "kubectl config use-context" to select a different one\n',
    );
  saved(k, { ...file, contexts: (file.contexts ?? []).filter((c) => c.name !== name) });
  k.out(`deleted context ${name} from ${path}\n`);
  return 0;
}

export function renameContext(k: Session): number {
  const [from, to] = k.args;
  if (from === undefined || to === undefined || k.args.length !== 2) throw unexpected(k);
  const { file } = k.kubeconfig;
  if (!contextNamed(file, from))
    throw new Failure(`cannot rename the context "${from}", it's not in ${k.kubeconfig.path}`);
  if (contextNamed(file, to))
    throw new Failure(
      `cannot rename the context "${from}", the context "${to}" already exists in ${k.kubeconfig.path}`,
    );
  saved(k, {
    ...file,
    'current-context': file['current-context'] === from ? to : (file['current-context'] ?? ''),
    contexts: (file.contexts ?? []).map((c) => (c.name === from ? { ...c, name: to } : c)),
  });
  k.out(`Context "${from}" renamed to "${to}".\n`);
  return 0;
}

const OMITTED = ['certificate-authority-data', 'client-certificate-data', 'client-key-data'];

export function viewConfig(k: Session): number {
  const { flags } = k;
  if (k.args.length > 0) throw k.usage(`unexpected arguments: [${k.args.join(' ')}]`);
  const { file } = k.kubeconfig;
  const shown = flags.bool('minify') ? minified(k, file) : file;
  const raw = flags.bool('raw');
  const hide = (fields: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => {
        if (raw) return [key, value];
        if (OMITTED.includes(key)) return [key, 'DATA+OMITTED'];
        return [key, key === 'token' || key === 'password' ? 'REDACTED' : value];
      }),
    );
  const whole = {
    kind: 'Config',
    apiVersion: 'v1',
    preferences: shown.preferences ?? {},
    clusters: shown.clusters?.map((c) => ({ name: c.name, cluster: hide(c.cluster) })) ?? null,
    users: shown.users?.map((u) => ({ name: u.name, user: hide(u.user) })) ?? null,
    contexts: shown.contexts ?? null,
    'current-context': shown['current-context'] ?? '',
  };
  const output = flags.text('output');
  if (output === 'json') k.out(`${jsonText(whole)}\n`);
  else if (output === 'yaml') k.out(yamlText(whole));
  else printerFor(k)(whole as unknown as KubeJson);
  return 0;
}

function minified(k: Session, file: ConfigFile): ConfigFile {
  const name = k.flags.text('context') || (file['current-context'] ?? '');
  const entry = contextNamed(file, name);
  if (!entry)
    throw new Failure(
      name === '' ? 'current-context must exist in order to minify' : `cannot locate context ${name}`,
    );
  return {
    ...file,
    'current-context': name,
    contexts: [entry],
    clusters: (file.clusters ?? []).filter((c) => c.name === entry.context?.cluster),
    users: (file.users ?? []).filter((u) => u.name === entry.context?.user),
  };
}
