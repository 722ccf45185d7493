// Rules as commands: `iptables -S` of iptables 1.8.9 (nf_tables).
import { printRule } from './print';
import type { ListOptions } from './list';
import type { Rule, RuleSet } from './types';

/** `iptables -S`: policies, chains and rules as commands; undefined if the chain that was asked for is not there. */
export function printCommands(
  rules: RuleSet,
  {
    table,
    chain: name,
    number,
    verbose,
    counts,
  }: Pick<ListOptions, 'table' | 'chain' | 'number' | 'verbose' | 'counts'>,
): string | undefined {
  const only = name === undefined ? undefined : rules.chain(table, name);
  if (name !== undefined && !only) return undefined;
  const chains = only ? [only] : rules.chains(table);
  const counted = ([packets, bytes]: readonly [number, number] = [0, 0]): string =>
    verbose ? ` -c ${packets} ${bytes}` : '';
  const ruleText = (rule: Rule, count = rule.counters): string => {
    const text = printRule(rule, 'save', rules.family);
    if (!verbose) return text;
    // The counters stand before the target.
    const target = rule.target
      ? text.slice(printRule({ ...rule, target: null }, 'save', rules.family).length)
      : '';
    return text.slice(0, text.length - target.length) + counted(count) + target;
  };
  if (number !== undefined) {
    const rule = only?.rules[number - 1];
    return rule ? ruleText(rule, only && counts?.(only).rules[number - 1]) + '\n' : '';
  }
  const lines = chains.map((c) =>
    c.policy ? `-P ${c.name} ${c.policy}${counted(counts?.(c).policy ?? c.counters)}` : `-N ${c.name}`,
  );
  for (const chain of chains) {
    const own = counts?.(chain).rules;
    for (const [i, rule] of chain.rules.entries()) lines.push(ruleText(rule, own?.[i]));
  }
  return lines.length ? lines.join('\n') + '\n' : '';
}
