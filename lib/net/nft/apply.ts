// Carries out nft operations on a table, all or none, as the kernel does (net/netfilter/nf_tables_api.c): the errors are those that
// nft prints.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { NftChainHead, NftOperation, NftSetHead } from './operations';
import { noteUses, references } from './references';
import type { NftChain, NftElement, NftFamily, NftRule, NftSet, NftStatement, NftTable } from './types';
import { elementKey } from './types';

export type NftErrno =
  | 'No such file or directory'
  | 'File exists'
  | 'Device or resource busy'
  | 'Not supported';

export interface NftRefusal {
  readonly operation: NftOperation;
  readonly errno: NftErrno;
  /** For rules: the chain itself is there. */
  readonly chainExists: boolean;
}

export type NftApplied =
  | { readonly ok: true; readonly table: NftTable | undefined }
  | { readonly ok: false; readonly refusal: NftRefusal };

/** The default size of a set that rules add to (nftables src/evaluate.c). */
export const DYNAMIC_SET_SIZE = 65535;

/** The table after the operations; `table` undefined: it does not exist (yet, or any more). */
export function applyOperations(
  family: NftFamily,
  name: string,
  table: NftTable | undefined,
  operations: Iterable<NftOperation>,
): NftApplied {
  const draft = new TableDraft(family, name, table);
  for (const operation of operations) {
    const errno = draft.carryOut(operation);
    if (errno) {
      const chain = operation.object === 'rule' ? operation.chain : undefined;
      const chainExists = chain !== undefined && draft.table?.chains.has(chain) === true;
      return { ok: false, refusal: { operation, errno, chainExists } };
    }
  }
  return { ok: true, table: draft.table };
}

class TableDraft {
  #table: NftTable | undefined;
  /** Chains and sets made here, and those that rules and elements added here name: the first need no look through the whole table. */
  readonly #made = new Set<string>();
  readonly #used = new Set<string>();

  constructor(
    private readonly family: NftFamily,
    private readonly name: string,
    table: NftTable | undefined,
  ) {
    this.#table = table;
  }

  get table(): NftTable | undefined {
    return this.#table;
  }

  carryOut(op: NftOperation): NftErrno | undefined {
    if (op.object === 'table') return this.#onTable(op);
    const table = this.#table;
    if (!table) return op.verb === 'destroy' ? undefined : 'No such file or directory';
    switch (op.object) {
      case 'chain':
        return this.#onChain(table, op.verb, op.chain);
      case 'set':
      case 'map':
        return this.#onSet(table, op.verb, op.set);
      case 'rule':
        return this.#onRule(table, op.verb, op.chain, op.rule);
      case 'element':
        return this.#onElement(table, op.verb, op.set, op.element);
    }
  }

  #onTable({ verb, comment }: NftOperation & { object: 'table' }): NftErrno | undefined {
    if (verb === 'add' || verb === 'create') {
      if (this.#table) return verb === 'create' ? 'File exists' : undefined;
      this.#table = {
        family: this.family,
        name: this.name,
        ...(comment === undefined ? {} : { comment }),
        chains: PersistentMap.empty(),
        sets: PersistentMap.empty(),
        handles: 0,
      };
      return undefined;
    }
    if (!this.#table) return verb === 'destroy' ? undefined : 'No such file or directory';
    if (verb !== 'flush') {
      this.#table = undefined;
      return undefined;
    }
    let { chains } = this.#table;
    for (const chain of chains.values()) chains = chains.set(chain.name, { ...emptyChain(chain) });
    this.#table = { ...this.#table, chains };
    return undefined;
  }

  #onChain(table: NftTable, verb: NftOperation['verb'], head: NftChainHead): NftErrno | undefined {
    const there = table.chains.get(head.name);
    if (verb === 'add' || verb === 'create') {
      if (there) {
        if (verb === 'create') return 'File exists';
        return head.base && !sameBase(there, head) ? 'File exists' : undefined;
      }
      const handle = table.handles + 1;
      this.#made.add(`chain ${head.name}`);
      this.#putChain({ ...table, handles: handle }, { ...head, rules: [], handle });
      return undefined;
    }
    if (!there) return verb === 'destroy' ? undefined : 'No such file or directory';
    if (verb === 'flush') this.#putChain(table, emptyChain(there));
    else {
      if (this.#mayBeUsed(`chain ${head.name}`) && references(table).chain(head.name))
        return 'Device or resource busy';
      this.#table = { ...table, chains: table.chains.delete(head.name) };
    }
    return undefined;
  }

