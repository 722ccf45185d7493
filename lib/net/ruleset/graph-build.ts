// Draws the chain view's picture of one Service: its rules followed from the hooks to the Pods, as a packet meets them
// (KUBE-SERVICES → KUBE-FW → KUBE-EXT → KUBE-SVC/SVL → KUBE-SEP → DNAT; pkg/proxy/iptables/proxier.go names the chains).
// Only what the rules say is drawn, so the rules of a real node can be drawn as well.
import { compareGraphs, unchanged } from './graph-diff';
import { findEntryRules, nodePortTail, SHARED_CHAINS, type EntryRule } from './graph-entries';
import { chainViews, choosesEndpoint, ruleView, targetChain, withoutDoubles } from './graph-rules';
import { endpointShares, podShares } from './graph-shares';
import type { ChainGraph, GraphColumn, GraphEdge, GraphNode, GraphNodeKind, RuleView } from './graph';
import type { Chain, Hook, Reason, Rule, RuleSet, TableName } from './types';

export interface PodPlace {
  readonly namespace: string;
  readonly name: string;
  readonly nodeName?: string;
}

export interface ChainGraphInput {
  readonly rules: RuleSet;
  /** "namespace/name"; null: nothing is in focus. */
  readonly service: string | null;
  /** The node whose rules these are. */
  readonly node: string;
  podOf(ip: string): PodPlace | undefined;
  /** The node's own addresses: an endpoint there is the host itself. */
  readonly localAddresses?: readonly string[];
  /** The picture before the edit; it counts only if it shows the same Service, node and family. */
  readonly previous?: ChainGraph;
  /** The Service's rules in the shared chains, if somebody keeps an index; spares the pass over KUBE-SERVICES. */
  serviceRules?(service: string): readonly EntryRule[];
  /** How many rules of the whole node the edit added and removed; without it, those of this picture. */
  readonly delta?: ChainGraph['delta'];
}

/** The picture of one Service on one node, marked with what has changed since `previous`. */
export function buildChainGraph(input: ChainGraphInput): ChainGraph {
  const { rules, service, node, previous } = input;
  const walk = new Walk(input);
  if (service !== null) walk.run(input.serviceRules?.(service) ?? findEntryRules(rules, service));
  const drawn = walk.picture();
  const comparable =
    previous?.service === service &&
    previous.mode === 'iptables' &&
    previous.node === node &&
    previous.family === rules.family;
  const marked = comparable && service !== null ? compareGraphs(previous, drawn) : unchanged(drawn);
  return {
    mode: 'iptables',
    node,
    family: rules.family,
    service,
    ...marked,
    delta: input.delta ?? deltaOf(marked),
  };
}

function deltaOf(marked: Pick<ChainGraph, 'nodes' | 'removed'>): ChainGraph['delta'] {
  const added = marked.nodes.reduce(
    (n, node) => n + node.rules.filter((r) => r.change === 'added').length,
    0,
  );
  return { added, removed: marked.removed.rules.length };
}

const CHAIN_KINDS: readonly (readonly [string, GraphNodeKind, GraphColumn])[] = [
  ['KUBE-FW-', 'fw', 'external'],
  ['KUBE-EXT-', 'ext', 'external'],
  ['KUBE-SVC-', 'svc', 'service'],
  ['KUBE-SVL-', 'svl', 'service'],
  ['KUBE-SEP-', 'sep', 'endpoint'],
];
/** Packet order: nat before and the filter table's tests after DNAT; POSTROUTING last. */
const HOOKS: readonly (readonly [TableName, Hook])[] = [
  ['nat', 'PREROUTING'],
  ['nat', 'OUTPUT'],
  ['filter', 'INPUT'],
  ['filter', 'FORWARD'],
  ['filter', 'OUTPUT'],
];
const COLUMNS: readonly GraphColumn[] = ['hook', 'services', 'external', 'service', 'endpoint', 'pod'];

class Walk {
  readonly #nodes = new Map<string, GraphNode>();
  readonly #edges = new Map<string, GraphEdge>();
  readonly #rules: RuleSet;

  constructor(private readonly input: ChainGraphInput) {
    this.#rules = input.rules;
  }

