// What CoreDNS answers for cluster.local and for reverse names: plugin/kubernetes with kubeadm's Corefile (pods insecure, ttl 30).
// https://github.com/coredns/coredns/tree/master/plugin/kubernetes (kubernetes.go, parse.go, reverse.go).
import { canonicalIp } from '@/lib/core/ip';
import type { ApiReader } from '@/lib/kube/api/types';
import type { EndpointSlice, KubeObject, Service } from '@/lib/kube/types';
import { addressOfReverse, type Answer, type Question, type ResourceRecord } from './message';

export const CLUSTER_ZONE = 'cluster.local.';
const TTL = 30;
const SERVICE_NAME = 'kubernetes.io/service-name';

/** One endpoint or ClusterIP behind a name. */
interface Target {
  readonly address: string;
  readonly port: number;
  /** The name that an SRV record points to. */
  readonly name: string;
}

/** Looks up a name of the cluster; undefined: not this zone's (it is forwarded). `now` (ms) is the SOA's serial. */
export function clusterAnswer(question: Question, api: ApiReader, now: number): Answer | undefined {
  const name = question.name.toLowerCase();
  if (/\.(?:in-addr|ip6)\.arpa\.$/.test(name)) return reverseAnswer(question, name, api);
  if (name !== CLUSTER_ZONE && !name.endsWith(`.${CLUSTER_ZONE}`)) return undefined;
  const labels = name === CLUSTER_ZONE ? [] : name.slice(0, -CLUSTER_ZONE.length - 1).split('.');
  const zone = new Zone(question, api, now);
  return zone.lookUp(labels);
}

class Zone {
  constructor(
    private readonly question: Question,
    private readonly api: ApiReader,
    private readonly now: number,
  ) {}

  lookUp(labels: readonly string[]): Answer {
    const [first = '', second] = labels;
    if (labels.length === 0) return this.#apex();
    if (labels.length === 1 && (first === 'svc' || first === 'pod')) return this.#found([]);
    if (first === 'dns-version' && second === undefined)
      return this.#found(this.question.type === 'TXT' ? [this.#record('TXT', '"1.1.0"')] : []);
    if (first === 'ns' && second === 'dns' && labels.length === 2) return this.#nameServer();
    const kind = labels.at(-1);
    const namespace = labels.at(-2);
    if ((kind !== 'svc' && kind !== 'pod') || namespace === undefined) return this.#nothing();
    if (!this.api.get<KubeObject>('Namespace', '', namespace)) return this.#nothing();
    const rest = labels.slice(0, -2);
    if (rest.length === 0) return this.#found([]);
    return kind === 'pod' ? this.#pod(rest) : this.#service(namespace, rest);
  }

