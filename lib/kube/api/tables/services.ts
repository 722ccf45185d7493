// Models pkg/printers/internalversion/printers.go for Services, Endpoints and EndpointSlices.
import { joinHostPort } from '@/lib/core/ip';
import type { EndpointSlice, KubeObject, Service } from '@/lib/kube/types';
import { age } from './duration';
import { AGE, NAME, wide, type TableKind } from './types';

export const services: TableKind = {
  columns: [
    NAME,
    { name: 'Type' },
    { name: 'Cluster-IP' },
    { name: 'External-IP' },
    { name: 'Port(s)' },
    AGE,
    wide('Selector'),
  ],
  cells(object, now) {
    const service = object as Service;
    const { spec, metadata } = service;
    return [
      metadata.name ?? '',
      spec.type ?? '',
      spec.clusterIPs?.[0] ?? spec.clusterIP ?? '<none>',
      externalAddresses(service),
      portList(service),
      age(metadata.creationTimestamp, now),
      labelList(spec.selector),
    ];
  },
};

function externalAddresses({ spec, status }: Service): string {
  const external = spec.externalIPs ?? [];
  switch (spec.type) {
    case 'ClusterIP':
    case 'NodePort':
      return external.length ? external.join(',') : '<none>';
    case 'LoadBalancer': {
      const ingress = status?.loadBalancer?.ingress ?? [];
      const balancer = [...new Set(ingress.map((i) => i.ip || i.hostname || '').filter(Boolean))].sort();
      const all = [...balancer, ...external];
      return all.length ? all.join(',') : '<pending>';
    }
    case 'ExternalName':
      return spec.externalName ?? '';
    default:
      return '<unknown>';
  }
}

function portList({ spec }: Service): string {
  const ports = (spec.ports ?? []).map(
    (p) => `${p.port}${p.nodePort ? `:${p.nodePort}` : ''}/${p.protocol ?? 'TCP'}`,
  );
  return ports.length ? ports.join(',') : '<none>';
}

/** labels.FormatLabels: sorted k=v, "<none>" if there are none. */
export function labelList(labels: Readonly<Record<string, string>> | undefined): string {
  const pairs = Object.entries(labels ?? {}).map(([k, v]) => `${k}=${v}`);
  return pairs.length ? pairs.sort().join(',') : '<none>';
}

/** The first three, and how many more. */
export function firstThree(all: readonly string[]): string {
  const shown = all.slice(0, 3).join(',');
  return all.length > 3 ? `${shown} + ${all.length - 3} more...` : shown;
}

interface Subset {
  readonly addresses?: readonly { readonly ip: string }[];
  readonly ports?: readonly { readonly port: number }[];
}

export const endpoints: TableKind = {
  columns: [NAME, { name: 'Endpoints' }, AGE],
  cells(object, now) {
    const subsets = (object as KubeObject & { subsets?: readonly Subset[] }).subsets ?? [];
    const addresses = subsets.flatMap((s) =>
      s.ports?.length
        ? s.ports.flatMap((p) => (s.addresses ?? []).map((a) => joinHostPort(a.ip, p.port)))
        : (s.addresses ?? []).map((a) => a.ip),
    );
    const { name, creationTimestamp } = object.metadata;
    return [name ?? '', subsets.length ? firstThree(addresses) : '<none>', age(creationTimestamp, now)];
  },
};

export const endpointSlices: TableKind = {
  columns: [NAME, { name: 'AddressType' }, { name: 'Ports' }, { name: 'Endpoints' }, AGE],
  cells(object, now) {
    const slice = object as EndpointSlice;
    const ports = (slice.ports ?? []).map((p) => (p.port !== undefined ? String(p.port) : p.name || '*'));
    const addresses = (slice.endpoints ?? []).flatMap((e) => e.addresses);
    return [
      slice.metadata.name ?? '',
      slice.addressType,
      ports.length ? firstThree(ports) : '<unset>',
      addresses.length ? firstThree(addresses) : '<unset>',
      age(slice.metadata.creationTimestamp, now),
    ];
  },
};