  run(entries: readonly EntryRule[]): void {
    const tail = entries.some((e) => e.table === 'nat' && e.rule.chain === 'KUBE-NODEPORTS')
      ? nodePortTail(this.#rules)
      : [];
    for (const { table, chain } of SHARED_CHAINS) {
      const own = entries.filter((e) => e.table === table && e.rule.chain === chain);
      this.#shared(table, chain, table === 'nat' && chain === 'KUBE-SERVICES' ? [...own, ...tail] : own);
    }
    for (const [table, hook] of HOOKS) this.#hook(table, hook);
    this.#masquerade();
  }

  /** Nodes in packet order: nat by column, then filter, then POSTROUTING. */
  picture(): Pick<ChainGraph, 'nodes' | 'edges'> {
    const edges = [...this.#edges.values()];
    const shares = endpointShares([...this.#nodes.values()], edges);
    const pods = podShares(shares, edges);
    const nodes = [...this.#nodes.values()].map((node): GraphNode => {
      const share = node.kind === 'sep' ? shares.get(node.id)?.share : pods.get(node.id);
      return share === undefined ? node : { ...node, share };
    });
    const lane = (n: GraphNode): number => (isPostrouting(n) ? 2 : n.table === 'filter' ? 1 : 0);
    const rank = new Map(
      nodes.map((n, i) => [
        n.id,
        lane(n) * 1e7 + COLUMNS.indexOf(n.column) * 1e6 + (n.kind === 'masq' ? 5e5 : 0) + i,
      ]),
    );
    nodes.sort((a, b) => (rank.get(a.id) ?? 0) - (rank.get(b.id) ?? 0));
    return { nodes, edges };
  }

  /** The Service's part of a chain that all Services share. */
  #shared(table: TableName, chain: string, entries: readonly EntryRule[]): void {
    if (!entries.length) return;
    const isTail = (e: EntryRule): boolean => targetChain(e.rule) === 'KUBE-NODEPORTS';
    const views = withoutDoubles(
      entries.map((e) => (isTail(e) ? shared(ruleView(e.rule, e)) : ruleView(e.rule, e))),
    );
    const id = `${table}/${chain}`;
    const facts: Reason[] = [{ code: 'part', params: { rules: views.length, of: entries[0]?.of ?? 0 } }];
    this.#nodes.set(id, {
      id,
      kind: 'services',
      column: 'services',
      name: chain,
      table,
      facts,
      rules: views,
    });
    this.#follow(
      id,
      entries.map((e) => e.rule),
      views,
    );
  }

  #follow(from: string, rules: readonly Rule[], views: readonly RuleView[]): void {
    const table: TableName = from.startsWith('filter/') ? 'filter' : 'nat';
    for (const [i, rule] of rules.entries()) {
      const view = views[i];
      const to = view && this.#destination(table, rule);
      if (view && to) this.#edge(from, to, view, choosesEndpoint(rule));
    }
  }

  /** The node that a rule leads to; it is drawn on the way. */
  #destination(table: TableName, rule: Rule): string | undefined {
    const { target } = rule;
    if (target?.kind === 'dnat') return this.#pod(target.to);
    if (target?.kind === 'reject' || target?.kind === 'drop') return this.#verdict(table, target.kind);
    const chain = targetChain(rule);
    return chain === undefined ? undefined : this.#chain(table, chain);
  }

  #chain(table: TableName, name: string): string | undefined {
    const id = `${table}/${name}`;
    if (name === 'KUBE-NODEPORTS' || this.#nodes.has(id)) return id;
    const chain = this.#rules.chain(table, name);
    const kind = CHAIN_KINDS.find(([prefix]) => name.startsWith(prefix));
    if (name === 'KUBE-MARK-MASQ') return this.#masq(table, name, 'service', chain);
    if (!chain || !kind) return undefined;
    const rules = chainViews(table, chain.rules);
    const facts = factsOf(kind[1], chain.rules, rules);
    this.#nodes.set(id, { id, kind: kind[1], column: kind[2], name, table, facts, rules });
    this.#follow(id, chain.rules, rules);
    return id;
  }

  #masq(table: TableName, name: string, column: GraphColumn, chain: Chain | undefined): string {
    const id = `${table}/${name}`;
    const rules = chain ? chainViews(table, chain.rules).map(shared) : [];
    this.#nodes.set(id, { id, kind: 'masq', column, name, table, facts: [], rules });
    return id;
  }

  #pod(to: string): string {
    const ip = to.startsWith('[') ? to.slice(1, to.indexOf(']')) : to.slice(0, to.lastIndexOf(':'));
    const pod = this.input.podOf(ip);
    const id = pod ? `pod/${pod.namespace}/${pod.name}` : `address/${ip}`;
    if (this.#nodes.has(id)) return id;
    const facts: Reason[] = [{ code: 'ip', params: { ip } }];
    if (pod?.nodeName)
      facts.push({
        code: pod.nodeName === this.input.node ? 'pod-here' : 'pod-on',
        params: { node: pod.nodeName },
      });
    else if (this.input.localAddresses?.includes(ip)) facts.push({ code: 'host-here', params: {} });
    const name = pod?.name ?? ip;
    this.#nodes.set(id, { id, kind: 'pod', column: 'pod', name, facts, rules: [] });
    return id;
  }

  #verdict(table: TableName, kind: 'reject' | 'drop'): string {
    const id = `${table}/${kind.toUpperCase()}`;
    if (!this.#nodes.has(id))
      this.#nodes.set(id, {
        id,
        kind,
        column: 'service',
        name: kind.toUpperCase(),
        table,
        facts: [],
        rules: [],
      });
    return id;
  }

  /** A hook is drawn with its jumps to chains that are drawn. */
  #hook(table: TableName, hook: Hook): void {
    const all = this.#rules.chain(table, hook)?.rules ?? [];
    const jumps = chainViews(table, all)
      .map(shared)
      .filter((_, i) => {
        const rule = all[i];
        return rule !== undefined && this.#nodes.has(`${table}/${targetChain(rule) ?? ''}`);
      });
    if (!jumps.length) return;
    const id = `${table}/${hook}`;
    const facts: Reason[] = [{ code: 'table', params: { table } }];
    this.#nodes.set(id, { id, kind: 'hook', column: 'hook', name: hook, table, facts, rules: jumps });
    for (const jump of jumps) {
      const to = targetChain(all[jump.position - 1] ?? NO_RULE);
      this.#edge(id, `${table}/${to ?? ''}`, jump, false);
    }
  }

  /** Marked packets get a new source at POSTROUTING; drawn if something here marks them. */
  #masquerade(): void {
    const marking = this.#nodes.get('nat/KUBE-MARK-MASQ');
    const chain = this.#rules.chain('nat', 'KUBE-POSTROUTING');
    if (!marking || !chain) return;
    const id = this.#masq('nat', 'KUBE-POSTROUTING', 'services', chain);
    this.#hook('nat', 'POSTROUTING');
    // No rule leads from one to the other: the packet carries the mark there.
    this.#edges.set(`${marking.id} > ${id}`, { id: `${marking.id} > ${id}`, from: marking.id, to: id });
  }

  #edge(from: string, to: string, rule: RuleView, choice: boolean): void {
    const id = `${from} > ${to} by ${rule.id}`;
    const probability = choice ? { probability: rule.probability ?? '1' } : {};
    this.#edges.set(id, { id, from, to, rule: rule.id, ...probability });
  }
}

