// A node as the rules that run on it see it.
import type { Address } from '@/lib/net/routing/address';
import type { NetNode } from '@/lib/net/routing/node';
import type { PodSpec } from '@/lib/net/routing/pod';
import type { Hook, Reason } from '@/lib/net/ruleset/types';
import type { NodeScratch } from './node-state';
import type { Packet } from './packet';
import type { Run } from './run';
import type { Judgement, RuleText, WalkEnv } from './walk-env';

export class NodeEnv implements WalkEnv {
  hook: Hook = 'PREROUTING';
  /** The packet comes back over lo: its path is told already (the kernel's own trace ends there too). */
  looped = false;
  readonly #scratch: NodeScratch;

  constructor(
    private readonly run: Run,
    private readonly node: NetNode,
  ) {
    this.#scratch = run.scratch(node);
  }

  chance(probability: number): boolean {
    return this.run.init.choices.chance(probability);
  }

  pick(of: number): number {
    return this.run.init.choices.pick(of);
  }

  get nodeName(): string {
    return this.node.name;
  }

  isLocal(address: Address): boolean {
    return this.node.isLocal(address);
  }

  podAt(address: Address): PodSpec | undefined {
    const holder = this.run.world.holder(address);
    return holder?.kind === 'pod' ? holder.pod : undefined;
  }

  recalls(list: string, client: Address, seconds: number, reap: boolean): boolean {
    return this.#scratch.recalls(list, client, { seconds, reap, now: this.run.init.now });
  }

  holds(set: string, client: Address, seconds: number): boolean {
    return this.#scratch.holds(set, client, seconds, this.run.init.now);
  }

  remember(list: string, client: Address, limit?: number): void {
    this.#scratch.remember(list, client, this.run.wire.ttl, limit);
  }

  anyPort(): number {
    return this.run.init.freshPort();
  }

  sourceAddress(device: string, towards: Address): Address | undefined {
    return this.node.sourceFor(device, towards);
  }

  entered(table: string, chain: string, base?: string): void {
    const { leg, visits } = this.run;
    if (leg === 'request' && !this.looped)
      visits.push({ node: this.node.name, hook: this.hook, table, chain, ...(base && { base }) });
  }

  examined(table: string, chain: string, rules: number): void {
    const { leg, examined } = this.run;
    if (leg === 'request') examined.push({ node: this.node.name, hook: this.hook, table, chain, rules });
  }

  acted(table: string, chain: string, index: number, rule: RuleText, effect: Reason, packet: Packet): void {
    this.#hit(table, chain, index, packet);
    this.run.tell(this.node.name, effect, packet, { hook: this.hook, table, chain, index, rule });
  }

  judged(table: string, chain: string, { effect, ...place }: Judgement, packet: Packet): void {
    this.run.tell(this.node.name, effect, packet, { hook: this.hook, table, chain, ...place });
  }

  policy(table: string, chain: string, verdict: 'ACCEPT' | 'DROP', packet: Packet): void {
    this.#hit(table, chain, -1, packet);
    const effect: Reason = { code: 'step.policy', params: { verdict } };
    this.run.tell(this.node.name, effect, packet, { hook: this.hook, table, chain });
  }

  #hit(table: string, chain: string, index: number, { length }: Packet): void {
    this.run.hits.push({ node: this.node.name, table, chain, index, bytes: length });
  }
}
