// The load balancers of the cloud at work: health checks of their nodes, and where new connections go. Nobody polls here, so that a
// quiet cluster stays quiet: the checks beat in thought, and what is put into the queue is only the check that makes up their mind.
import type { IPFamily, Node } from '@/lib/kube/types';
import { PersistentMap } from '@/lib/core/persistent-map';
import { contains, parseCidr, parseIp } from '@/lib/core/ip';
import type { Announcement, Announcements } from '@/lib/kube/controllers/metallb/speaker';
import type { CloudBalancer, CloudBalancers } from '@/lib/kube/controllers/service/cloud';
import type { Call } from '@/lib/net/datapath/connect';
import type { Trace } from '@/lib/net/datapath/trace';
import { addressOf, type Address } from '@/lib/net/routing/address';
import type { Balancer } from '@/lib/net/routing/balancer';
import type { HealthAnswer } from '@/lib/proxy/healthcheck';
import type { HealthRequest } from './health-ports';

/** Where health checks and proxied connections come from: of the ranges for benchmarks and documentation (RFC 2544, RFC 3849). */
const OWN_ADDRESS: Readonly<Record<IPFamily, string>> = { IPv4: '198.18.0.10', IPv6: '2001:db8:18::10' };

/** What a balancer knows of one of its nodes. */
interface Check {
  readonly healthy: boolean;
  /** What a check made now would find. */
  readonly answers: boolean;
  /** When checks will have found that often enough to change their mind (virtual ms); undefined: they have no reason to. */
  readonly turnsAt: number | undefined;
}

export interface NodeHealth {
  readonly node: string;
  readonly healthy: boolean;
  /** When that will change if nothing else does (virtual ms). */
  readonly turnsAt?: number;
}

/** A balancer as views draw it. */
export interface BalancerState extends Omit<CloudBalancer, 'nodes'> {
  readonly nodes: readonly NodeHealth[];
}

export interface LoadBalancerSource {
  cloud(): CloudBalancers;
  announced(): Announcements;
  now(): number;
  node(name: string): Node | undefined;
  /** All ways that a connection can go. */
  outcomes(call: Call): readonly Trace[];
  healthPort(request: HealthRequest): HealthAnswer | undefined;
  /** Give this check back to `handle` at the virtual time `at`. */
  schedule(at: number, check: HealthCheckEvent): void;
}

/** The check that makes up a balancer's mind about a node. */
export interface HealthCheckEvent {
  readonly service: string;
  readonly node: string;
  readonly at: number;
}

/** Immutable. */
export type LoadBalancerState = PersistentMap<Check>;

const keyFor = (service: string, node: string): string => `${service}|${node}`;

export class LoadBalancers {
  #checks: LoadBalancerState = PersistentMap.empty();

  constructor(private readonly source: LoadBalancerSource) {}

  /** Something may have changed: on one node, or anywhere. */
  look(node?: string): void {
    const cloud = this.source.cloud();
    if (cloud.size === 0) {
      if (this.#checks.size > 0) this.#checks = PersistentMap.empty();
      return;
    }
    for (const balancer of cloud.values())
      for (const name of balancer.nodes)
        if (node === undefined || name === node) this.#lookAt(balancer, name);
    if (node === undefined) this.#forgetOthers(cloud);
  }

  /** A check that makes up its mind. */
  handle({ service, node, at }: HealthCheckEvent): void {
    const key = keyFor(service, node);
    const check = this.#checks.get(key);
    if (check?.turnsAt !== at) return;
    this.#checks = this.#checks.set(key, { ...check, healthy: check.answers, turnsAt: undefined });
  }

  /** All balancers with the health of their nodes. */
  list(): readonly BalancerState[] {
    return [...this.source.cloud().values()]
      .map((balancer) => ({
        ...balancer,
        nodes: balancer.nodes.map((node) => {
          const check = this.#checks.get(keyFor(balancer.service, node));
          return {
            node,
            healthy: check?.healthy ?? false,
            ...(check?.turnsAt === undefined ? {} : { turnsAt: check.turnsAt }),
          };
        }),
      }))
      .toSorted((a, b) => (a.service < b.service ? -1 : 1));
  }

  /** What MetalLB announces for a Service ("ns/name"). */
  announcement(service: string): Announcement | undefined {
    return this.source.announced().get(service);
  }

  /** The balancer, or the announcing node, that has an address. */
  at(address: Address): Balancer | undefined {
    for (const balancer of this.source.cloud().values())
      if (balancer.addresses.some((text) => addressOf(text)?.text === address.text))
        return this.#datapath(balancer);
    for (const { service, addresses, node } of this.source.announced().values())
      if (addresses.some((text) => addressOf(text)?.text === address.text)) return announced(service, node);
    return undefined;
  }

  snapshot(): LoadBalancerState {
    return this.#checks;
  }

  restore(state: LoadBalancerState): void {
    this.#checks = state;
  }

  #lookAt(balancer: CloudBalancer, node: string): void {
    const { now, schedule } = { now: this.source.now(), schedule: this.source.schedule };
    const key = keyFor(balancer.service, node);
    const before = this.#checks.get(key);
    const answers = this.#answers(balancer, node);
    if (before?.answers === answers) return;
    const healthy = before?.healthy ?? false;
    const turnsAt =
      answers === healthy ? undefined : this.#turningPoint(balancer, answers, before ? now : now - 1);
    this.#checks = this.#checks.set(key, { healthy, answers, turnsAt });
    if (turnsAt !== undefined) schedule(turnsAt, { service: balancer.service, node, at: turnsAt });
  }

