// The table that a sync leaves, without carrying out each operation: what kube-proxy rewrites whole is put in place lazily. Where the
// table is not as kube-proxy left it, a partial sync is carried out operation by operation, as the kernel would.
import { PersistentMap } from '@/lib/core/persistent-map';
import { applyOperations, DYNAMIC_SET_SIZE, emptyChain, type NftRefusal } from '@/lib/net/nft/apply';
import { printOperation, type NftSetHead, type NftTransaction } from '@/lib/net/nft/operations';
import type { NftChain, NftRule, NftTable } from '@/lib/net/nft/types';
import type { ServiceEntry } from '../service-list';
import { contested, sameElementValue } from './element-store';
import type { NftServiceRules } from './service-rules';
import type { NftChanges, NftSyncResult } from './sync-result';

/** A chain whose rules are made when somebody looks at them. */
class LazyNftChain implements NftChain {
  #rules: readonly NftRule[] | undefined;

  constructor(
    readonly name: string,
    readonly handle: number,
    private readonly make: () => readonly NftRule[],
  ) {}

  get rules(): readonly NftRule[] {
    this.#rules ??= this.make();
    return this.#rules;
  }
}

export interface NftTableAfter {
  readonly table: NftTable | undefined;
  /** What nft said, if the kernel refused the transaction. */
  readonly error?: string;
}

/** `last` is the table as the sync before left it. */
export function tableAfter(
  { transactions, changes }: NftSyncResult,
  last: NftTable | undefined,
  rules: readonly ServiceEntry<NftServiceRules>[],
): NftTableAfter {
  const known = changes.before === last && last !== undefined;
  if (!changes.full && !known) return carriedOut(transactions, changes.before);
  const cleaned = withoutChains(changes, transactions, known);
  const [own] = transactions;
  const family = own?.family ?? 'ip';
  const set = applyOperations(family, own?.table ?? '', cleaned, changes.setup);
  if (!set.ok) return { table: cleaned, error: refusalText(set.refusal, `${family} ${own?.table ?? ''}`) };
  if (!set.table) return { table: undefined };
  const clash = changes.full ? clashingElement(changes, rules) : undefined;
  if (clash !== undefined) return { table: cleaned, error: clash };
  const services = known ? changes.made : rules.map(([, r]) => r);
  return { table: withElements(withChains(set.table, services, changes), changes) };
}

/** The deletion of stale chains is a transaction of its own; if the kernel refuses it, kube-proxy goes on. */
function withoutChains(
  { before, deletedChains }: NftChanges,
  transactions: readonly NftTransaction[],
  known: boolean,
): NftTable | undefined {
  if (!before || !deletedChains.length) return before;
  if (!known) return carriedOut(transactions.slice(0, 1), before).table;
  let { chains } = before;
  for (const name of deletedChains) chains = chains.delete(name);
  return { ...before, chains };
}

function carriedOut(transactions: readonly NftTransaction[], before: NftTable | undefined): NftTableAfter {
  let table = before;
  let error: string | undefined;
  for (const { family, table: name, operations } of transactions) {
    const done = applyOperations(family, name, table, operations());
    error = done.ok ? undefined : refusalText(done.refusal, `${family} ${name}`);
    if (done.ok) table = done.table;
  }
  return error === undefined ? { table } : { table, error };
}

const refusalText = ({ operation, errno }: NftRefusal, where: string): string =>
  `Error: Could not process rule: ${errno}\n${printOperation(operation, where)}`;

/** Without partial sync every element is added once for each Service that claims it; with two different values the kernel refuses. */
function clashingElement(
  { elements, partial }: NftChanges,
  rules: readonly ServiceEntry<NftServiceRules>[],
): string | undefined {
  if (partial || !contested(elements)) return undefined;
  for (const [, service] of rules)
    for (const { set, element } of service.elements) {
      const key = element.key.join(' . ');
      const there = elements.sets.get(set)?.get(key);
      if (there && !sameElementValue(there, element))
        return `Error: Could not process rule: File exists\nadd element ${set} { ${key} }`;
    }
  return undefined;
}

function withChains(
  table: NftTable,
  services: Iterable<NftServiceRules>,
  { flushedChains, deletedSets }: NftChanges,
): NftTable {
  let { chains, sets, handles } = table;
  for (const service of services) {
    for (const [name, make] of service.chainRules()) {
      const handle = chains.get(name)?.handle ?? ++handles;
      chains = chains.set(name, new LazyNftChain(name, handle, make));
    }
    for (const head of service.affinitySets) {
      if (sets.has(head.name)) continue;
      sets = sets.set(head.name, affinitySet(head, ++handles));
    }
  }
  for (const name of flushedChains) {
    const chain = chains.get(name);
    if (chain) chains = chains.set(name, emptyChain(chain));
  }
  for (const name of deletedSets) sets = sets.delete(name);
  return { ...table, chains, sets, handles };
}

const affinitySet = (head: NftSetHead, handle: number) => ({
  ...head,
  size: DYNAMIC_SET_SIZE,
  elements: PersistentMap.empty<never>(),
  handle,
});

/** The shared sets and maps hold just what kube-proxy wrote. */
function withElements(table: NftTable, { elements }: NftChanges): NftTable {
  let { sets } = table;
  for (const set of table.sets.values()) {
    const own = elements.sets.get(set.name);
    if (own && own !== set.elements) sets = sets.set(set.name, { ...set, elements: own });
  }
  return { ...table, sets };
}
