// The walk of a packet through iptables' tables (net/ipv4/netfilter/ip_tables.c ipt_do_table; targets in net/netfilter/xt_*.c).
import { BUILT_IN } from '@/lib/net/ruleset/tables';
import { printRule } from '@/lib/net/ruleset/print';
import type { Chain, Hook, Reason, Rule, RuleSet, TableName } from '@/lib/net/ruleset/types';
import { candidates } from './chain-index';
import { ruleMatches } from './match';
import { natTarget } from './nat-target';
import { PRIORITY, type BaseChain, type Netfilter } from './netfilter';
import type { Packet } from './packet';
import { ACCEPT, DROP, type RuleText, type Verdict, type WalkEnv } from './walk-env';

const TABLES: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter', 'security'];
/** Deeper than any chain of jumps that the kernel takes (it refuses loops when rules are loaded). */
const MAX_DEPTH = 64;

const adapted = new WeakMap<RuleSet, Netfilter>();

/** A RuleSet as the hooks run it. `linear`: chains are walked rule by rule, without the index; it leads to the same. */
export function iptablesNetfilter(rules: RuleSet, by: 'index' | 'linear' = 'index'): Netfilter {
  let netfilter = by === 'index' ? adapted.get(rules) : undefined;
  if (!netfilter) {
    const byHook = new Map<Hook, readonly BaseChain[]>();
    netfilter = {
      family: rules.family,
      chainsAt(hook) {
        let chains = byHook.get(hook);
        if (!chains) {
          chains = baseChains(rules, hook, by === 'index');
          byHook.set(hook, chains);
        }
        return chains;
      },
    };
    if (by === 'index') adapted.set(rules, netfilter);
  }
  return netfilter;
}

function baseChains(rules: RuleSet, hook: Hook, indexed: boolean): BaseChain[] {
  return TABLES.flatMap((table) => {
    if (!rules.tables.includes(table) || !BUILT_IN[table].includes(hook)) return [];
    const base = rules.chain(table, hook);
    if (!base || (base.rules.length === 0 && base.policy !== 'DROP')) return [];
    const nat = table === 'nat';
    const priority = !nat
      ? PRIORITY[table]
      : hook === 'INPUT' || hook === 'POSTROUTING'
        ? PRIORITY.srcnat
        : PRIORITY.dstnat;
    const run = (packet: Packet, env: WalkEnv): Verdict =>
      new Walk(rules, table, packet, env, indexed).base(base);
    return [{ table, name: hook, hook, priority, nat, run }];
  }).sort((a, b) => a.priority - b.priority);
}

class Walk {
  constructor(
    private readonly rules: RuleSet,
    private readonly table: TableName,
    private readonly packet: Packet,
    private readonly env: WalkEnv,
    private readonly indexed: boolean,
  ) {}

  base(chain: Chain): Verdict {
    this.env.entered(this.table, chain.name);
    const verdict = this.chain(chain, 0);
    if (verdict) return verdict;
    const policy = chain.policy ?? 'ACCEPT';
    this.env.policy(this.table, chain.name, policy, this.packet);
    return policy === 'DROP' ? DROP : ACCEPT;
  }

  /** undefined: the chain ended, or returned, without a verdict. The kernel looks at rule after rule; the index only saves time here. */
  private chain(chain: Chain, depth: number): Verdict | undefined {
    const { verdict, at } = this.walk(chain, depth);
    this.env.examined(this.table, chain.name, at === undefined ? chain.rules.length : at + 1);
    return verdict;
  }

  /** `at`: the rule that ended the walk. */
  private walk(
    chain: Chain,
    depth: number,
  ): { readonly verdict?: Verdict | undefined; readonly at?: number } {
    const places = this.indexed ? candidates(chain, this.packet) : null;
    const { rules } = chain;
    for (let n = 0; n < (places ?? rules).length; n++) {
      const i = places ? (places[n] ?? 0) : n;
      const rule = rules[i];
      if (!rule || !ruleMatches(rule, this.packet, this.env)) continue;
      const { target } = rule;
      if (target?.kind === 'return') {
        this.acted(chain, i, rule, { code: 'step.return', params: {} });
        return { at: i };
      }
      if (target?.kind === 'jump' || target?.kind === 'goto') {
        this.acted(chain, i, rule, { code: `step.${target.kind}`, params: { chain: target.chain } });
        const next = this.rules.chain(this.table, target.chain);
        const verdict = next && depth < MAX_DEPTH ? this.enter(next, depth) : undefined;
        if (verdict || target.kind === 'goto') return { verdict, at: i };
        continue;
      }
      const verdict = this.apply(chain, i, rule);
      if (verdict) return { verdict, at: i };
    }
    return {};
  }

  private enter(chain: Chain, depth: number): Verdict | undefined {
    this.env.entered(this.table, chain.name);
    return this.chain(chain, depth + 1);
  }

  /** A target that is no chain; a verdict if it ends the walk. */
  private apply(chain: Chain, i: number, rule: Rule): Verdict | undefined {
    const { packet } = this;
    const { target } = rule;
    const tell = (code: string, params: Reason['params'] = {}): void =>
      this.acted(chain, i, rule, { code: `step.${code}`, params });
    switch (target?.kind) {
      case 'accept':
        tell('accept');
        return ACCEPT;
      case 'drop':
        tell('drop');
        return DROP;
      case 'reject': {
        const how =
          target.with ?? (this.rules.family === 'IPv6' ? 'icmp6-port-unreachable' : 'icmp-port-unreachable');
        tell('reject', { with: how });
        return { kind: 'reject', with: how };
      }
      case 'mark': {
        // xt_MARK: (mark & ~mask) ^ value, where "or" has mask = value and "xor" mask = 0.
        const mask =
          target.op === 'or' ? target.value : target.op === 'xor' ? 0 : (target.mask ?? 0xffffffff);
        packet.mark = ((packet.mark & ~mask) ^ target.value) >>> 0;
        tell('mark', { mark: `0x${packet.mark.toString(16)}` });
        return undefined;
      }
      case 'dnat':
      case 'masquerade':
      case 'other':
        return natTarget(target, packet, this.env, tell);
      default:
        tell('count');
        return undefined;
    }
  }

  private acted(chain: Chain, i: number, rule: Rule, effect: Reason): void {
    this.env.acted(
      this.table,
      chain.name,
      i,
      new IptablesRuleText(rule, this.rules.family),
      effect,
      this.packet,
    );
  }
}

/** Printed when somebody reads the trace. */
class IptablesRuleText implements RuleText {
  constructor(
    readonly rule: Rule,
    private readonly family: RuleSet['family'],
  ) {}

  text(): string {
    return printRule(this.rule, 'save', this.family);
  }

  get reason(): Reason | undefined {
    return this.rule.reason;
  }
}
