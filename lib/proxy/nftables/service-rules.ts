// All that one service port has in the table, worked out once for each time that kube-proxy writes it.
import type { NftOperation } from '@/lib/net/nft/operations';
import type { NftRule } from '@/lib/net/nft/types';
import type { ServicePortInfo } from '../service-port';
import type { CategorizedEndpoints } from '../topology';
import { affinitySets, ownChainNames, ownChainRules, ownRuleOperations } from './service-chains';
import { serviceElements, type PlacedElement } from './service-elements';
import { nftServicePlan, type NftContext, type NftServicePlan } from './service-plan';

export class NftServiceRules {
  /** For sync_proxy_rules_no_local_endpoints_total. */
  readonly lacksLocal: { readonly internal: boolean; readonly external: boolean };
  readonly #plan: NftServicePlan;
  #chainNames: readonly string[] | undefined;
  #elements: readonly PlacedElement[] | undefined;
  #ruleCount: number | undefined;

  constructor(
    readonly service: ServicePortInfo,
    endpoints: CategorizedEndpoints,
    context: NftContext,
  ) {
    const p = nftServicePlan(service, endpoints, context);
    this.#plan = p;
    this.lacksLocal = {
      internal: p.hasEndpoints && !p.hasInternal,
      external: p.hasEndpoints && !p.hasExternal,
    };
  }

  /** The port's own chains in the order in which kube-proxy makes them. */
  get chainNames(): readonly string[] {
    this.#chainNames ??= ownChainNames(this.#plan);
    return this.#chainNames;
  }

  get affinitySets() {
    return affinitySets(this.#plan);
  }

  /** Elements of the shared sets and maps, in the order in which kube-proxy writes them. */
  get elements(): readonly PlacedElement[] {
    this.#elements ??= serviceElements(this.#plan);
    return this.#elements;
  }

  chainRules(): Map<string, () => NftRule[]> {
    return ownChainRules(this.#plan);
  }

  /** What makes the port's chains and fills them; `write` turns an element into operations. */
  *operations(write: (placed: PlacedElement) => Iterable<NftOperation>): Generator<NftOperation> {
    for (const name of this.chainNames) {
      yield { verb: 'add', object: 'chain', chain: { name } };
      yield { verb: 'flush', object: 'chain', chain: { name } };
    }
    for (const placed of this.elements) yield* write(placed);
    yield* ownRuleOperations(this.#plan);
  }

  /** How many rules the port's own chains have. */
  get ruleCount(): number {
    if (this.#ruleCount !== undefined) return this.#ruleCount;
    let count = 0;
    for (const make of this.chainRules().values()) count += make().length;
    this.#ruleCount = count;
    return count;
  }
}