  #apex(): Answer {
    switch (this.question.type) {
      case 'SOA':
        return this.#found([this.#soa()]);
      case 'NS':
        return this.#found([this.#record('NS', `ns.dns.${CLUSTER_ZONE}`)]);
      default:
        return this.#found([]);
    }
  }

  #nameServer(): Answer {
    const dns = this.api.get<Service>('Service', 'kube-system', 'kube-dns');
    return this.#addresses(clusterIPs(dns));
  }

  /** 10-244-1-5.default.pod: the address in the name, whoever has it. */
  #pod(rest: readonly string[]): Answer {
    const [label = ''] = rest;
    const v4 = /^\d{1,3}(?:-\d{1,3}){3}$/.test(label);
    const address = v4 ? label.replaceAll('-', '.') : label.replaceAll('-', ':');
    if (rest.length !== 1 || (!v4 && !/^[0-9a-f:]*:[0-9a-f:]*$/.test(address))) return this.#nothing();
    return this.#addresses([address]);
  }

  /** [endpoint.]service, or _port._protocol.service. */
  #service(namespace: string, rest: readonly string[]): Answer {
    const name = rest.at(-1) ?? '';
    const service = this.api.get<Service>('Service', namespace, name);
    if (!service || rest.length > 3) return this.#nothing();
    const before = rest.slice(0, -1);
    const endpoint = before.length === 1 ? before[0] : undefined;
    const [port, protocol] = before.length === 2 ? before.map((l) => l.replace(/^_/, '')) : [];
    if (service.spec.type === 'ExternalName') {
      if (before.length > 0) return this.#nothing();
      return this.#external(service.spec.externalName ?? '');
    }
    const headless = !service.spec.clusterIP || service.spec.clusterIP === 'None';
    const targets =
      headless || endpoint !== undefined
        ? this.#endpoints(namespace, name, endpoint, port, protocol)
        : this.#clusterIPTargets(service, port, protocol);
    return targets.length === 0 ? this.#nothing() : this.#targets(targets);
  }

  #external(target: string): Answer {
    // An address instead of a name is no CNAME; CoreDNS leaves it out.
    if (target === '' || /^[\d.]+$/.test(target) || target.includes(':')) return this.#nothing();
    return this.#found([this.#record('CNAME', target.endsWith('.') ? target : `${target}.`)]);
  }

  #clusterIPTargets({ metadata, spec }: Service, port?: string, protocol?: string): Target[] {
    const name = `${metadata.name ?? ''}.${metadata.namespace ?? ''}.svc.${CLUSTER_ZONE}`;
    const ips = spec.clusterIPs?.length ? spec.clusterIPs : [spec.clusterIP ?? ''];
    return (spec.ports ?? [])
      .filter(
        (p) =>
          port === undefined || ((p.name ?? '') === port && (p.protocol ?? 'TCP').toLowerCase() === protocol),
      )
      .flatMap((p) => ips.map((address) => ({ address, port: p.port, name })));
  }

  /** Endpoints that are not unready; a headless Service without any does not exist, as far as DNS is concerned. */
  #endpoints(
    namespace: string,
    service: string,
    endpoint?: string,
    port?: string,
    protocol?: string,
  ): Target[] {
    const slices = this.api.labelled<EndpointSlice>('EndpointSlice', namespace, { [SERVICE_NAME]: service });
    return slices.flatMap(({ endpoints, ports }) => {
      const known = ports?.length ? ports : [{ name: '', port: -1, protocol: 'TCP' as const }];
      const own = known.filter(
        (p) =>
          port === undefined || ((p.name ?? '') === port && (p.protocol ?? 'TCP').toLowerCase() === protocol),
      );
      return (endpoints ?? [])
        .filter((e) => e.conditions?.ready !== false)
        .flatMap((e) =>
          e.addresses.flatMap((text) => {
            const address = canonicalIp(text);
            const hostname = endpointHostname(address, e.hostname);
            if (endpoint !== undefined && endpoint !== hostname) return [];
            return own.map((p) => ({
              address,
              port: p.port ?? 0,
              name: `${hostname}.${service}.${namespace}.svc.${CLUSTER_ZONE}`,
            }));
          }),
        );
    });
  }

  #targets(targets: readonly Target[]): Answer {
    if (this.question.type === 'SRV') return this.#srv(targets);
    return this.#addresses(targets.map((t) => t.address));
  }

  #srv(targets: readonly Target[]): Answer {
    const seen = new Map<string, Target>();
    for (const t of targets) if (t.port > 0) seen.set(`${t.name} ${t.port}`, t);
    const weight = Math.max(1, Math.floor(100 / Math.max(1, seen.size)));
    const hosts = new Map(targets.map((t) => [`${t.name} ${t.address}`, t]));
    return {
      ...this.#found([...seen.values()].map((t) => this.#record('SRV', `0 ${weight} ${t.port} ${t.name}`))),
      additional: [...hosts.values()].map((t) => ({
        name: t.name,
        ttl: TTL,
        type: t.address.includes(':') ? 'AAAA' : 'A',
        data: t.address,
      })),
    };
  }

  #addresses(addresses: readonly string[]): Answer {
    const { type } = this.question;
    if (type !== 'A' && type !== 'AAAA') return this.#found([]);
    const own = [...new Set(addresses)].filter((a) => a.includes(':') === (type === 'AAAA'));
    return this.#found(own.map((a) => this.#record(type, a)));
  }

  #record(type: ResourceRecord['type'], data: string): ResourceRecord {
    return { name: this.question.name, ttl: TTL, type, data };
  }

  #soa(): ResourceRecord {
    const serial = Math.floor(this.now / 1000);
    const data = `ns.dns.${CLUSTER_ZONE} hostmaster.${CLUSTER_ZONE} ${serial} 7200 1800 86400 ${TTL}`;
    return { name: CLUSTER_ZONE, ttl: TTL, type: 'SOA', data };
  }

  /** The name is there; without records of the type the answer is empty (NODATA). */
  #found(answers: readonly ResourceRecord[]): Answer {
    return { ...AUTHORITATIVE, answers, authority: answers.length ? [] : [this.#soa()] };
  }

  #nothing(): Answer {
    return { ...AUTHORITATIVE, status: 'NXDOMAIN', authority: [this.#soa()] };
  }
}

const AUTHORITATIVE: Answer = {
  status: 'NOERROR',
  authoritative: true,
  recursive: false,
  answers: [],
  authority: [],
  additional: [],
};

const clusterIPs = (service: Service | undefined): readonly string[] =>
  service?.spec.clusterIPs ?? (service?.spec.clusterIP ? [service.spec.clusterIP] : []);

/** plugin/kubernetes endpointHostname: the endpoint's hostname, else its address with dashes. */
const endpointHostname = (address: string, hostname: string | undefined): string =>
  hostname ?? address.replace(/[.:]/g, '-');

/** PTR: a ClusterIP is its Service; the address of an endpoint is its name behind each of its Services. */
function reverseAnswer({ name: asked, type }: Question, name: string, api: ApiReader): Answer | undefined {
  const text = addressOfReverse(name);
  if (text === undefined) return undefined;
  const address = canonicalIp(text);
  const named = namesOf(address, api);
  if (named.length === 0) return undefined;
  const answers =
    type === 'PTR' ? named.map((data): ResourceRecord => ({ name: asked, ttl: TTL, type: 'PTR', data })) : [];
  return { ...AUTHORITATIVE, answers };
}

function namesOf(address: string, api: ApiReader): string[] {
  for (const service of api.list<Service>('Service'))
    if (clusterIPs(service).some((ip) => ip !== 'None' && canonicalIp(ip) === address))
      return [`${service.metadata.name ?? ''}.${service.metadata.namespace ?? ''}.svc.${CLUSTER_ZONE}`];
  const names: string[] = [];
  for (const { metadata, endpoints } of api.list<EndpointSlice>('EndpointSlice')) {
    const service = metadata.labels?.[SERVICE_NAME];
    if (service === undefined) continue;
    for (const e of endpoints ?? [])
      if (e.conditions?.ready !== false && e.addresses.some((a) => canonicalIp(a) === address))
        names.push(
          `${endpointHostname(address, e.hostname)}.${service}.${metadata.namespace ?? ''}.svc.${CLUSTER_ZONE}`,
        );
  }
  return [...new Set(names)];
}
