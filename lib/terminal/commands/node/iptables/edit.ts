// What iptables' commands do to a node's tables, and what the kernel refuses (iptables/nft.c, net/netfilter/nf_tables_api.c).
import { parseRule } from '@/lib/net/ruleset/parse';
import { printRule } from '@/lib/net/ruleset/print';
import type { NodeTables } from '@/lib/net/ruleset/tables';
import type { Chain, Rule } from '@/lib/net/ruleset/types';
import type { Request } from './arguments';
import { NAT_TARGETS } from './rule-options';

/** The tables afterwards, or the message and exit code of the refusal. */
export type Edited = NodeTables | { readonly message: string; readonly exit: number };

const refused = (message: string, exit = 1): Edited => ({ message, exit });
const NO_CHAIN = 'iptables: No chain/target/match by that name.';
const NO_RULE = 'iptables: Bad rule (does a matching rule exist in that chain?).';
const kernelSays = (tool: string, what: string): string => `${tool} v1.8.9 (nf_tables):  ${what}`;

/** Carries out everything but -L and -S. `tool` is iptables or ip6tables. */
export function edited(tables: NodeTables, request: Request, tool: string): Edited {
  const { table, action, chain: name } = request;
  const chain = name === undefined ? undefined : tables.chain(table, name);
  switch (action) {
    case 'F':
    case 'Z':
      return eachChain(tables, request, chain, (c) =>
        action === 'F' ? { ...plain(c), rules: [] } : zeroed(c, request.number),
      );
    case 'N':
      if (chain) return refused('iptables: Chain already exists.');
      return tables.with(table, { name: name ?? '', rules: [] });
    case 'X':
      return withoutChains(tables, request, chain, tool);
    case 'P':
      if (!chain?.policy) return refused('iptables: Bad built-in chain name.');
      if (request.extra !== 'ACCEPT' && request.extra !== 'DROP')
        return refused("iptables: Bad policy name. Run `dmesg' for more information.");
      return tables.with(table, { ...plain(chain), policy: request.extra });
    case 'E':
      return renamed(tables, request, chain);
    default:
      return chain ? ruleEdited(tables, request, chain, tool) : refused(NO_CHAIN);
  }
}

/** A chain's own fields, whatever made it. */
function plain({ name, policy, rules, counters }: Chain): Chain {
  return { name, ...(policy ? { policy } : {}), rules, ...(counters ? { counters } : {}) };
}

function eachChain(
  tables: NodeTables,
  { table, chain: name }: Request,
  chain: Chain | undefined,
  change: (chain: Chain) => Chain,
): Edited {
  if (name !== undefined) return chain ? tables.with(table, change(chain)) : refused(NO_CHAIN);
  let next = tables;
  for (const c of tables.chains(table)) next = next.with(table, change(c));
  return next;
}

function zeroed(chain: Chain, number: number | undefined): Chain {
  const rules = chain.rules.map((r, i) =>
    number === undefined || number === i + 1 ? { ...r, counters: [0, 0] as const } : r,
  );
  return { ...plain(chain), rules, ...(number === undefined ? { counters: [0, 0] as const } : {}) };
}

function withoutChains(
  tables: NodeTables,
  { table, chain: name }: Request,
  chain: Chain | undefined,
  tool: string,
): Edited {
  if (name !== undefined && !chain) return refused(NO_CHAIN);
  const gone = chain ? [chain] : tables.chains(table).filter((c) => !c.policy);
  const names = new Set(gone.map((c) => c.name));
  const used = gone.find(
    (c) =>
      c.policy !== undefined ||
      c.rules.length > 0 ||
      tables.chains(table).some((other) => other !== c && other.rules.some((r) => jumpsTo(r, c.name))),
  );
  if (used)
    return refused(kernelSays(tool, `CHAIN_DEL failed (Device or resource busy): chain ${used.name}`), 4);
  return tables.restored({ tables: [{ name: table, chains: [], appended: [], deleted: [...names] }] });
}

const jumpsTo = ({ target }: Rule, name: string): boolean =>
  (target?.kind === 'jump' || target?.kind === 'goto') && target.chain === name;

function renamed(tables: NodeTables, { table, extra: to = '' }: Request, chain: Chain | undefined): Edited {
  if (!chain || chain.policy) return refused(NO_CHAIN);
  if (tables.chain(table, to)) return refused('iptables: File exists.');
  let next = tables.restored({ tables: [{ name: table, chains: [], appended: [], deleted: [chain.name] }] });
  next = next.with(table, {
    ...plain(chain),
    name: to,
    rules: chain.rules.map((r) => ({ ...r, chain: to })),
  });
  for (const c of next.chains(table))
    if (c.rules.some((r) => jumpsTo(r, chain.name)))
      next = next.with(table, {
        ...plain(c),
        rules: c.rules.map((r) =>
          jumpsTo(r, chain.name) && (r.target?.kind === 'jump' || r.target?.kind === 'goto')
            ? { ...r, target: { ...r.target, chain: to } }
            : r,
        ),
      });
  return next;
}

