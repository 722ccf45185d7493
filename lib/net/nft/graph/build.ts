// Draws the chain view's picture of one Service from kube-proxy's nftables table, as a packet meets it: base chains, the chains that
// all Services share, the maps and sets that they look up, and the Service's own chains down to its Pods (pkg/proxy/nftables/proxier.go
// names them). Which chains there are depends on the version; the picture follows jumps and maps and knows only kube-proxy's prefixes.
import { PersistentMap } from '@/lib/core/persistent-map';
import type {
  ChainGraph,
  GraphColumn,
  GraphEdge,
  GraphNode,
  GraphNodeKind,
  GraphTable,
  RuleView,
} from '@/lib/net/ruleset/graph';
import type { PodPlace } from '@/lib/net/ruleset/graph-build';
import { compareGraphs, unchanged } from '@/lib/net/ruleset/graph-diff';
import { endpointShares, podShares } from '@/lib/net/ruleset/graph-shares';
import type { Reason, RuleFamily } from '@/lib/net/ruleset/types';
import { listChain, listSet } from '../list';
import {
  elementKey,
  type NftChain,
  type NftElement,
  type NftRule,
  type NftSet,
  type NftTable,
} from '../types';
import { findElements, standing, type PlacedElement } from './parts';
import { aboutOf, BASE_CHAINS, FIXED } from './about';
import { inPacketOrder, type Lane } from './order';
import { chainViews, numgenMapOf, elementViews, endsIn, lookedUp, targetOf, writtenSet } from './views';

export interface NftGraphInput {
  /** kube-proxy's table with what the node remembers in its sets; undefined: there is none. */
  readonly table: NftTable | undefined;
  readonly family: RuleFamily;
  /** "namespace/name"; null: nothing is in focus. */
  readonly service: string | null;
  /** The node whose table this is. */
  readonly node: string;
  podOf(ip: string): PodPlace | undefined;
  /** The node's own addresses: an endpoint there is the host itself. */
  readonly localAddresses?: readonly string[];
  /** What kube-proxy has written for the Service, if that is known; spares the search through all elements. */
  readonly written?: readonly PlacedElement[];
  /** The picture before the edit; it counts only if it shows the same Service, node and family. */
  readonly previous?: ChainGraph;
}

/** The picture of one Service on one node in nftables mode, marked with what has changed since `previous`. */
export function buildNftGraph(input: NftGraphInput): ChainGraph {
  const { table, service, node, family, previous } = input;
  const bare = table && service !== null ? new Walk(input, table).picture(service) : { nodes: [], edges: [] };
  const comparable =
    previous?.mode === 'nftables' &&
    previous.service === service &&
    previous.node === node &&
    previous.family === family;
  const marked = comparable && service !== null ? compareGraphs(previous, bare) : unchanged(bare);
  const added = marked.nodes.reduce((n, box) => n + box.rules.filter((r) => r.change === 'added').length, 0);
  const delta = { added, removed: marked.removed.rules.length };
  return { mode: 'nftables', node, family, service, ...marked, delta };
}

/** Elements of one set that a box shows; the text view and `nft list` have all. */
const SHOWN_ELEMENTS = 100;
const MANY_CHAINS = 1_000;
/** Longer chains are not sent as text besides their rules. */
const BLOCK_RULES = 40;

const CHAIN_KINDS: readonly (readonly [string, GraphNodeKind, GraphColumn])[] = [
  ['firewall-', 'fw', 'external'],
  ['external-', 'ext', 'external'],
  ['service-', 'svc', 'service'],
  ['local-', 'svl', 'service'],
  ['endpoint-', 'sep', 'endpoint'],
];
/** Chains of all Services whose names begin as those of one Service do have no slash. */
const kindOf = (name: string) =>
  name.includes('/') ? CHAIN_KINDS.find(([prefix]) => name.startsWith(prefix)) : undefined;

class Walk {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();
  readonly #name: GraphTable;
  /** Base chains that lead to a shared chain, and shared chains that look up a set, by name. */
  readonly #leads = new Map<string, NftChain[]>();
  readonly #elements = new Map<string, NftElement[]>();

  constructor(
    private readonly input: NftGraphInput,
    private readonly table: NftTable,
  ) {
    this.#name = table.family === 'ip6' ? 'ip6 kube-proxy' : 'ip kube-proxy';
  }

  picture(service: string): Pick<ChainGraph, 'nodes' | 'edges'> {
    const { input, table } = this;
    const own = input.written ? standing(table, input.written) : findElements(table, service);
    for (const { set, element } of own)
      this.#elements.set(set, [...(this.#elements.get(set) ?? []), element]);
    if (own.length) this.#fixedChains();
    return this.#finished();
  }

