// /proc/net/xt_recent of a node: one file for each list that a rule refers to, one line for each address in it (net/netfilter/xt_recent.c
// recent_seq_show). The kernel goes through its hash table; here the addresses stand in the order in which they were last seen. The files
// can be read, not written to.
import type { Node } from '@/lib/kube/types';
import { recentNames } from '@/lib/net/datapath/recent-names';
import { lastStamp, type Seen } from '@/lib/net/datapath/recent';
import type { Cluster } from '@/lib/sim';

/** CONFIG_HZ of Debian's kernels, and where they begin to count (include/linux/jiffies.h INITIAL_JIFFIES). */
const HZ = 250;
const INITIAL_JIFFIES = 2 ** 32 - 300 * HZ;

/** The lists' files by path; the node booted when it joined the cluster. */
export function recentFiles(node: Node, cluster: Cluster): ReadonlyMap<string, () => string> {
  const name = node.metadata.name ?? '';
  const booted = Date.parse(node.metadata.creationTimestamp ?? '') || 0;
  const lists = new Set(
    cluster.families(name).flatMap((family) => {
      const rules = cluster.rules(name, family);
      return rules ? [...recentNames(rules)] : [];
    }),
  );
  return new Map(
    [...lists].sort().map((list) => [
      `/proc/net/xt_recent/${list}`,
      () =>
        cluster.network
          .kernel(name)
          .recent.clients(list)
          .map(([client, seen]) => line(client, seen, booted))
          .join(''),
    ]),
  );
}

function line(client: string, seen: Seen, booted: number): string {
  const jiffies = (at: number): number => INITIAL_JIFFIES + Math.floor(((at - booted) * HZ) / 1000);
  const stamps = seen.stamps.map(jiffies).join(', ');
  return `src=${client} ttl: ${seen.ttl} last_seen: ${jiffies(lastStamp(seen))} oldest_pkt: ${seen.index} ${stamps}\n`;
}
