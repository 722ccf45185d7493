// The product's own functions as the conformance suite's runner wants them: for what one printed sync cannot show.
import { hintsEnabled, reconcileSlices } from '@/lib/kube/controllers/endpointslice/conformance';
import type { EndpointSlice, IPFamily, KubeObject, Node, Service } from '@/lib/kube/types';
import type { K8sVersion } from '@/lib/kube/versions';
import { printRestore } from '@/lib/net/ruleset/restore-input';
import { proxyConfig } from '@/lib/proxy/config';
import { endpointsByPort, serviceOfSlice, type EndpointInfo } from '@/lib/proxy/endpoints';
import { traceFlow, type Flow } from '@/lib/proxy/flow';
import { probability } from '@/lib/proxy/iptables/names';
import { IptablesProxier } from '@/lib/proxy/iptables/proxier';
import { nodeFacts } from '@/lib/proxy/node-facts';
import { servicePorts } from '@/lib/proxy/service-port';
import { FedObjects, ofKind } from './conformance-objects';
import { createNftablesProxy, type NftablesInit } from './conformance-nftables';
import { categorizeEndpoints as categorize } from '@/lib/proxy/topology';

interface ProxyInit extends NftablesInit {
  readonly mode: string;
}

export { chainNames, serviceCIDRs } from './conformance-nftables';
export { hintsEnabled, reconcileSlices };
export const k8sVersions: readonly K8sVersion[] = ['1.28', '1.29', '1.30', '1.31', '1.32', '1.33'];

export function createProxy(init: ProxyInit) {
  if (init.mode === 'nftables') return createNftablesProxy(init);
  if (init.mode !== 'iptables') throw new Error(`mode ${init.mode} is not modelled`);
  const config = proxyConfig(init.config, 'iptables');
  const facts = nodeFacts(init.node, init.k8sVersion);
  const proxier = new IptablesProxier({ config, facts, version: init.k8sVersion, family: init.ipFamily });
  const fed = new FedObjects();
  return {
    sync(
      objects: KubeObject[],
      options: { forceFull: boolean; elapsedSeconds: number; kernelChains?: { nat: string[] } },
    ) {
      fed.replace(proxier, objects);
      const result = proxier.sync({
        forceFull: options.forceFull,
        sinceCleanupMs: options.elapsedSeconds * 1000,
        ...(options.kernelChains ? { kernelChains: options.kernelChains.nat } : {}),
      });
      return {
        fullSync: result.fullSync,
        restore: printRestore(result.restore),
        metrics: { noLocalEndpoints: result.noLocalEndpoints },
      };
    },
    restoreFailed: () => proxier.restoreFailed(),
  };
}

export function categorizeEndpoints(input: {
  service: Service;
  servicePort: string;
  endpointSlices: EndpointSlice[];
  node: Node;
  ipFamily: IPFamily;
  k8sVersion: K8sVersion;
  featureGates: Record<string, boolean>;
}) {
  const facts = nodeFacts(input.node, input.k8sVersion);
  const options = { family: input.ipFamily, version: input.k8sVersion, featureGates: input.featureGates };
  const port = servicePorts(input.service, options).find((p) => p.servicePort === input.servicePort);
  if (!port) throw new Error(`the Service has no port "${input.servicePort}"`);
  const lists = endpointsByPort(input.endpointSlices, facts.name);
  const own = [...lists].find(([key]) => key.startsWith(`${input.servicePort}/`))?.[1] ?? [];
  const result = categorize(own, port, {
    nodeName: facts.name,
    nodeLabels: facts.labels,
    version: input.k8sVersion,
    featureGates: input.featureGates,
  });
  const addresses = (list: readonly EndpointInfo[] | null): string[] | null =>
    list && list.map((e) => e.address);
  return {
    cluster: addresses(result.cluster),
    local: addresses(result.local),
    all: addresses(result.all),
    hasAny: result.hasAny,
  };
}

/** The --probability texts for n endpoints; the last endpoint has none. */
export const probabilities = (n: number): string[] =>
  Array.from({ length: Math.max(0, n - 1) }, (_, i) => probability(n - i));

export const traceRules = (input: { restore: string; flow: Flow; localIPs: string[] }) =>
  traceFlow(input.restore, input.flow, input.localIPs ?? []);

const portsOf = (init: ProxyInit, objects: readonly KubeObject[]) =>
  [...ofKind<Service>(objects, 'Service').values()].flatMap((s) =>
    servicePorts(s, {
      family: init.ipFamily,
      version: init.k8sVersion,
      featureGates: proxyConfig(init.config).featureGates,
    }),
  );

export function serviceMap(input: ProxyInit & { objects: KubeObject[] }) {
  const ports = portsOf(input, input.objects);
  const healthCheckNodePorts: Record<string, number> = {};
  for (const p of ports)
    if (p.healthCheckNodePort) healthCheckNodePorts[`${p.namespace}/${p.name}`] = p.healthCheckNodePort;
  return { servicePorts: ports.length, healthCheckNodePorts };
}

/** Endpoints of every service port by "ns/name:port/PROTO". */
function endpointMap(input: ProxyInit, objects: readonly KubeObject[]): Map<string, readonly EndpointInfo[]> {
  const name = input.node.metadata.name ?? '';
  const byService = new Map<string, EndpointSlice[]>();
  for (const slice of ofKind<EndpointSlice>(objects, 'EndpointSlice').values()) {
    const service = serviceOfSlice(slice, input.ipFamily);
    if (service) byService.set(service, [...(byService.get(service) ?? []), slice]);
  }
  const all = new Map<string, readonly EndpointInfo[]>();
  for (const [service, slices] of byService)
    for (const [port, list] of endpointsByPort(slices, name)) {
      const [portName = '', protocol = ''] = port.split('/');
      all.set(`${service}${portName ? ':' + portName : ''}/${protocol}`, list);
    }
  return all;
}

export function endpointsMap(input: ProxyInit & { objects: KubeObject[]; previous: KubeObject[] }) {
  const now = endpointMap(input, input.objects);
  const endpoints: Record<string, { endpoint: string; isLocal: boolean }[]> = {};
  const localReadyEndpoints: Record<string, number> = {};
  const seen = new Set<string>();
  for (const [key, list] of now) {
    endpoints[key] = list.map((e) => ({ endpoint: e.address, isLocal: e.isLocal }));
    const service = key.split(/[:/]/).slice(0, 2).join('/');
    for (const e of list) {
      if (!e.isLocal || !e.ready || seen.has(`${service} ${e.ip}`)) continue;
      seen.add(`${service} ${e.ip}`);
      localReadyEndpoints[service] = (localReadyEndpoints[service] ?? 0) + 1;
    }
  }
  return { endpoints, localReadyEndpoints };
}
