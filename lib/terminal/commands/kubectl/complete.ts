// Completion of kubectl lines: verbs, types, names, namespaces, flags (k8s.io/kubectl pkg/util/completion).
import type { CompletionContext } from '../../types';
import { Client, type KubeJson } from './api/client';
import { groupResource, Mapper, pathOf } from './api/mapper';
import { childNamed, childrenOf, commandAt, type CommandInfo } from './cobra/flag-table';
import { Flags, parseFlags } from './cobra/flag-set';
import { flagsOf } from './cobra/resolve';
import { STANDARD_FORMATS } from './print/printer';
import { Exit, Failure } from './run/errors';
import { kubeconfigOf } from './run/kubeconfig';
import { minorOf } from './run/versions';

/** Words that may stand at the cursor; the last word is the one being typed. */
export function complete(words: readonly string[], context: CompletionContext): readonly string[] {
  try {
    return candidates(words.slice(1), context);
  } catch (error) {
    if (error instanceof Failure || error instanceof Exit) return [];
    throw error;
  }
}

const FORMATS = ['json', 'yaml', 'wide', 'name', 'jsonpath=', 'custom-columns=', 'go-template='];

function candidates(words: readonly string[], context: CompletionContext): readonly string[] {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const minor = minorOf(context.cluster.k8s);
  const { command, rest } = commandOf(before);
  const known = flagsOf(command, minor);
  const previous = before.at(-1) ?? '';
  const flag = known.find(
    (f) => previous === `--${f.name}` || (f.shorthand !== '' && previous === `-${f.shorthand}`),
  );
  if (flag && flag.noValue === undefined) return valuesOf(flag.name, context, before);
  const assigned = /^--([\w-]+)=(.*)$/.exec(current);
  if (assigned) return valuesOf(assigned[1] ?? '', context, before).map((v) => `--${assigned[1]}=${v}`);
  if (current.startsWith('-')) return known.map((f) => `--${f.name}${f.noValue === undefined ? '=' : ''}`);
  const children = childrenOf(command.path);
  if (children.length > 0 && rest.length === 0) return children.map((c) => c.path.at(-1) ?? '');
  const flags = new Flags(known);
  parseFlags(flags, rest);
  return argumentsOf(command, flags, current, context);
}

function commandOf(words: readonly string[]): {
  readonly command: CommandInfo;
  readonly rest: readonly string[];
} {
  let command = commandAt([]) as CommandInfo;
  const rest: string[] = [];
  for (const [i, word] of words.entries()) {
    const child =
      word.startsWith('-') || rest.some((w) => !w.startsWith('-'))
        ? undefined
        : childNamed(command.path, word);
    if (child && rest.length === 0) command = child;
    else if (child && command.path.length === 0 && i > 0) command = child;
    else rest.push(word);
  }
  return { command, rest };
}

function connect(
  context: CompletionContext,
  words: readonly string[],
): { readonly mapper: Mapper; readonly client: Client; readonly namespace: string } {
  const flags = new Flags(flagsOf(commandAt([]) as CommandInfo, minorOf(context.cluster.k8s)));
  parseFlags(flags, words);
  const config = kubeconfigOf(context, flags);
  const client = new Client(context.cluster, config, () => {});
  return { client, mapper: new Mapper(client), namespace: config.namespace };
}

function valuesOf(flag: string, context: CompletionContext, words: readonly string[]): readonly string[] {
  if (flag === 'namespace') return namesOf(context, words, 'namespaces');
  if (flag === 'output')
    return FORMATS.filter(
      (f) => f === 'wide' || STANDARD_FORMATS.some((s) => f.startsWith(s)) || f.includes('custom'),
    );
  if (flag === 'dry-run') return ['none', 'client', 'server'];
  if (flag === 'cascade') return ['background', 'foreground', 'orphan'];
  if (flag === 'filename') return context.files.list().filter((n) => /\.(ya?ml|json)$/.test(n));
  if (flag === 'context') return (connect(context, []).client.config.file.contexts ?? []).map((c) => c.name);
  if (flag === 'type')
    return words.includes('patch')
      ? ['json', 'merge', 'strategic']
      : ['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName'];
  return [];
}

function namesOf(context: CompletionContext, words: readonly string[], type: string): readonly string[] {
  const { client, mapper, namespace } = connect(context, words);
  const mapping = mapper.find(type);
  if (!mapping) return [];
  const list = client.get<KubeJson & { items: readonly KubeJson[] }>(
    pathOf(mapping, mapping.namespaced ? namespace : ''),
    { limit: '500' },
  );
  return list.items.map((item) => item.metadata.name ?? '');
}

const BY_TYPE = new Set([
  'get',
  'describe',
  'delete',
  'label',
  'annotate',
  'patch',
  'edit',
  'expose',
  'wait',
  'explain',
  'set',
]);
const SCALABLE = ['deployment', 'replicaset', 'replicationcontroller', 'statefulset'];
const ROLLING = ['deployment', 'daemonset', 'statefulset'];
const NODES = new Set(['drain', 'cordon', 'uncordon']);
const PODS = new Set(['logs', 'exec', 'port-forward', 'attach']);

function argumentsOf(
  command: CommandInfo,
  flags: Flags,
  current: string,
  context: CompletionContext,
): readonly string[] {
  const [verb = ''] = command.path;
  const namespaceWords = flags.text('namespace') === '' ? [] : ['-n', flags.text('namespace')];
  const names = (type: string): readonly string[] => namesOf(context, namespaceWords, type);
  if (NODES.has(verb)) return names('nodes');
  if (verb === 'taint') return flags.args.length === 0 ? ['node', 'nodes'] : names('nodes');
  if (PODS.has(verb))
    return current.includes('/') ? pairs(current, names) : [...names('pods'), 'deployment/', 'service/'];
  if (verb === 'config') return (connect(context, []).client.config.file.contexts ?? []).map((c) => c.name);
  if (!BY_TYPE.has(verb) && verb !== 'scale' && verb !== 'rollout' && verb !== 'autoscale') return [];
  const [type] = flags.args;
  if (type !== undefined && !type.includes('/')) return names(type.split(',')[0] ?? '');
  if (current.includes('/')) return pairs(current, names);
  if (verb === 'scale' || verb === 'autoscale') return SCALABLE;
  if (verb === 'rollout') return ROLLING;
  return [
    ...new Set(
      connect(context, [])
        .mapper.all.filter((m) => m.verbs.includes('get'))
        .map(groupResource),
    ),
  ];
}

function pairs(current: string, names: (type: string) => readonly string[]): readonly string[] {
  const [type = ''] = current.split('/');
  return names(type).map((name) => `${type}/${name}`);
}
