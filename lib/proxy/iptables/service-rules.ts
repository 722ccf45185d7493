// All rules of one service port, made once for each time that kube-proxy writes it.
import type { Chain, Rule } from '@/lib/net/ruleset/types';
import type { ServicePortInfo } from '../service-port';
import type { CategorizedEndpoints } from '../topology';
import { filterDispatch, natDispatch } from './dispatch-rules';
import { countOwnRules, ownChainNames, ownChains } from './service-chains';
import { servicePlan, type RuleContext, type ServicePlan } from './service-plan';

export class ServiceRules {
  /** For sync_proxy_rules_no_local_endpoints_total. */
  readonly lacksLocal: { readonly internal: boolean; readonly external: boolean };
  readonly chainNames: readonly string[];
  readonly #plan: ServicePlan;
  #nat: readonly Rule[] | undefined;
  #filter: readonly Rule[] | undefined;
  #chains: readonly Chain[] | undefined;
  #count: number | undefined;

  constructor(
    readonly service: ServicePortInfo,
    endpoints: CategorizedEndpoints,
    context: RuleContext,
    withComments: boolean,
    /** All endpoints of the service port, usable or not: what decides about a large cluster. */
    readonly endpointCount: number,
  ) {
    const p = servicePlan(service, endpoints, context, withComments);
    this.#plan = p;
    this.lacksLocal = {
      internal: p.hasEndpoints && !p.hasInternal,
      external: p.hasEndpoints && !p.hasExternal,
    };
    this.chainNames = ownChainNames(p);
  }

  /** Rules in the shared chains of nat and of filter, written in every sync. */
  get nat(): readonly Rule[] {
    this.#nat ??= natDispatch(this.#plan);
    return this.#nat;
  }

  get filter(): readonly Rule[] {
    this.#filter ??= filterDispatch(this.#plan);
    return this.#filter;
  }

  /** The service port's own chains, in the order of `chainNames`, made when somebody looks at them. */
  get chains(): readonly Chain[] {
    this.#chains ??= ownChains(this.#plan);
    return this.#chains;
  }

  /** The own chains' rules, for printing: made anew and not kept, unless somebody has looked at them before. */
  ownRules(): readonly Rule[] {
    return (this.#chains ?? ownChains(this.#plan)).flatMap((c) => c.rules);
  }

  /** How many rules there are, in the shared chains and in the own ones. */
  get ruleCount(): number {
    const p = this.#plan;
    this.#count ??=
      (this.#nat ?? natDispatch(p)).length + (this.#filter ?? filterDispatch(p)).length + countOwnRules(p);
    return this.#count;
  }
}
