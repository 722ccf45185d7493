// iptables-save and iptables-restore, and their IPv6 twins.
import { printSave } from '@/lib/net/ruleset/save';
import { BUILT_IN, NodeTables } from '@/lib/net/ruleset/tables';
import type { RuleFamily, TableName } from '@/lib/net/ruleset/types';
import { ctime } from '../../../text/dates';
import { done, failed, type Command, type CommandContext, type Result } from '../../../types';
import { nodeName } from '../node-console';
import { parseArguments } from './arguments';
import { edited } from './edit';
import { tablesOf, withTable } from './iptables';
import { BadArgument, UsageProblem } from './rule-words';

const isTable = (name: string): name is TableName => Object.hasOwn(BUILT_IN, name);

function save(name: string, family: RuleFamily): Command {
  return {
    name,
    summary: 'prints all rules in the form that iptables-restore reads',
    on: ['node'],
    reads: 'none',
    run(context) {
      const { args } = context;
      let table: TableName | undefined;
      let counters = false;
      for (let i = 0; i < args.length; i++) {
        const arg = args[i] ?? '';
        const joined = /^-t(.+)$/.exec(arg)?.[1];
        if (arg === '-c' || arg === '--counters') counters = true;
        else if (arg === '-t' || arg === '--table' || joined !== undefined) {
          const wanted = joined ?? args[++i];
          if (wanted === undefined)
            return failed(`${name}: option requires an argument -- 't'\n${manual(name)}`);
          if (!isTable(wanted)) return failed(`Table \`${wanted}' does not exist`);
          table = wanted;
        } else if (arg === '-V' || arg === '--version') return done(`${name} v1.8.9 (nf_tables)\n`);
        else if (arg.startsWith('--'))
          return failed(`${name}: unrecognized option '${arg}'\n${manual(name)}`);
        else if (arg.startsWith('-'))
          return failed(`${name}: invalid option -- '${arg[1] ?? ''}'\n${manual(name)}`);
        else return failed('Unknown arguments found on commandline');
      }
      const rules = context.cluster.network.countedRules(nodeName(context), family);
      if (!rules) return done();
      return done(
        printSave(rules, { counters, date: ctime(context.cluster.now), ...(table ? { table } : {}) }),
      );
    },
  };
}

const manual = (name: string): string => `Look at manual page \`${name}.8' for more information.`;

function restore(name: string, family: RuleFamily): Command {
  return {
    name,
    summary: 'reads rules as iptables-save prints them',
    on: ['node'],
    run: (context) => restored(name, family, context),
  };
}

function restored(name: string, family: RuleFamily, context: CommandContext): Result {
  const { args, files } = context;
  const flags = args.filter((a) => a.startsWith('-'));
  const unknown = flags.find(
    (a) => !/^(?:-[nctvwWT46]+|--(?:noflush|counters|test|verbose|wait|table))$/.test(a),
  );
  if (unknown)
    return failed(
      `${name}: invalid option -- '${unknown.replace(/^-+/, '')}'\nTry \`${name} -h' for more information.`,
    );
  const only = args.includes('-T') ? args[args.indexOf('-T') + 1] : undefined;
  const file = args.find((a, i) => !a.startsWith('-') && args[i - 1] !== '-T' && args[i - 1] !== '-w');
  const text = file === undefined ? (context.stdin ?? '') : files.read(file);
  if (text === undefined) return failed(`Can't open ${file}: No such file or directory`);
  const noflush = flags.some((a) => a === '--noflush' || /^-\w*n/.test(a));
  const before = tablesOf(context, family);
  const after = read(text, before, { name, family, noflush, only });
  if (!(after instanceof NodeTables)) return failed(after.message, after.exit);
  const test = flags.some((a) => a === '--test' || /^-\w*t/.test(a));
  if (!test) context.cluster.writeRules(nodeName(context), after);
  return done();
}

interface RestoreOptions {
  readonly name: string;
  readonly family: RuleFamily;
  readonly noflush: boolean;
  readonly only: string | undefined;
}

