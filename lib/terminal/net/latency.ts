// How long an echo takes. Nothing in the simulated network takes time, so the times are plausible ones: they differ from packet to
// packet, are shorter within a node than between nodes, and are the same whenever the same line is run at the same moment.
import type { Trace } from '@/lib/net/datapath/trace';

/** Milliseconds from a request to its answer, with three decimals; `at` tells packets of one program apart. */
export function roundTripMs(trace: Trace, at: number): number {
  const nodes = new Set(trace.path.map((place) => place.split(' ')[0])).size;
  const [least, spread] = nodes > 1 ? [0.28, 0.24] : [0.04, 0.06];
  let hash = 0x811c9dc5;
  for (const c of `${trace.source} ${trace.destination} ${at}`)
    hash = Math.imul(hash ^ c.charCodeAt(0), 0x01000193) >>> 0;
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
  return Math.round((least + spread * (hash / 2 ** 32)) * 1000) / 1000;
}
