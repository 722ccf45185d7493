// How nftables rules tell traffic of this cluster's (or node's) Pods from other traffic: pkg/proxy/util/localdetector.go.
import type { IPFamily } from '@/lib/kube/types';
import type { ProxyConfig } from '../config';
import { localDetector } from '../iptables/local-detector';
import type { NodeFacts } from '../node-facts';
import type { NftForm } from './form';
import type { NftDetector } from './service-plan';
import { familyWords, match } from './words';

export function nftDetector(
  config: ProxyConfig,
  facts: NodeFacts,
  family: IPFamily,
  form: NftForm,
): NftDetector {
  const told = localDetector(config, facts, family)?.(false);
  if (told?.kind === 'source') {
    const { saddr } = familyWords(family);
    return (not) => match(saddr, told.cidr, not ? '!=' : '==');
  }
  if (told?.kind !== 'in-interface') return null;
  const key = form.interfaceNames ? 'iifname' : 'iif';
  const name = told.name.replace(/\+$/, '*');
  return (not) => match({ kind: 'meta', key }, name, not ? '!=' : '==');
}
