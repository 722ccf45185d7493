// Which Services select a Pod, without looking at all Services: each Service with a selector is filed under one term of it, that
// with the fewest other Services. Takes the place of a Service lister's scan in endpointslice/util/controller_utils.go.
import { PersistentMap } from '@/lib/core/persistent-map';
import type { WatchEvent } from '@/lib/kube/api/types';
import type { Pod, Service } from '@/lib/kube/types';
import { equalJson, hasLabels, isPodReady, isPodTerminal, keyOf, type Labels } from './objects';

interface Filed {
  readonly term: string;
  readonly selector: Labels;
}

/** An immutable index of the Services' selectors. */
export class ServiceIndex {
  static readonly empty = new ServiceIndex(PersistentMap.empty(), PersistentMap.empty());

  private constructor(
    private readonly filed: PersistentMap<Filed>,
    /** "ns|key=value" → Service keys and their selectors. */
    private readonly terms: PersistentMap<PersistentMap<Labels>>,
  ) {}

  /** The index after a watch event of a Service. */
  with({ type, object }: WatchEvent): ServiceIndex {
    const key = keyOf(object);
    const selector = type === 'DELETED' ? undefined : (object as Service).spec.selector;
    const known = this.filed.get(key);
    if (known && selector && equalJson(known.selector, selector)) return this;
    const base = known ? this.#without(key, known) : this;
    const terms = Object.entries(selector ?? {}).map(
      ([k, v]) => `${object.metadata.namespace ?? ''}|${k}=${v}`,
    );
    const sizes = terms.map((term) => base.terms.get(term)?.size ?? 0);
    const term = terms[sizes.indexOf(Math.min(...sizes))];
    if (!selector || term === undefined) return base;
    const bucket = base.terms.get(term) ?? PersistentMap.empty<Labels>();
    return new ServiceIndex(
      base.filed.set(key, { term, selector }),
      base.terms.set(term, bucket.set(key, selector)),
    );
  }

  /** Keys of the Services that select a Pod with these labels, in no particular but in a steady order. */
  selecting(namespace: string, labels: Labels = {}): readonly string[] {
    const keys: string[] = [];
    for (const name in labels)
      for (const [key, selector] of this.terms.get(`${namespace}|${name}=${labels[name]}`)?.entries() ?? [])
        if (hasLabels(labels, selector)) keys.push(key);
    return keys;
  }

  #without(key: string, { term }: Filed): ServiceIndex {
    const bucket = this.terms.get(term)?.delete(key);
    return new ServiceIndex(
      this.filed.delete(key),
      bucket && bucket.size > 0 ? this.terms.set(term, bucket) : this.terms.delete(term),
    );
  }
}

/** The Services whose endpoints a Pod's event may change: those that selected it before and those that do now. */
export function servicesOf(index: ServiceIndex, { type, object, old }: WatchEvent): readonly string[] {
  const pod = object as Pod;
  const before = old as Pod | undefined;
  const namespace = pod.metadata.namespace ?? '';
  const hasAddress = (p: Pod | undefined): boolean => Boolean(p?.status?.podIP);
  if (!hasAddress(pod) && !hasAddress(before)) return [];
  const now = index.selecting(namespace, pod.metadata.labels);
  if (type !== 'MODIFIED' || !before) return now;
  const relabelled = !equalJson(before.metadata.labels, pod.metadata.labels);
  if (!relabelled) return sameForEndpoints(before, pod) ? [] : now;
  return [...new Set([...now, ...index.selecting(namespace, before.metadata.labels)])];
}

/** Nothing that an endpoint says changed between these (podEndpointsChanged). */
function sameForEndpoints(a: Pod, b: Pod): boolean {
  return (
    a.metadata.deletionTimestamp === b.metadata.deletionTimestamp &&
    isPodReady(a) === isPodReady(b) &&
    isPodTerminal(a) === isPodTerminal(b) &&
    a.spec.hostname === b.spec.hostname &&
    a.spec.subdomain === b.spec.subdomain &&
    equalJson(a.status?.podIPs, b.status?.podIPs)
  );
}