const shared = (view: RuleView): RuleView => ({ ...view, shared: true });

const NO_RULE: Rule = { chain: '', matches: [], target: null };

const isPostrouting = (n: GraphNode): boolean =>
  n.id === 'nat/POSTROUTING' || n.id === 'nat/KUBE-POSTROUTING';

/** The second line of a box: codes that the page words. */
function factsOf(kind: GraphNodeKind, rules: readonly Rule[], views: readonly RuleView[]): Reason[] {
  if (kind === 'svc' || kind === 'svl') {
    const shares = views.flatMap((v) => (v.share === undefined ? [] : [v.share]));
    const recent = rules.flatMap((r) => r.matches).find((m) => m.kind === 'recent');
    const even = shares.every((s) => Math.abs(s - 1 / shares.length) < 1e-6);
    const count = { count: shares.length };
    return [
      even
        ? { code: 'endpoints-even', params: { ...count, share: 1 / shares.length } }
        : { code: 'endpoints', params: count },
      recent?.kind === 'recent'
        ? { code: 'affinity', params: { seconds: recent.seconds ?? 0, rules: rules.length - shares.length } }
        : { code: 'affinity-none', params: {} },
    ];
  }
  if (kind === 'fw')
    return [{ code: 'ranges', params: { count: rules.filter((r) => r.target !== null).length } }];
  return [];
}