  #putChain(table: NftTable, chain: NftChain): void {
    this.#table = { ...table, chains: table.chains.set(chain.name, chain) };
  }

  #onSet(table: NftTable, verb: NftOperation['verb'], head: NftSetHead): NftErrno | undefined {
    const there = table.sets.get(head.name);
    if (verb === 'add' || verb === 'create') {
      if (there) {
        const same = there.types.join() === head.types.join() && there.mapTo === head.mapTo;
        return verb === 'add' && same ? undefined : 'File exists';
      }
      const handle = table.handles + 1;
      this.#made.add(`set ${head.name}`);
      this.#putSet({ ...table, handles: handle }, { ...head, elements: PersistentMap.empty(), handle });
      return undefined;
    }
    if (!there) return verb === 'destroy' ? undefined : 'No such file or directory';
    if (verb === 'flush') this.#putSet(table, { ...there, elements: PersistentMap.empty() });
    else {
      if (this.#mayBeUsed(`set ${head.name}`) && references(table).set(head.name))
        return 'Device or resource busy';
      this.#table = { ...table, sets: table.sets.delete(head.name) };
    }
    return undefined;
  }

  #mayBeUsed(object: string): boolean {
    return !this.#made.has(object) || this.#used.has(object);
  }

  #putSet(table: NftTable, set: NftSet): void {
    this.#table = { ...table, sets: table.sets.set(set.name, set) };
  }

  #onRule(table: NftTable, verb: NftOperation['verb'], name: string, rule: NftRule): NftErrno | undefined {
    const chain = table.chains.get(name);
    if (!chain || !rule.statements.every((s) => resolves(table, s))) return 'No such file or directory';
    if (verb !== 'add' && verb !== 'insert') return 'Not supported';
    noteUses(rule.statements, this.#used);
    const rules = verb === 'add' ? [...chain.rules, rule] : [rule, ...chain.rules];
    this.#putChain(table, { ...headOf(chain), rules });
    for (const s of rule.statements) {
      if (s.kind !== 'dynset') continue;
      const set = table.sets.get(s.set);
      if (set && set.size === undefined && this.#table)
        this.#putSet(this.#table, { ...set, size: DYNAMIC_SET_SIZE });
    }
    return undefined;
  }

  #onElement(
    table: NftTable,
    verb: NftOperation['verb'],
    name: string,
    element: NftElement,
  ): NftErrno | undefined {
    const set = table.sets.get(name);
    if (!set) return 'No such file or directory';
    const key = elementKey(element.key);
    const there = set.elements.get(key);
    if (verb === 'add' || verb === 'create') {
      if (there && (verb === 'create' || !sameValue(there, element))) return 'File exists';
      const { verdict } = element;
      if (verdict && 'chain' in verdict && !table.chains.has(verdict.chain))
        return 'No such file or directory';
      if (verdict && 'chain' in verdict) this.#used.add(`chain ${verdict.chain}`);
      if (!there) this.#putSet(table, { ...set, elements: set.elements.set(key, element) });
      return undefined;
    }
    if (!there) return verb === 'destroy' ? undefined : 'No such file or directory';
    this.#putSet(table, { ...set, elements: set.elements.delete(key) });
    return undefined;
  }
}

const headOf = ({ name, base, comment, handle }: NftChain): Omit<NftChain, 'rules'> => ({
  name,
  handle,
  ...(base ? { base } : {}),
  ...(comment === undefined ? {} : { comment }),
});

/** The chain without its rules: `nft flush chain`. */
export const emptyChain = (chain: NftChain): NftChain => ({ ...headOf(chain), rules: [] });

const sameBase = ({ base }: NftChain, head: NftChainHead): boolean =>
  base?.type === head.base?.type && base?.hook === head.base?.hook && base?.priority === head.base?.priority;

const sameValue = (a: NftElement, b: NftElement): boolean =>
  a.value === b.value && a.verdict?.kind === b.verdict?.kind && chainOf(a.verdict) === chainOf(b.verdict);

const chainOf = (verdict: NftElement['verdict']): string | undefined =>
  verdict && 'chain' in verdict ? verdict.chain : undefined;

/** Whether the chains and sets that a statement names exist. */
function resolves(table: NftTable, s: NftStatement): boolean {
  switch (s.kind) {
    case 'verdict':
      return !('chain' in s.verdict) || table.chains.has(s.verdict.chain);
    case 'vmap':
      return table.sets.has(s.map);
    case 'vmap-literal':
      return s.entries.every(({ verdict }) => !('chain' in verdict) || table.chains.has(verdict.chain));
    case 'dynset':
      return table.sets.has(s.set);
    case 'match':
      return s.right.kind !== 'set' || table.sets.has(s.right.name);
    default:
      return true;
  }
}
