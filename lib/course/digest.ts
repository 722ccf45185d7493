// A fingerprint of a cluster: the hash of all its objects and of the rules of all its nodes. Two clusters with the same digest are
// the same, byte for byte; it shows that a log replays to the same state in a browser, in Node and on a server.
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { kinds } from '@/lib/kube/api/kinds';
import { tupleKey } from '@/lib/net/conntrack/tuple';
import { listRuleset } from '@/lib/net/nft/list';
import { printSave } from '@/lib/net/ruleset/save';
import type { Cluster } from '@/lib/sim';

/**
 * SHA-256, in hexadecimal, of clock, objects (by kind, namespace, name), `iptables-save -c` of every node and family, `nft list ruleset`,
 * and every node's conntrack table.
 */
export function stateDigest(cluster: Cluster): string {
  const hash = sha256.create();
  const add = (text: string): void => void hash.update(utf8ToBytes(`${text}\n`));
  add(`${cluster.k8s} ${cluster.now}`);
  for (const { kind } of kinds())
    for (const object of cluster.api.list(kind)) add(JSON.stringify(object, sortedKeys));
  for (const node of cluster.nodes) {
    const nftables = cluster.network.nftables(node);
    if (nftables.length) add(`${node}\n${listRuleset(nftables)}`);
    for (const family of cluster.families(node)) {
      const rules = cluster.network.countedRules(node, family);
      add(`${node} ${family}\n${rules ? printSave(rules, { counters: true }) : ''}`);
    }
  }
  for (const node of cluster.nodes)
    for (const { id, original, reply, state, since } of cluster.network.conntrack(node))
      add(`${node} ${id} ${tupleKey(original)} ${tupleKey(reply)} ${state ?? ''} ${since}`);
  return bytesToHex(hash.digest());
}

/** For JSON.stringify: the order in which fields were set does not count. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
