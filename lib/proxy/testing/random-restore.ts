// What kube-proxy of a random cluster feeds to iptables-restore in its first sync, with its jumps, so that it can be loaded alone.
import type { IPFamily } from '@/lib/kube/types';
import { LEARNER_VERSIONS } from '@/lib/kube/versions';
import type { RestoreInput } from '@/lib/net/ruleset/restore-input';
import { proxyConfig } from '../config';
import { jumpRules } from '../iptables/fixed-rules';
import { IptablesProxier } from '../iptables/proxier';
import { NODE_FACTS_ANNOTATION, nodeFacts } from '../node-facts';
import { randomCluster } from './random-cluster';

/** Of the versions in turn; `counters`: the node has nfacct counters. */
export function restoreInput(seed: number, family: IPFamily, counters = false): RestoreInput {
  const cluster = randomCluster(seed, family, 12);
  const version = LEARNER_VERSIONS[seed % LEARNER_VERSIONS.length] ?? '1.32';
  const annotations = counters ? {} : { [NODE_FACTS_ANNOTATION]: JSON.stringify({ nfacct: [] }) };
  const facts = nodeFacts({ ...cluster.node, metadata: { ...cluster.node.metadata, annotations } }, version);
  const proxier = new IptablesProxier({ config: proxyConfig(cluster.config), facts, version, family });
  for (const s of cluster.services) proxier.setService(`${s.metadata.namespace}/${s.metadata.name}`, s);
  for (const s of cluster.slices) proxier.setEndpointSlice(`${s.metadata.namespace}/${s.metadata.name}`, s);
  const { restore } = proxier.sync({ sinceCleanupMs: 0 });
  const jumps = jumpRules(
    family,
    restore.tables.some((t) => t.chains.some((c) => c.name === 'KUBE-FIREWALL')),
  );
  return {
    tables: restore.tables.map((t) => ({ ...t, appended: t.name === 'nat' ? jumps.nat : jumps.filter })),
  };
}