  /** From the base chains on: what leads to an element of the Service is drawn. */
  #fixedChains(): void {
    const fixed = fixedChains(this.table);
    const bases = fixed
      .filter((c) => c.base)
      .sort((a, b) => (a.base?.priority ?? 0) - (b.base?.priority ?? 0));
    for (const chain of bases)
      for (const rule of chain.rules) {
        const to = targetOf(rule);
        if (to !== undefined) this.#leads.set(to, [...(this.#leads.get(to) ?? []), chain]);
      }
    const byFirst = [...this.#leads].sort(([, a], [, b]) => priorityOf(a) - priorityOf(b));
    for (const [name, from] of byFirst) {
      const chain = this.table.chains.get(name);
      const lane = from.some((c) => c.base?.type === 'nat') ? 'nat' : 'filter';
      if (chain && from[0]?.base?.hook !== 'postrouting') this.#shared(chain, lane);
    }
    for (const chain of bases) this.#base(chain);
    this.#masquerade();
  }

  /** A chain of all Services, with the rules that look up what the Service has an element in; true if it is drawn. */
  #shared(chain: NftChain, lane: Lane): boolean {
    const id = this.#chainId(chain.name);
    if (this.#nodes.has(id)) return true;
    const views = chainViews(this.#name, chain.name, chain.rules, true);
    const kept = chain.rules.flatMap((rule, i) => {
      const view = views.find((v) => v.position === i + 1 && v.part === undefined);
      return view && lookedUp(rule).some((set) => this.#elements.has(set)) ? [{ rule, view }] : [];
    });
    if (!kept.length) return false;
    // firewall-allow-check of v1.29 ends in a rule that drops what no element allows.
    const last = chain.rules.at(-1);
    const closing =
      last && !kept.some((k) => k.rule === last) && last.statements.length === 1 ? endsIn(last) : undefined;
    const closingView = closing && views.find((v) => v.position === chain.rules.length);
    const rules = [...kept.map((k) => k.view), ...(closingView ? [closingView] : [])];
    const facts: Reason[] = [{ code: 'part', params: { rules: rules.length, of: chain.rules.length } }];
    this.#put({ ...this.#head(chain, 'services', 'services', lane), facts, rules });
    for (const { rule, view } of kept) {
      for (const set of lookedUp(rule)) this.#edge(id, this.#lookup(set, lane), view);
      const to = targetOf(rule);
      const next = to === undefined ? undefined : this.table.chains.get(to);
      if (next && this.#shared(next, lane)) this.#edge(id, this.#chainId(next.name), view);
    }
    if (closing && closingView) this.#edge(id, this.#verdict(closing, lane), closingView);
    return true;
  }

  /** A set or map with the Service's elements; one that is there for all (nodeport-ips) with what it holds. */
  #lookup(name: string, lane: Lane): string {
    const id = `${this.#name}/@${name}`;
    const set = this.table.sets.get(name);
    if (!set || this.#nodes.has(id)) return id;
    const found = this.#elements.get(name);
    const own = found ?? [...set.elements.values()];
    const shown = own.slice(0, SHOWN_ELEMENTS);
    const all = elementViews(this.#name, set, shown);
    const views = found ? all : all.map((view) => ({ ...view, shared: true as const }));
    const facts: Reason[] = [{ code: 'elements', params: { shown: own.length, of: set.elements.size } }];
    const kind = set.mapTo === undefined ? 'set' : 'map';
    const block = this.#setBlock(set, shown);
    this.#put({ ...this.#setHead(name, kind), column: 'lookup', lane, facts, rules: views, block });
    for (const [i, element] of shown.entries()) {
      const view = views[i];
      if (view && element.verdict) this.#edge(id, this.#destination(element.verdict, lane), view);
    }
    return id;
  }

  #destination(verdict: NonNullable<NftElement['verdict']>, lane: Lane): string | undefined {
    if ('chain' in verdict) return this.#chain(verdict.chain, lane);
    return verdict.kind === 'drop' ? this.#verdict('drop', lane) : undefined;
  }

  /** A chain that an element or a rule leads to, and all behind it. */
  #chain(name: string, lane: Lane): string | undefined {
    const id = this.#chainId(name);
    const chain = this.table.chains.get(name);
    if (!chain || this.#nodes.has(id)) return chain && id;
    const found = kindOf(name);
    if (!found) return this.#sharedEnd(chain, lane);
    const [, kind, column] = found;
    const rules = chainViews(this.#name, name, chain.rules, false);
    this.#put({
      ...this.#head(chain, kind, column, lane),
      facts: factsOf(kind, chain, rules, this.table),
      rules,
    });
    for (const [i, rule] of chain.rules.entries()) {
      const view = rules.find((v) => v.position === i + 1 && v.part === undefined);
      if (view) this.#follow(id, rule, view, rules, lane);
    }
    return id;
  }

  #follow(id: string, rule: NftRule, view: RuleView, views: readonly RuleView[], lane: Lane): void {
    const numgen = numgenMapOf(rule);
    for (const [i, entry] of numgen?.entries.entries() ?? []) {
      const slot = views.filter((v) => v.part === 'slot')[i];
      const to = this.#destination(entry.verdict, lane);
      if (slot && to !== undefined) this.#edge(id, to, slot, slot.probability);
    }
    const written = writtenSet(rule);
    if (written !== undefined) this.#edge(id, this.#affinity(written, id), view);
    const to = targetOf(rule);
    if (to !== undefined) this.#edge(id, this.#chain(to, lane), view);
    const end = endsIn(rule);
    if (end) this.#edge(id, this.#verdict(end, lane), view);
    const last = rule.statements.at(-1);
    if (last?.kind === 'dnat') this.#edge(id, this.#pod(last.to), view);
  }

  /** reject-chain and mark-for-masquerade: shared by all, entered by an element or a rule of the Service. */
  #sharedEnd(chain: NftChain, lane: Lane): string {
    const marks = chain.rules.some((r) => r.statements.some((s) => s.kind === 'mark'));
    const end = chain.rules.map(endsIn).find((e) => e !== undefined);
    const kind: GraphNodeKind = marks ? 'masq' : (end ?? 'services');
    const rules = chainViews(this.#name, chain.name, chain.rules, true);
    this.#put({ ...this.#head(chain, kind, 'service', marks ? 'postrouting' : lane), facts: [], rules });
    return this.#chainId(chain.name);
  }

  /** The set that remembers who was sent to an endpoint. */
  #affinity(name: string, endpoint: string): string | undefined {
    const set = this.table.sets.get(name);
    if (!set) return undefined;
    const id = `${this.#name}/@${name}`;
    const all = [...set.elements.values()];
    const shown = all.slice(0, SHOWN_ELEMENTS);
    const facts: Reason[] = [
      { code: 'clients', params: { count: all.length, seconds: set.timeoutSeconds ?? 0 } },
    ];
    const rules = elementViews(this.#name, set, shown).map((view) => ({ ...view, shared: true as const }));
    const block = this.#setBlock(set, shown);
    const place = { column: 'endpoint', lane: 'nat', beside: endpoint } as const;
    this.#put({ ...this.#setHead(name, 'set'), facts, rules, block, ...place });
    return id;
  }

  #pod(to: string): string {
    const ip = to.startsWith('[') ? to.slice(1, to.indexOf(']')) : to.replace(/:\d+$/, '');
    const pod = this.input.podOf(ip);
    const id = pod ? `pod/${pod.namespace}/${pod.name}` : `address/${ip}`;
    if (this.#nodes.has(id)) return id;
    const facts: Reason[] = [{ code: 'ip', params: { ip } }];
    if (pod?.nodeName) {
      const here = pod.nodeName === this.input.node;
      facts.push({ code: here ? 'pod-here' : 'pod-on', params: { node: pod.nodeName } });
    } else if (this.input.localAddresses?.includes(ip)) facts.push({ code: 'host-here', params: {} });
    this.#put({ id, kind: 'pod', column: 'pod', name: pod?.name ?? ip, lane: 'nat', facts, rules: [] });
    return id;
  }

  #verdict(kind: 'reject' | 'drop', lane: Lane): string {
    const id = `${this.#name}/${kind}`;
    if (!this.#nodes.has(id))
      this.#put({ id, kind, column: 'service', name: kind, table: this.#name, lane, facts: [], rules: [] });
    return id;
  }

  /** A base chain with its jumps to chains that are drawn. */
  #base(chain: NftChain): void {
    const { base } = chain;
    const views = chainViews(this.#name, chain.name, chain.rules, true);
    const drawn = views.filter((v) => {
      const to = targetOf(chain.rules[v.position - 1] ?? { statements: [] });
      return to !== undefined && this.#nodes.has(this.#chainId(to));
    });
    if (!base || !drawn.length) return;
    const lane = base.hook === 'postrouting' ? 'postrouting' : base.type === 'nat' ? 'nat' : 'filter';
    const { type, hook, priority } = base;
    const facts: Reason[] = [{ code: 'base', params: { type, hook, priority } }];
    this.#put({ ...this.#head(chain, 'hook', 'hook', lane), facts, rules: drawn });
    for (const view of drawn) {
      const to = targetOf(chain.rules[view.position - 1] ?? { statements: [] });
      this.#edge(this.#chainId(chain.name), this.#chainId(to ?? ''), view);
    }
  }

  /** Marked packets get a new source on their way out; drawn if something here marks them. */
  #masquerade(): void {
    const marking = [...this.#nodes.values()].find((n) => n.kind === 'masq');
    const [name] =
      [...this.#leads].find(([, from]) => from.some((c) => c.base?.hook === 'postrouting')) ?? [];
    const chain = name === undefined ? undefined : this.table.chains.get(name);
    if (!marking || !chain) return;
    const rules = chainViews(this.#name, chain.name, chain.rules, true);
    this.#put({ ...this.#head(chain, 'masq', 'services', 'postrouting'), facts: [], rules });
    for (const base of this.#leads.get(chain.name) ?? []) this.#base(base);
    // No rule leads from one to the other: the packet carries the mark there.
    const id = this.#chainId(chain.name);
    this.#edges.set(`${marking.id} > ${id}`, { id: `${marking.id} > ${id}`, from: marking.id, to: id });
  }

  #head(chain: NftChain, kind: GraphNodeKind, column: GraphColumn, lane: Lane) {
    const { name, rules } = chain;
    const block = rules.length > BLOCK_RULES ? undefined : inner(listChain(this.table, chain));
    const more = block === undefined ? {} : { block };
    const about = aboutOf(name, chain.base);
    const why = about ? { about } : {};
    return { id: this.#chainId(name), kind, column, name, table: this.#name, lane, ...more, ...why };
  }

  #setHead(name: string, kind: 'set' | 'map') {
    const about = aboutOf(`@${name}`);
    return { id: `${this.#name}/@${name}`, kind, name, table: this.#name, ...(about ? { about } : {}) };
  }

  #setBlock(set: NftSet, shown: readonly NftElement[]): string {
    let elements = PersistentMap.empty<NftElement>();
    for (const { expiresAt: _expiresAt, ...element } of shown)
      elements = elements.set(elementKey(element.key), element);
    return inner(listSet(this.table, { ...set, elements }));
  }

  readonly #chainId = (name: string): string => `${this.#name}/${name}`;

  #put(node: GraphNode): void {
    this.#nodes.set(node.id, node);
  }

  #edge(from: string, to: string | undefined, rule: RuleView, probability?: string): void {
    if (to === undefined) return;
    const id = `${from} > ${to} by ${rule.id}`;
    const choice = probability === undefined ? {} : { probability };
    this.#edges.set(id, { id, from, to, rule: rule.id, ...choice });
  }

  #finished(): Pick<ChainGraph, 'nodes' | 'edges'> {
    const edges = [...this.#edges.values()].filter((e) => this.#nodes.has(e.to));
    const shares = endpointShares([...this.#nodes.values()], edges);
    const pods = podShares(shares, edges);
    const nodes = [...this.#nodes.values()].map((node): GraphNode => {
      const share = node.kind === 'sep' ? shares.get(node.id)?.share : pods.get(node.id);
      return share === undefined ? node : { ...node, share };
    });
    return { nodes: inPacketOrder(nodes, edges), edges };
  }
}

/** Chains of all Services. Of tens of thousands of chains only kube-proxy's own are looked for. */
function fixedChains({ chains }: NftTable): NftChain[] {
  if (chains.size > MANY_CHAINS) return [...BASE_CHAINS, ...FIXED].flatMap((name) => chains.get(name) ?? []);
  return [...chains.values()].filter(({ name }) => !name.includes('/'));
}

const priorityOf = (bases: readonly NftChain[]): number =>
  Math.min(...bases.map((c) => c.base?.priority ?? 0));

/** `nft list chain` without the table around it. */
const inner = (listing: string): string =>
  listing
    .split('\n')
    .slice(1, -2)
    .map((line) => line.slice(1))
    .join('\n');

/** The second line of a box: codes that the page words. */
function factsOf(
  kind: GraphNodeKind,
  chain: NftChain,
  views: readonly RuleView[],
  table: NftTable,
): Reason[] {
  if (kind === 'fw') {
    const literal = chain.rules
      .flatMap((r) => r.statements)
      .find((s) => s.kind === 'match' && s.right.kind === 'literal');
    const count =
      literal?.kind === 'match' && literal.right.kind === 'literal' ? literal.right.elements.length : 0;
    return [{ code: 'ranges', params: { count } }];
  }
  if (kind !== 'svc' && kind !== 'svl') return [];
  const slots = views.filter((v) => v.part === 'slot');
  const count = { count: slots.length };
  const returning = chain.rules.flatMap(lookedUp).find((set) => set.startsWith('affinity-'));
  const seconds = returning === undefined ? 0 : (table.sets.get(returning)?.timeoutSeconds ?? 0);
  return [
    slots.length
      ? { code: 'endpoints-even', params: { ...count, share: slots[0]?.share ?? 0 } }
      : { code: 'endpoints', params: count },
    returning === undefined
      ? { code: 'affinity-none', params: {} }
      : { code: 'affinity', params: { seconds, rules: chain.rules.length } },
  ];
}
