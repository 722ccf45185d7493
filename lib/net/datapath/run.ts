// One exchange under way: the draws of lots, what each node remembers, and the record of what happens.
import { sourceText, destinationText } from '@/lib/net/conntrack/tuple';
import type { Translated } from '@/lib/net/routing/balancer';
import type { NetNode } from '@/lib/net/routing/node';
import type { NetWorld } from '@/lib/net/routing/world';
import type { FieldRef, Hook, Reason } from '@/lib/net/ruleset/types';
import { NodeScratch, type NodeMemory } from './node-state';
import type { Packet } from './packet';
import type { Step } from './trace';
import type { Choices, RuleText } from './walk-env';
import { Wire } from './wire';

export interface RunInit {
  readonly world: NetWorld;
  readonly choices: Choices;
  /** Virtual time, ms. */
  readonly now: number;
  memory(node: string): NodeMemory;
  /** A source port from the ephemeral range. */
  freshPort(): number;
}

/** A chain that a packet walked, or a base chain that it passed. */
export interface Visit {
  readonly node: string;
  readonly hook: Hook;
  readonly table: string;
  readonly chain: string;
  /** The type of an nftables base chain. */
  readonly base?: string;
}

/** How many rules of a chain one walk looked at, matching or not. */
export interface Examined {
  readonly node: string;
  readonly hook: Hook;
  readonly table: string;
  readonly chain: string;
  readonly rules: number;
}

/** How often a rule or a policy was met: index −1 is the policy. */
export interface Hit {
  readonly node: string;
  readonly table: string;
  readonly chain: string;
  readonly index: number;
  readonly bytes: number;
}

export class Run {
  readonly steps: Step[] = [];
  readonly visits: Visit[] = [];
  readonly hits: Hit[] = [];
  /** The walks of the first packet, in the order in which they ended. */
  readonly examined: Examined[] = [];
  readonly wire = new Wire();
  leg: Step['leg'] = 'request';
  /** The address of a client outside: answers find it, whoever it is. */
  outsider: string | undefined;
  /** Connections that a balancer translates. */
  readonly translated: Translated[] = [];
  /** The node to which a balancer handed a packet over. */
  entered: string | undefined;
  readonly #nodes = new Map<string, NodeScratch>();

  constructor(readonly init: RunInit) {}

  get world(): NetWorld {
    return this.init.world;
  }

  scratch(node: NetNode): NodeScratch {
    let own = this.#nodes.get(node.name);
    if (!own) {
      own = new NodeScratch(this.init.memory(node.name));
      this.#nodes.set(node.name, own);
    }
    return own;
  }

  /** Every node that a packet came to, with what it now remembers. */
  touched(): readonly (readonly [node: string, scratch: NodeScratch])[] {
    return [...this.#nodes];
  }

  /** The node that a step belongs to is put in by the caller; "" for what happens at a balancer. */
  tell(node: string, effect: Reason, packet: Packet, at: StepPlace = {}): void {
    const { tuple } = packet;
    const icmp = tuple.protocol === 'icmp';
    this.steps.push({
      node,
      leg: this.leg,
      ...at,
      effect,
      packet: {
        source: icmp ? tuple.source.text : sourceText(tuple),
        destination: icmp ? tuple.destination.text : destinationText(tuple),
        mark: packet.mark,
      },
    });
  }
}

export interface StepPlace {
  readonly hook?: Hook;
  readonly table?: string;
  readonly chain?: string;
  readonly index?: number;
  readonly rule?: RuleText;
  readonly origin?: readonly FieldRef[];
  readonly balancer?: string;
}