function ruleEdited(tables: NodeTables, request: Request, chain: Chain, tool: string): Edited {
  const { table, action, number } = request;
  const put = (rules: readonly Rule[]): NodeTables => tables.with(table, { ...plain(chain), rules });
  if (action === 'D' && number !== undefined) {
    if (number > chain.rules.length) return refused('iptables: Index of deletion too big.');
    return put(chain.rules.toSpliced(number - 1, 1));
  }
  const rules = rulesOf(request, chain.name);
  if (action === 'D' || action === 'C') {
    let left = chain.rules;
    for (const rule of rules) {
      const text = printRule(rule, 'save', tables.family);
      const at = left.findIndex((r) => printRule(r, 'save', tables.family) === text);
      if (at < 0) return refused(NO_RULE);
      if (action === 'D') left = left.toSpliced(at, 1);
    }
    return action === 'D' ? put(left) : tables;
  }
  const wrong = kernelRefusal(tables, request, chain);
  if (wrong !== undefined)
    return refused(
      kernelSays(tool, `RULE_${VERBS[action] ?? 'APPEND'} failed (${wrong}): rule in chain ${chain.name}`),
      4,
    );
  switch (action) {
    case 'A':
      return put([...chain.rules, ...rules]);
    case 'I': {
      const at = (number ?? 1) - 1;
      if (at > chain.rules.length) return refused('iptables: Index of insertion too big.');
      return put(chain.rules.toSpliced(at, 0, ...rules));
    }
    default: {
      const at = (number ?? 0) - 1;
      if (at < 0 || at >= chain.rules.length) return refused('iptables: Index of replacement too big.');
      return put(chain.rules.toSpliced(at, 1, ...rules));
    }
  }
}

const VERBS: Readonly<Record<string, string>> = { A: 'APPEND', I: 'INSERT', R: 'REPLACE' };

/** Rules that the words stand for: one for each pair of source and destination. */
function rulesOf({ rule }: Request, chain: string): Rule[] {
  const sources = rule.source.length ? rule.source : [''];
  const destinations = rule.destination.length ? rule.destination : [''];
  return sources.flatMap((source) =>
    destinations.flatMap((destination) => {
      const line = ['-A', chain, source, destination, ...rule.words].filter((w) => w !== '').join(' ');
      return parseRule(line) ?? [];
    }),
  );
}

/** nf_tables checks a rule when it is put in: targets for this table and hook, and no circle of chains. */
function kernelRefusal(tables: NodeTables, { table, rule }: Request, chain: Chain): string | undefined {
  const { target, words } = rule;
  if (target === undefined) return undefined;
  if (NAT_TARGETS.includes(target) && table !== 'nat') return 'Invalid argument';
  if (
    target === 'REJECT' &&
    (table !== 'filter' || (chain.policy && !['INPUT', 'FORWARD', 'OUTPUT'].includes(chain.name)))
  )
    return 'Invalid argument';
  if (target === 'REJECT' && words.includes('tcp-reset') && !words.includes('tcp')) return 'Invalid argument';
  const inHook = (hooks: readonly string[]): boolean =>
    chain.policy === undefined || hooks.includes(chain.name);
  if (['DNAT', 'REDIRECT'].includes(target) && !inHook(['PREROUTING', 'OUTPUT'])) return 'Invalid argument';
  if (target === 'MASQUERADE' && !inHook(['POSTROUTING'])) return 'Invalid argument';
  if (target === 'SNAT' && !inHook(['POSTROUTING', 'INPUT'])) return 'Invalid argument';
  return tables.chain(table, target) && closesCircle(tables, table, chain.name, target)
    ? 'Too many links'
    : undefined;
}

/** Whether a jump would make a circle that a packet can get into: nf_tables looks from the built-in chains only. */
function closesCircle(tables: NodeTables, table: Request['table'], from: string, to: string): boolean {
  const jumps = (name: string): string[] => {
    const own = (tables.chain(table, name)?.rules ?? []).flatMap(({ target }) =>
      target?.kind === 'jump' || target?.kind === 'goto' ? [target.chain] : [],
    );
    return name === from ? [...own, to] : own;
  };
  const open = new Set<string>();
  const closed = new Set<string>();
  const circular = (name: string): boolean => {
    if (open.has(name)) return true;
    if (closed.has(name)) return false;
    open.add(name);
    const found = jumps(name).some(circular);
    open.delete(name);
    closed.add(name);
    return found;
  };
  return tables.chains(table).some((c) => c.policy !== undefined && circular(c.name));
}
