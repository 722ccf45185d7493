// nft: lists a node's nftables and changes them by hand. What kube-proxy makes of that in its next sync is its affair
// (lib/proxy/nftables).
import { xtTables } from '@/lib/net/nft/xtables';
import { NodeTables } from '@/lib/net/ruleset/tables';
import { done, failed, type Command, type CommandContext, type Result } from '../../../types';
import { nodeName } from '../node-console';
import { optionsOf, type NftOptions } from './options';
import { runCommands } from './run';

const FAMILIES = ['IPv4', 'IPv6'] as const;
const FAMILY_WORD = { IPv4: 'ip', IPv6: 'ip6' } as const;
const NONE = { IPv4: NodeTables.empty('IPv4'), IPv6: NodeTables.empty('IPv6') };
const VERSION = 'nftables v1.0.6 (Lester Gooch #5)\n';

const nft: Command = {
  name: 'nft',
  summary: 'lists and edits nftables',
  on: ['node'],
  reads: (args) => (args.includes('-') ? 'all' : 'none'),
  run,
  complete: (words, { cluster, console }) => {
    const last = words.length;
    if (last === 1) return ['add', 'create', 'delete', 'flush', 'insert', 'list'];
    if (last === 2)
      return [
        'chain',
        'chains',
        'element',
        'map',
        'maps',
        'rule',
        'ruleset',
        'set',
        'sets',
        'table',
        'tables',
      ];
    if (last === 3) return ['ip', 'ip6', 'inet'];
    return cluster.network.nftables(nodeName({ cluster, console })).map((t) => t.name);
  },
};

function run(context: CommandContext): Result {
  const options = optionsOf(context.args);
  if (typeof options === 'string') return failed(options);
  if (options.version) return done(VERSION);
  if (options.help) return done(helpText());
  const [verb = ''] = options.words;
  if (NOT_SIMULATED.has(verb)) return failed(`nft: ${verb} is not simulated here`);
  const source = sourceOf(context, options);
  if ('exit' in source) return source;
  const { cluster } = context;
  const { network, now } = cluster;
  const node = nodeName(context);
  const before = network.nftables(node);
  const families = FAMILIES.filter((family) => cluster.rules(node, family));
  const managed = families.flatMap((family) => xtTables(network.countedRules(node, family) ?? NONE[family]));
  const outcome = runCommands(before, managed, source, options, now);
  if (outcome.error !== undefined) return failed(outcome.error, 1, outcome.stdout);
  if (outcome.tables !== before && !options.check) network.setNftables(node, outcome.tables);
  for (const family of families)
    if (outcome.flushed.includes(FAMILY_WORD[family]) && !options.check)
      cluster.writeRules(node, NONE[family]);
  return { ...done(outcome.stdout), stderr: outcome.warnings };
}

/** Commands of the real tool that nothing here carries out. */
const NOT_SIMULATED = new Set([
  'monitor',
  'describe',
  'export',
  'import',
  'rename',
  'replace',
  'reset',
  'get',
]);

interface Source {
  readonly text: string;
  /** Named in messages; absent for commands on the command line. */
  readonly file?: string;
}

function sourceOf(context: CommandContext, { file, words }: NftOptions): Source | Result {
  if (file === undefined) return words.length ? { text: words.join(' ') } : failed('', 1, helpText());
  if (file === '-') return { text: context.stdin ?? '', file: '/dev/stdin' };
  const text = context.files.read(file);
  if (text !== undefined) return { text, file };
  return failed(`internal:0:0-0: Error: Could not open file "${file}": No such file or directory\n\n\n`);
}

const helpText = (): string => `Usage: nft [ options ] [ cmds... ]

Options (general):
  -h, --help                      Show this help
  -v, --version                   Show version information

Options (ruleset input handling):
  -f, --file <filename>           Read input from <filename>
  -c, --check                     Check commands validity without actually applying the changes.

Options (ruleset list formatting):
  -a, --handle                    Output rule handle.
  -s, --stateless                 Omit stateful information of ruleset.
  -t, --terse                     Omit contents of sets.
  -n, --numeric                   Print fully numerical output.
  -y, --numeric-priority          Print chain priority numerically.
  -p, --numeric-protocol          Print layer 4 protocols numerically.
  -T, --numeric-time              Print time values numerically.
`;

export const NFT: readonly Command[] = [nft];