/** The tables after a text; all of it or nothing. */
function read(
  text: string,
  before: NodeTables,
  { name, family, noflush, only }: RestoreOptions,
): NodeTables | { readonly message: string; readonly exit: number } {
  const tool = name.replace('-restore', '');
  let tables = before;
  let table: TableName | undefined;
  const fail = (message: string, exit = 1) => ({ message, exit });
  for (const [i, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    const number = i + 1;
    if (line === '' || line.startsWith('#')) continue;
    if (line.startsWith('*')) {
      const named = line.slice(1).trim();
      if (!isTable(named))
        return fail(
          `${name} v1.8.9 (nf_tables): unable to initialize table '${named}'\n\nError occurred at line: ${number}\nTry \`${name} -h' or '${name} --help' for more information.`,
          2,
        );
      table = named;
      tables = withTable(tables, named);
      if (!noflush && (only === undefined || only === named))
        tables = tables.restored(emptied(tables, named));
      continue;
    }
    if (line === 'COMMIT') {
      table = undefined;
      continue;
    }
    if (!table)
      return fail(`${name} v1.8.9 (nf_tables): no table at line ${number}: give *TABLE before its rules`, 2);
    if (only !== undefined && only !== table) continue;
    const chain = /^:(\S+)\s+(\S+)(?:\s+\[(\d+):(\d+)\])?/.exec(line);
    if (chain) {
      const [, own = '', policy = '-'] = chain;
      const builtIn = tables.chain(table, own)?.policy !== undefined;
      const policyOf = policy === 'DROP' || policy === 'ACCEPT' ? policy : 'ACCEPT';
      tables = tables.with(table, {
        name: own,
        ...(builtIn ? { policy: policyOf } : {}),
        rules: builtIn ? (tables.chain(table, own)?.rules ?? []) : [],
      });
      continue;
    }
    const next = applied(line, tables, table, family, tool);
    if (!(next instanceof NodeTables))
      return fail(
        next.syntax
          ? `${name} v1.8.9 (nf_tables): ${next.message}\nError occurred at line: ${number}\nTry \`${name} -h' or '${name} --help' for more information.`
          : `${name}: line ${number} failed: ${next.message}`,
        next.syntax ? 2 : 1,
      );
    tables = next;
  }
  return table === undefined
    ? tables
    : fail(`${name}: COMMIT expected at line ${text.trimEnd().split('\n').length + 1}`);
}

const emptied = (tables: NodeTables, name: TableName) => ({
  tables: [
    {
      name,
      chains: tables
        .chains(name)
        .flatMap((c) => (c.policy ? [{ name: c.name, policy: 'ACCEPT' as const, rules: [] }] : [])),
      appended: [],
      deleted: tables.chains(name).flatMap((c) => (c.policy ? [] : [c.name])),
    },
  ],
});

/** One line that is a command, with or without counters before it. */
function applied(
  line: string,
  tables: NodeTables,
  table: TableName,
  family: RuleFamily,
  tool: string,
): NodeTables | { readonly message: string; readonly syntax: boolean } {
  const words = wordsOf(line.replace(/^\[\d+:\d+\]\s*/, ''));
  try {
    const request = parseArguments(
      ['-t', table, ...words],
      family,
      (t, n) => tables.chain(t, n) !== undefined,
    );
    if (typeof request === 'string') return { message: 'no command specified', syntax: true };
    const after = edited(tables, request, tool);
    return after instanceof NodeTables ? after : { message: after.message, syntax: false };
  } catch (error) {
    if (error instanceof UsageProblem || error instanceof BadArgument)
      return { message: error.message, syntax: true };
    throw error;
  }
}

function wordsOf(line: string): string[] {
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replace(/\\(.)/g, '$1'),
  );
}

export const SAVE_AND_RESTORE: readonly Command[] = [
  save('iptables-save', 'IPv4'),
  save('ip6tables-save', 'IPv6'),
  restore('iptables-restore', 'IPv4'),
  restore('ip6tables-restore', 'IPv6'),
];