  /** The check that finds the new state often enough, if it began after `since` (virtual ms). Checks beat from the balancer's first moment. */
  #turningPoint({ healthCheck, since: start }: CloudBalancer, answers: boolean, since: number): number {
    const beat = healthCheck.intervalSeconds * 1000;
    const first = start + Math.max(0, Math.floor((since - start) / beat) + 1) * beat;
    const threshold = answers ? healthCheck.healthyThreshold : healthCheck.unhealthyThreshold;
    return first + (threshold - 1) * beat;
  }

  /** One check: GET the path on the node's health port, through the node's own rules. */
  #answers({ addresses, healthCheck: { port, path } }: CloudBalancer, node: string): boolean {
    const family: IPFamily = parseIp(addresses[0] ?? '')?.family ?? 'IPv4';
    const to = nodeAddress(this.source.node(node), family);
    if (to === undefined) return false;
    const ways = this.source.outcomes({ from: { external: OWN_ADDRESS[family] }, to, port, protocol: 'tcp' });
    if (ways.length === 0 || ways.some((way) => way.verdict !== 'delivered')) return false;
    return this.source.healthPort({ node, port, path, family })?.status === 200;
  }

  #forgetOthers(cloud: CloudBalancers): void {
    for (const key of this.#checks.keys()) {
      const [service = '', node = ''] = key.split('|');
      if (!cloud.get(service)?.nodes.includes(node)) this.#checks = this.#checks.delete(key);
    }
  }

  #datapath(balancer: CloudBalancer): Balancer {
    const portOf = (protocol: string, port: number) =>
      balancer.ports.find((p) => p.port === port && (p.protocol ?? 'TCP').toLowerCase() === protocol);
    return {
      service: balancer.service,
      mode: balancer.ipMode === 'Proxy' ? 'proxy' : 'vip',
      nodes: balancer.nodes.filter((node) => this.#checks.get(keyFor(balancer.service, node))?.healthy),
      admits(protocol, port, client) {
        if (!portOf(protocol, port)) return 'no-port';
        // In VIP mode kube-proxy sees the address and filters itself.
        const closed = balancer.ipMode === 'Proxy' && !isAdmitted(balancer.sourceRanges, client);
        return closed ? 'source-range' : 'yes';
      },
      backend: (protocol, port, node, family) => {
        const source = addressOf(OWN_ADDRESS[family]);
        const destination = addressOf(nodeAddress(this.source.node(node), family) ?? '');
        const nodePort = portOf(protocol, port)?.nodePort;
        return source && destination && nodePort ? { source, destination, port: nodePort } : undefined;
      },
    };
  }
}

/** One node answers for the address: what it does with the packet is its own business. */
const announced = (service: string, node: string | undefined): Balancer => ({
  service,
  mode: 'layer2',
  nodes: node === undefined ? [] : [node],
  admits: () => 'yes',
  backend: () => undefined,
});

function isAdmitted(ranges: readonly string[], { text }: Address): boolean {
  const ip = parseIp(text);
  return (
    ranges.length === 0 ||
    ranges.some((range) => {
      const cidr = parseCidr(range);
      return cidr !== undefined && ip !== undefined && contains(cidr, ip);
    })
  );
}

const nodeAddress = (node: Node | undefined, family: IPFamily): string | undefined =>
  node?.status?.addresses?.find((a) => a.type === 'InternalIP' && parseIp(a.address)?.family === family)
    ?.address;
