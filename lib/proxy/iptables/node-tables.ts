// A node's tables around kube-proxy's own rules: built-in chains, jumps, canaries and the kubelet's chains.
import type { IPFamily } from '@/lib/kube/types';
import { printRule } from '@/lib/net/ruleset/print';
import type { RestoreInput } from '@/lib/net/ruleset/restore-input';
import { NodeTables } from '@/lib/net/ruleset/tables';
import { FIREWALL_RULE, jumpRules } from './fixed-rules';

/**
 * What stands in the tables before the first sync: the kubelet's chains (pkg/kubelet/kubelet_network_linux.go), kube-proxy's canary
 * and its jumps from the built-in chains.
 */
export function tablesAtStart(family: IPFamily): NodeTables {
  const empty = (name: string) => ({ name, rules: [] });
  const jumps = jumpRules(family, true);
  const firewall = family === 'IPv4' ? [{ name: 'KUBE-FIREWALL', rules: [FIREWALL_RULE] }] : [];
  const canaries = [empty('KUBE-KUBELET-CANARY'), empty('KUBE-PROXY-CANARY')];
  const table = { appended: [], deleted: [] };
  return NodeTables.empty(family).restored({
    tables: [
      { ...table, name: 'mangle', chains: [...canaries, empty('KUBE-IPTABLES-HINT')] },
      {
        ...table,
        name: 'filter',
        chains: [
          ...canaries,
          ...firewall,
          ...[
            'KUBE-EXTERNAL-SERVICES',
            'KUBE-FORWARD',
            'KUBE-NODEPORTS',
            'KUBE-PROXY-FIREWALL',
            'KUBE-SERVICES',
          ].map(empty),
        ],
        appended: jumps.filter,
      },
      {
        ...table,
        name: 'nat',
        chains: [...canaries, ...['KUBE-SERVICES', 'KUBE-POSTROUTING'].map(empty)],
        appended: jumps.nat,
      },
    ],
  });
}

/** The tables of a node whose kube-proxy writes none: the kubelet's chains alone. */
export function tablesOfKubelet(family: IPFamily): NodeTables {
  const canary = { name: 'KUBE-KUBELET-CANARY', rules: [] };
  const table = { appended: [], deleted: [] };
  const firewall = family === 'IPv4' ? [{ name: 'KUBE-FIREWALL', rules: [FIREWALL_RULE] }] : [];
  const toFirewall = jumpRules(family, true).filter.filter(
    ({ target }) => target?.kind === 'jump' && target.chain === 'KUBE-FIREWALL',
  );
  return NodeTables.empty(family).restored({
    tables: [
      { ...table, name: 'mangle', chains: [canary, { name: 'KUBE-IPTABLES-HINT', rules: [] }] },
      { ...table, name: 'filter', chains: [canary, ...firewall], appended: toFirewall },
      { ...table, name: 'nat', chains: [canary] },
    ],
  });
}

/** The jumps from the built-in chains as a full sync ensures them: what is missing is put first (iptables.EnsureRule, Prepend). */
export function withJumps(tables: NodeTables): NodeTables {
  const { family } = tables;
  const jumps = jumpRules(family, tables.chain('filter', 'KUBE-FIREWALL') !== undefined);
  let next = tables;
  for (const table of ['filter', 'nat'] as const)
    for (const rule of jumps[table].toReversed()) {
      const chain = next.chain(table, rule.chain);
      if (!chain) continue;
      const target = rule.target?.kind === 'jump' ? rule.target.chain : '';
      if (target !== '' && !next.chain(table, target)) next = next.with(table, { name: target, rules: [] });
      const text = printRule(rule, 'save', family);
      if (chain.rules.some((r) => printRule(r, 'save', family) === text)) continue;
      next = next.with(table, { ...chain, rules: [rule, ...chain.rules] });
    }
  return next;
}

/** Whether a rule of an input jumps to a chain that is not there once it is restored. */
export function lacksChain(after: NodeTables, input: RestoreInput): boolean {
  return input.tables.some(({ name, chains }) =>
    chains.some(({ rules }) =>
      rules.some(
        ({ target }) =>
          (target?.kind === 'jump' || target?.kind === 'goto') && !after.chain(name, target.chain),
      ),
    ),
  );
}
