// The learner's kubeconfig: one cluster, one user, one context. The file is ~/.kube/config of the control machine; flags override it.
import { parse } from 'yaml';
import type { CommandContext } from '../../../types';
import type { Flags } from '../cobra/flag-set';
import { parseDuration } from '../print/duration';
import { Exit, Failure } from './errors';
import { CONFIG_PATH, defaultConfig, type ConfigFile } from './config-file';

export interface Kubeconfig {
  readonly file: ConfigFile;
  readonly path: string;
  readonly namespace: string;
  /** -n was given. */
  readonly namespaceGiven: boolean;
  readonly server: string;
  /** Whom to impersonate. */
  readonly as: string;
  readonly asGroups: readonly string[];
  /** ms; 0 = none. */
  readonly requestTimeout: number;
  /** Why no request can be made; thrown by the first one. */
  readonly problem: Failure | Exit | undefined;
}

/** Reads the kubeconfig as the flags and $KUBECONFIG say. */
export function kubeconfigOf(
  { files, env }: Pick<CommandContext, 'files' | 'env'>,
  flags: Flags,
): Kubeconfig {
  const explicit = flags.text('kubeconfig');
  const path = explicit || env['KUBECONFIG'] || CONFIG_PATH;
  const text = files.read(path);
  const file =
    text === undefined ? (explicit === '' ? defaultConfig() : {}) : (readConfig(text) ?? defaultConfig());
  const contextName = flags.text('context') || (file['current-context'] ?? '');
  const entry = file.contexts?.find((c) => c.name === contextName);
  const cluster = file.clusters?.find((c) => c.name === (flags.text('cluster') || entry?.context?.cluster));
  return {
    file,
    path,
    namespace: flags.text('namespace') || entry?.context?.namespace || 'default',
    namespaceGiven: flags.text('namespace') !== '',
    server: flags.text('server') || (cluster?.cluster?.server ?? 'http://localhost:8080'),
    as: flags.text('as'),
    asGroups: flags.list('as-group'),
    requestTimeout: requestTimeout(flags.text('request-timeout')),
    problem: problemOf(
      text === undefined && explicit !== '',
      explicit,
      contextName,
      entry !== undefined,
      flags,
      file,
    ),
  };
}

function problemOf(
  missing: boolean,
  path: string,
  context: string,
  known: boolean,
  flags: Flags,
  file: ConfigFile,
): Failure | Exit | undefined {
  if (missing) return new Failure(`stat ${path}: no such file or directory`);
  if (flags.text('context') !== '' && !known)
    return new Exit(`Error in configuration: context was not found for specified context: ${context}\n`);
  const cluster = flags.text('cluster');
  if (cluster !== '' && !file.clusters?.some((c) => c.name === cluster))
    return new Failure(`no server found for cluster "${cluster}"`);
  const user = flags.text('user');
  if (user !== '' && !file.users?.some((u) => u.name === user))
    return new Failure(`auth info "${user}" does not exist`);
  return undefined;
}

function readConfig(text: string): ConfigFile | undefined {
  try {
    const value: unknown = parse(text);
    return typeof value === 'object' && value !== null ? (value as ConfigFile) : undefined;
  } catch {
    return undefined;
  }
}

function requestTimeout(text: string): number {
  if (text === '' || text === '0') return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : parseDuration(text);
  if (ms !== undefined) return ms;
  throw new Exit(
    'error: Invalid timeout value. Timeout must be a single integer in seconds, or an integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)\n',
  );
}
