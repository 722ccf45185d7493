// One entry for each service port, in an order in which the ports of a Service stand side by side: what the proxiers keep.
import type { ServicePortInfo } from './service-port';

export type ServiceEntry<T> = readonly [key: string, value: T];

/** Sorts like "ns/name:port", with the ports of one Service side by side. */
export const entryKey = (port: ServicePortInfo): string =>
  `${port.namespace}/${port.name}\0${port.servicePort}\0${port.protocol}`;

/** Where the entries of a Service ("ns/name") stand. */
export function rangeOf<T>(
  entries: readonly ServiceEntry<T>[],
  service: string,
): [start: number, end: number] {
  return [lowerBound(entries, `${service}\0`), lowerBound(entries, `${service}\u0001`)];
}

/** The first place whose key is not smaller. */
export function lowerBound<T>(entries: readonly ServiceEntry<T>[], key: string): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.[0] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
