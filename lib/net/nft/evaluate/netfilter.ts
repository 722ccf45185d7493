// nftables as the hooks of a node run them: base chains by hook and priority, and the walk through their rules
// (net/netfilter/nf_tables_core.c nft_do_chain).
import type { IPFamily } from '@/lib/kube/types';
import type { BaseChain, Netfilter } from '@/lib/net/datapath/netfilter';
import type { Packet } from '@/lib/net/datapath/packet';
import { ACCEPT, DROP, type RuleText, type Verdict, type WalkEnv } from '@/lib/net/datapath/walk-env';
import type { Hook, Reason } from '@/lib/net/ruleset/types';
import { printListedRule } from '../print-rule';
import { tableKey, type NftChain, type NftRule, type NftRuleset, type NftTable } from '../types';
import { compileRule, type Effect, type Op } from './compile';

/** The kernel takes no deeper jumps (NFT_JUMP_STACK_SIZE). */
const MAX_DEPTH = 16;
const GOTO_MAX = 10_000;

const FAMILIES: Readonly<Record<IPFamily, readonly string[]>> = {
  IPv4: ['ip', 'inet'],
  IPv6: ['ip6', 'inet'],
};

/** A node's nftables of one family; `tables` in the order in which they were made. */
export function nftNetfilter(tables: NftRuleset, family: IPFamily): Netfilter {
  const own = tables.filter((t) => FAMILIES[family].includes(t.family));
  return {
    family,
    chainsAt: (hook) => own.flatMap((t) => baseChains(t, hook)).sort((a, b) => a.priority - b.priority),
  };
}

const known = new WeakMap<NftTable, Map<Hook, readonly BaseChain[]>>();

function baseChains(table: NftTable, hook: Hook): readonly BaseChain[] {
  let byHook = known.get(table);
  if (!byHook) {
    byHook = allBaseChains(table);
    known.set(table, byHook);
  }
  return byHook.get(hook) ?? [];
}

function allBaseChains(table: NftTable): Map<Hook, BaseChain[]> {
  const byHook = new Map<Hook, BaseChain[]>();
  const tableRun = new TableRun(table);
  const chains = [...table.chains.values()].filter((c) => c.base).sort((a, b) => a.handle - b.handle);
  for (const chain of chains) {
    const { base } = chain;
    if (!base || (chain.rules.length === 0 && base.policy === 'accept')) continue;
    const hook = base.hook.toUpperCase() as Hook;
    const entry: BaseChain = {
      table: tableRun.name,
      name: chain.name,
      hook,
      priority: base.priority,
      nat: base.type === 'nat',
      run: (packet, env) => new Walk(tableRun, packet, env).base(chain),
    };
    byHook.set(hook, [...(byHook.get(hook) ?? []), entry]);
  }
  return byHook;
}

/** A table's rules, compiled as packets come to them. */
class TableRun {
  readonly name: string;
  readonly #compiled = new WeakMap<NftRule, readonly Op[]>();

  constructor(readonly table: NftTable) {
    this.name = tableKey(table);
  }

  ops(rule: NftRule): readonly Op[] {
    let ops = this.#compiled.get(rule);
    if (!ops) {
      ops = compileRule(rule, this.table);
      this.#compiled.set(rule, ops);
    }
    return ops;
  }
}

class Walk {
  #gotos = 0;

  constructor(
    private readonly run: TableRun,
    private readonly packet: Packet,
    private readonly env: WalkEnv,
  ) {}

  base(chain: NftChain): Verdict {
    this.env.entered(this.run.name, chain.name, chain.base?.type);
    const verdict = this.chain(chain, 0);
    if (verdict) return verdict;
    const drops = chain.base?.policy === 'drop';
    this.env.policy(this.run.name, chain.name, drops ? 'DROP' : 'ACCEPT', this.packet);
    return drops ? DROP : ACCEPT;
  }

  /** undefined: the chain ended, or returned, without a verdict. A look into a map or set is part of its rule. */
  private chain(chain: NftChain, depth: number): Verdict | undefined {
    const { verdict, at } = this.walk(chain, depth);
    this.env.examined(this.run.name, chain.name, at === undefined ? chain.rules.length : at + 1);
    return verdict;
  }

  /** `at`: the rule that ended the walk. */
  private walk(
    chain: NftChain,
    depth: number,
  ): { readonly verdict?: Verdict | undefined; readonly at?: number } {
    for (const [at, rule] of chain.rules.entries()) {
      const effect = this.rule(chain, at, rule);
      if (effect.kind === 'verdict') return { verdict: effect.verdict, at };
      if (effect.kind === 'return') return { at };
      if (effect.kind !== 'chain') continue;
      const { kind, chain: name } = effect.verdict;
      const next = this.run.table.chains.get(name);
      const goes = next && depth < MAX_DEPTH && this.#gotos++ < GOTO_MAX;
      if (goes) this.env.entered(this.run.name, name);
      const verdict = goes ? this.chain(next, kind === 'goto' ? depth : depth + 1) : undefined;
      if (verdict || kind === 'goto') return { verdict, at };
    }
    return {};
  }

  /** Statement by statement, until one does not match or decides. */
  private rule(chain: NftChain, i: number, rule: NftRule): Effect {
    const tell = (code: string, params: Reason['params'] = {}): void =>
      this.env.acted(
        this.run.name,
        chain.name,
        i,
        new NftRuleText(rule),
        { code: `step.${code}`, params },
        this.packet,
      );
    for (const op of this.run.ops(rule)) {
      const effect = op(this.packet, this.env, tell);
      if (effect.kind !== 'next') return effect;
    }
    return { kind: 'next' };
  }
}

/** Printed when somebody reads the trace. */
class NftRuleText implements RuleText {
  constructor(readonly rule: NftRule) {}

  text(): string {
    const { statements, comment } = this.rule;
    return printListedRule(statements) + (comment === undefined ? '' : ` comment "${comment}"`);
  }

  get reason(): Reason | undefined {
    return this.rule.reason;
  }
}
