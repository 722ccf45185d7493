// Which Pods a Service knows, and why: its selector beside the labels of the Pods of its namespace, and what stands in its slices.
import type { EndpointSlice, Pod, Service } from '@/lib/kube/types';
import { SERVICE_NAME_LABEL } from '@/lib/sim';
import type { Inspected } from './inspected';

export interface BackingPod {
  readonly name: string;
  readonly ip: string;
  /** "key=value", sorted; `wanted`: the selector asks for exactly this one. */
  readonly labels: readonly { readonly text: string; readonly wanted: boolean }[];
  /** It carries all labels of the selector. */
  readonly matches: boolean;
  readonly ready: boolean;
  /** It is being deleted. */
  readonly leaving: boolean;
  /** A slice of the Service lists it as ready. */
  readonly listed: boolean;
}

export interface BackingSlice {
  readonly name: string;
  /** "http:8080/TCP"; a port without a name: "8080/TCP". */
  readonly ports: readonly string[];
  readonly addresses: readonly string[];
}

export interface Backing {
  /** null: there is no such Service. */
  readonly service: { readonly selector: readonly string[]; readonly clusterIP: string } | null;
  readonly pods: readonly BackingPod[];
  /** Pods beyond those given. */
  readonly more: number;
  readonly slices: readonly BackingSlice[];
}

const MOST_PODS = 12;

/** `service`: "namespace/name". */
export function backingOf({ api }: Inspected, service: string): Backing {
  const [namespace = '', name = ''] = service.split('/');
  const found = api.get<Service>('Service', namespace, name);
  const selector = Object.entries(found?.spec.selector ?? {}).map(([key, value]) => `${key}=${value}`);
  const slices = api.labelled<EndpointSlice>('EndpointSlice', namespace, { [SERVICE_NAME_LABEL]: name });
  const listed = new Set(
    slices.flatMap(({ endpoints }) =>
      (endpoints ?? []).flatMap((e) => (e.conditions?.ready === false ? [] : (e.targetRef?.name ?? []))),
    ),
  );
  const pods = api.list<Pod>('Pod', namespace).map((pod) => backingPod(pod, selector, listed));
  return {
    service: found ? { selector, clusterIP: found.spec.clusterIP ?? '' } : null,
    pods: pods.slice(0, MOST_PODS),
    more: Math.max(0, pods.length - MOST_PODS),
    slices: slices.map(sliceOf),
  };
}

function backingPod(
  { metadata, status }: Pod,
  selector: readonly string[],
  listed: ReadonlySet<string>,
): BackingPod {
  const labels = Object.entries(metadata.labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .toSorted();
  const name = metadata.name ?? '';
  return {
    name,
    ip: status?.podIP ?? '',
    labels: labels.map((text) => ({ text, wanted: selector.includes(text) })),
    // A Service without selector selects nothing (pkg/controller/endpointslice, syncService).
    matches: selector.length > 0 && selector.every((text) => labels.includes(text)),
    ready: status?.conditions?.some((c) => c.type === 'Ready' && c.status === 'True') ?? false,
    leaving: metadata.deletionTimestamp !== undefined,
    listed: listed.has(name),
  };
}

const sliceOf = ({ metadata, ports, endpoints }: EndpointSlice): BackingSlice => ({
  name: metadata.name ?? '',
  ports: (ports ?? []).map((p) => `${p.name ? `${p.name}:` : ''}${p.port ?? '*'}/${p.protocol ?? 'TCP'}`),
  addresses: (endpoints ?? []).flatMap((e) => (e.conditions?.ready === false ? [] : e.addresses)),
});
