// iptables and ip6tables: lists a node's rules and edits them by hand. What kube-proxy repairs afterwards, and when, is its affair
// (lib/sim/kube-proxy.ts).
import { printList, type Counts } from '@/lib/net/ruleset/list';
import { printCommands } from '@/lib/net/ruleset/list-commands';
import { BUILT_IN, NodeTables } from '@/lib/net/ruleset/tables';
import type { Chain, RuleFamily, TableName } from '@/lib/net/ruleset/types';
import { done, failed, type Command, type CommandContext, type Result } from '../../../types';
import { nodeName } from '../node-console';
import { parseArguments, type Request } from './arguments';
import { edited } from './edit';
import { BadArgument, UsageProblem } from './rule-words';

const TABLE_NAMES = Object.keys(BUILT_IN) as TableName[];

/** The node's tables of a family. */
export function tablesOf(
  context: Pick<CommandContext, 'cluster' | 'console'>,
  family: RuleFamily,
): NodeTables {
  const rules = context.cluster.rules(nodeName(context), family);
  return rules instanceof NodeTables ? rules : NodeTables.empty(family);
}

/** A table that nobody has used yet is there, empty. */
export const withTable = (tables: NodeTables, name: TableName): NodeTables =>
  tables.tables.includes(name)
    ? tables
    : tables.restored({ tables: [{ name, chains: [], appended: [], deleted: [] }] });

function iptables(name: 'iptables' | 'ip6tables', family: RuleFamily): Command {
  return {
    name,
    summary: 'lists and edits the packet filter rules',
    on: ['node'],
    reads: 'none',
    run: (context) => run(name, family, context),
    complete: (words, { cluster, console }) => completions(words, tablesOf({ cluster, console }, family)),
  };
}

function run(tool: string, family: RuleFamily, context: CommandContext): Result {
  const kernel = tablesOf(context, family);
  const hint = `Try \`${tool} -h' or '${tool} --help' for more information.`;
  try {
    const request = parseArguments(context.args, family, (t, n) => kernel.chain(t, n) !== undefined);
    if (request === 'version') return done(`${tool} v1.8.9 (nf_tables)\n`);
    if (request === 'help') return done(helpText(tool));
    const tables = withTable(kernel, request.table);
    if (request.action === 'L' || request.action === 'S') {
      const counters = context.cluster.network.counters(nodeName(context), family);
      return listed(tool, tables, request, (chain) => counters.of(request.table, chain));
    }
    if (request.action === 'Z') zero(context, family, request);
    const after = edited(tables, request, tool);
    if (!(after instanceof NodeTables))
      return failed(after.message.replace(/^iptables:/, `${tool}:`), after.exit);
    if (after !== tables) context.cluster.writeRules(nodeName(context), after);
    return done();
  } catch (error) {
    if (error instanceof UsageProblem) {
      const exit = error.message.startsWith('table ') ? 3 : 2;
      const text = `${tool} v1.8.9 (nf_tables): ${error.message}`;
      return failed(error.message.startsWith('table ') ? text : `${text}\n${hint}`, exit);
    }
    if (error instanceof BadArgument) return failed(`Bad argument \`${error.message}'\n${hint}`, 2);
    throw error;
  }
}

/** -Z: the counters of a chain, of a table's chains, or of one rule. */
function zero(context: CommandContext, family: RuleFamily, { table, chain }: Request): void {
  const { network } = context.cluster;
  const node = nodeName(context);
  const kernel = network.kernel(node);
  const counters = { ...kernel.counters, [family]: kernel.counters[family].zeroed(table, chain) };
  network.setKernel(node, { ...kernel, counters });
}

function listed(
  tool: string,
  tables: NodeTables,
  request: Request,
  counts: (chain: Chain) => Counts,
): Result {
  const { table, chain, number, numeric, verbose, exact, lineNumbers } = request;
  const where = {
    table,
    ...(chain === undefined ? {} : { chain }),
    ...(number === undefined ? {} : { number }),
  };
  const text =
    request.action === 'L'
      ? printList(tables, { ...where, numeric, verbose, exact, lineNumbers, ...(verbose ? { counts } : {}) })
      : printCommands(tables, { ...where, verbose, ...(verbose ? { counts } : {}) });
  if (text !== undefined) return done(text);
  return failed(
    `${tool} v1.8.9 (nf_tables): chain \`${chain ?? ''}' in table \`${table}' is incompatible, use 'nft' tool.\n`,
  );
}

function completions(words: readonly string[], tables: NodeTables): readonly string[] {
  const before = words.at(-2) ?? '';
  if (before === '-t' || before === '--table') return TABLE_NAMES;
  const at = words.indexOf('-t');
  const table = TABLE_NAMES.find((t) => t === words[at + 1]) ?? 'filter';
  if (/^-\w*[ACDIRLSFZXP]$|^--(?:list|append|delete|insert|flush|check)/.test(before) || before === '-g')
    return tables.chains(table).map((c) => c.name);
  if (before === '-j')
    return ['ACCEPT', 'DROP', 'REJECT', 'RETURN', ...tables.chains(table).map((c) => c.name)];
  return [
    '-t',
    '-L',
    '-S',
    '-n',
    '-v',
    '-x',
    '--line-numbers',
    '-A',
    '-D',
    '-I',
    '-F',
    '-C',
    '-Z',
    '-N',
    '-X',
    '-P',
  ];
}

const helpText = (tool: string): string => `${tool} v1.8.9 (nf_tables)

Usage: ${tool} -[ACD] chain rule-specification [options]
       ${tool} -I chain [rulenum] rule-specification [options]
       ${tool} -R chain rulenum rule-specification [options]
       ${tool} -D chain rulenum [options]
       ${tool} -[LS] [chain [rulenum]] [options]
       ${tool} -[FZ] [chain] [options]
       ${tool} -[NX] chain
       ${tool} -E old-chain-name new-chain-name
       ${tool} -P chain target [options]
       ${tool} -h (print this help information)

Options:
[!] --protocol  -p proto        protocol: by number or name, eg. \`tcp'
[!] --source    -s address[/mask][...]
[!] --destination -d address[/mask][...]
[!] --in-interface -i input name[+]
  --jump        -j target
  --goto        -g chain
  --match       -m match
  --numeric     -n              numeric output of addresses and ports
[!] --out-interface -o output name[+]
  --table       -t table        table to manipulate (default: \`filter')
  --verbose     -v              verbose mode
  --line-numbers                print line numbers when listing
  --exact       -x              expand numbers (display exact values)
`;

export const IPTABLES: readonly Command[] = [iptables('iptables', 'IPv4'), iptables('ip6tables', 'IPv6')];
