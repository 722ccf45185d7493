// Programs of a node's system: ssh, sysctl, uname, whoami, id.
import type { Node } from '@/lib/kube/types';
import { NODE_FACTS_ANNOTATION } from '@/lib/proxy/node-facts';
import { done, EVERYWHERE, type Command, type CommandContext, type Process, type Result } from '../../types';
import { sysctlsOf } from '../../files/sysctls';
import { readOptions } from '../text/options';
import { nodeOf } from './node-console';
import { ssCommand } from './ss';

/** ssh NODE [COMMAND]: another console, or a command there. */
function* ssh(context: CommandContext): Process {
  let at = 0;
  for (; context.args[at]?.startsWith('-'); at++)
    if (/^-[bcDeFIiJLlmOopQRSWw]$/.test(context.args[at] ?? '')) at++;
  const [target, ...line] = context.args.slice(at);
  if (target === undefined) {
    yield { kind: 'stderr', text: 'usage: ssh [-46] [user@]hostname [command]\n' };
    return 255;
  }
  const name = target.replace(/^[^@]*@/, '');
  const { cluster } = context;
  const node = cluster.api
    .list<Node>('Node')
    .find((n) => n.metadata.name === name || n.status?.addresses?.some((a) => a.address === name));
  if (!node?.metadata.name) {
    const numeric = /^[\d.]+$/.test(name);
    yield {
      kind: 'stderr',
      text: numeric
        ? `ssh: connect to host ${name} port 22: Connection timed out\n`
        : `ssh: Could not resolve hostname ${name}: Name or service not known\n`,
    };
    return 255;
  }
  const console = { kind: 'node', name: node.metadata.name } as const;
  if (line.length > 0)
    return yield* context.script(line.join(' '), {
      console,
      stdin: context.input.isTerminal ? '' : yield* context.input.all(),
    });
  yield { kind: 'request', request: { kind: 'console', console } };
  return 0;
}

function sysctl(context: CommandContext): Result {
  const options = readOptions('sysctl', context.args, { flags: 'anweqN' });
  if ('exit' in options) return options;
  const { flags, rest } = options;
  const known = sysctlsOf(nodeOf(context), context.cluster);
  if (flags.has('a'))
    return done(
      [...known]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([n, value]) => `${n} = ${value()}\n`)
        .join(''),
    );
  let stdout = '';
  let stderr = '';
  for (const word of rest) {
    const [dotted = '', value] = word.split('=');
    const name = dotted.trim().replaceAll('/', '.');
    const before = known.get(name)?.();
    if (before === undefined)
      stderr += `sysctl: cannot stat /proc/sys/${name.replaceAll('.', '/')}: No such file or directory\n`;
    else if (value === undefined) stdout += flags.has('n') ? `${before}\n` : `${name} = ${before}\n`;
    else if (name.endsWith('nf_conntrack_count')) stderr += `sysctl: permission denied on key "${name}"\n`;
    else if (!/^[\d\s]+$/.test(value)) stderr += `sysctl: setting key "${name}": Invalid argument\n`;
    else {
      setSysctl(context, name, value.trim());
      stdout += `${name} = ${value.trim()}\n`;
    }
  }
  return { stdout, stderr, exit: stderr === '' ? 0 : 255 };
}

/** A node's facts that no Kubernetes object has stand in an annotation. */
function setSysctl(context: CommandContext, name: string, value: string): void {
  const node = nodeOf(context);
  if (!node) return;
  const facts = annotationOf(node.metadata.annotations?.[NODE_FACTS_ANNOTATION]);
  const changed = JSON.stringify({ ...facts, sysctls: { ...facts.sysctls, [name]: value } });
  context.cluster.handle({
    method: 'PATCH',
    path: `/api/v1/nodes/${node.metadata.name ?? ''}`,
    headers: { 'content-type': 'application/merge-patch+json' },
    body: JSON.stringify({ metadata: { annotations: { [NODE_FACTS_ANNOTATION]: changed } } }),
  });
}

/** The annotation's object; one that cannot be read counts as empty. */
function annotationOf(text: string | undefined): { readonly sysctls?: Readonly<Record<string, string>> } {
  try {
    return JSON.parse(text ?? '{}') as { readonly sysctls?: Readonly<Record<string, string>> };
  } catch {
    return {};
  }
}

function uname({ args, console, files }: CommandContext): Result {
  const name = (files.read('/etc/hostname') ?? console.kind).trim();
  const release = '6.1.0-28-amd64';
  const version = '#1 SMP PREEMPT_DYNAMIC Debian 6.1.119-1 (2024-11-22)';
  const letters = args.join('').replaceAll('-', '');
  if (letters.includes('a')) return done(`Linux ${name} ${release} ${version} x86_64 GNU/Linux\n`);
  const parts = { s: 'Linux', n: name, r: release, v: version, m: 'x86_64', o: 'GNU/Linux' };
  const wanted = Object.entries(parts).filter(([letter]) => letters.includes(letter));
  return done(`${(wanted.length ? wanted.map(([, v]) => v) : ['Linux']).join(' ')}\n`);
}

const tool = (
  name: string,
  summary: string,
  on: Command['on'],
  run: (context: CommandContext) => Result | Process,
  reads: Command['reads'] = 'none',
): Command => ({ name, summary, on, reads, run });

export const SYSTEM_COMMANDS: readonly Command[] = [
  tool('ssh', 'a console on a node', ['control', 'node'], ssh, 'stream'),
  tool('sysctl', 'settings of the kernel', ['node'], sysctl),
  ssCommand,
  tool('uname', 'the system', EVERYWHERE, uname),
  tool('whoami', 'who you are', EVERYWHERE, ({ console }) =>
    done(console.kind === 'control' ? 'student\n' : 'root\n'),
  ),
  tool('id', 'who you are', EVERYWHERE, ({ console }) =>
    done(
      console.kind === 'control'
        ? 'uid=1000(student) gid=1000(student) groups=1000(student)\n'
        : 'uid=0(root) gid=0(root) groups=0(root)\n',
    ),
  ),
];
