// What belongs to no Service: the table, base chains and their jumps, sets and maps, masquerading (pkg/proxy/nftables/proxier.go
// setupNFTables).
import type { FieldRef, Reason } from '@/lib/net/ruleset/types';
import type { NftChainHead, NftOperation, NftSetHead } from '@/lib/net/nft/operations';
import type { NftExpr, NftRule, NftStatement } from '@/lib/net/nft/types';
import type { NftForm } from './form';
import {
  ctState,
  DROP,
  inSet,
  jump,
  LOCAL_DESTINATION,
  match,
  MARK_CHAIN,
  RETURN,
  TRANSPORT,
  vmap,
  type FamilyWords,
} from './words';

export interface SetupInput {
  readonly form: NftForm;
  readonly words: FamilyWords;
  readonly masqueradeBit: number;
  /** The node's addresses that accept node ports; null: all but loopback. */
  readonly nodePortIPs: readonly string[] | null;
  /** Service CIDRs of the family, if they are known. */
  readonly serviceCIDRs: readonly string[];
  /** nf_conntrack_tcp_be_liberal is set. */
  readonly liberal: boolean;
  /** This process has not written anything yet. */
  readonly firstSync: boolean;
}

const add = (object: 'set' | 'map', set: NftSetHead): NftOperation => ({ verb: 'add', object, set });
const flushSet = (object: 'set' | 'map', name: string): NftOperation => ({
  verb: 'flush',
  object,
  set: { name, types: [], flags: [] },
});
const addChain = (chain: NftChainHead): NftOperation[] => [
  { verb: 'add', object: 'chain', chain },
  { verb: 'flush', object: 'chain', chain: { name: chain.name } },
];
const reason = (code: string, params: Reason['params'] = {}): Reason => ({ code, params });
const configField = (path: string): FieldRef[] => [
  { kind: 'ConfigMap', namespace: 'kube-system', name: 'kube-proxy', path: `data["config.conf"].${path}` },
];
const addRule = (
  chain: string,
  statements: readonly NftStatement[],
  about: Pick<NftRule, 'comment' | 'origin' | 'reason'>,
): NftOperation => ({ verb: 'add', object: 'rule', chain, rule: { statements, ...about } });

/** The operations of a full sync that come before those of the Services. */
export function* setupOperations(input: SetupInput): Generator<NftOperation> {
  const { form } = input;
  yield { verb: 'add', object: 'table', comment: 'rules for kube-proxy' };
  const made = new Set<string>();
  yield* baseChains(input);
  yield* jumpChains(form, made);
  yield* topLevelChains(form.topLevelChains, made);
  yield* masqueradeRules(input.masqueradeBit);
  if (form.dropsInvalid && !input.liberal)
    yield addRule('forward', [ctState('invalid'), DROP], { reason: reason('rule.nft.invalid') });
  if (form.checksClusterIPs) yield* clusterIPsCheck(input);
  yield* nodePortIPs(input);
  yield* endpointsCheck(input);
  yield* firewall(input, made);
  yield* dispatch(input);
  yield* emptied(form);
}

function* baseChains({ form, firstSync }: SetupInput): Generator<NftOperation> {
  if (firstSync && form.recreatesBaseChains)
    for (const { name } of form.baseChains) {
      yield { verb: 'add', object: 'chain', chain: { name } };
      yield { verb: 'delete', object: 'chain', chain: { name } };
    }
  for (const { name, type, hook, priority } of form.baseChains)
    yield* addChain({ name, base: { type, hook, priority, policy: 'accept' } });
}

function* topLevelChains(names: readonly string[], made: Set<string>): Generator<NftOperation> {
  for (const name of names) {
    if (made.has(name)) continue;
    made.add(name);
    yield* addChain({ name });
  }
}

function* jumpChains(form: NftForm, made: Set<string>): Generator<NftOperation> {
  for (const { to, from, onlyNew } of form.jumpChains) {
    yield* topLevelChains([to], made);
    yield addRule(from, [...(onlyNew ? [ctState('new')] : []), jump(to)], {
      reason: reason('rule.nft.jump', { from, to }),
    });
  }
}

function* masqueradeRules(bit: number): Generator<NftOperation> {
  const mark: NftExpr = { kind: 'meta', key: 'mark' };
  const right = (1 << bit) >>> 0;
  const origin = configField('nftables.masqueradeBit');
  yield addRule(MARK_CHAIN, [{ kind: 'mark', value: { kind: 'binary', op: '|', left: mark, right } }], {
    origin,
    reason: reason('rule.nft.mark'),
  });
  yield addRule(
    'masquerading',
    [match({ kind: 'binary', op: '&', left: mark, right }, { kind: 'mark', value: 0 }), RETURN],
    { origin, reason: reason('rule.postrouting.unmarked') },
  );
  yield addRule('masquerading', [{ kind: 'mark', value: { kind: 'binary', op: '^', left: mark, right } }], {
    origin,
    reason: reason('rule.postrouting.clear'),
  });
  yield addRule('masquerading', [{ kind: 'masquerade', flags: ['fully-random'] }], {
    origin,
    reason: reason('rule.postrouting.masquerade'),
  });
}

function* clusterIPsCheck({ words, serviceCIDRs }: SetupInput): Generator<NftOperation> {
  yield add('set', {
    name: 'cluster-ips',
    types: [words.address],
    flags: [],
    comment: 'Active ClusterIPs',
  });
  yield addRule('cluster-ips-check', [inSet(words.daddr, 'cluster-ips'), { kind: 'reject' }], {
    comment: 'Reject traffic to invalid ports of ClusterIPs',
    reason: reason('rule.nft.invalidPort'),
  });
  if (!serviceCIDRs.length) return;
  const unallocated = match(words.daddr, { kind: 'literal', elements: serviceCIDRs, tight: true });
  yield addRule('cluster-ips-check', [unallocated, DROP], {
    comment: 'Drop traffic to unallocated ClusterIPs',
    reason: reason('rule.nft.unallocated', { cidrs: serviceCIDRs.join(', ') }),
  });
}

function* nodePortIPs({ words, nodePortIPs: ips }: SetupInput): Generator<NftOperation> {
  const name = 'nodeport-ips';
  const comment = 'IPs that accept NodePort traffic';
  yield add('set', { name, types: [words.address], flags: [], comment });
  if (!ips) {
    yield { verb: 'delete', object: 'set', set: { name, types: [], flags: [] } };
    return;
  }
  yield flushSet('set', name);
  for (const ip of ips)
    yield {
      verb: 'add',
      object: 'element',
      set: name,
      element: {
        key: [ip],
        origin: configField('nodePortAddresses'),
        reason: reason('element.nft.nodePortIP', { ip }),
      },
    };
}

/** Which packets may be for a node port. */
const toNodePort = ({ words, nodePortIPs: ips }: SetupInput): NftStatement[] =>
  ips ? [inSet(words.daddr, 'nodeport-ips')] : [LOCAL_DESTINATION, words.noLocalhost];

function* endpointsCheck(input: SetupInput): Generator<NftOperation> {
  const { form, words, nodePortIPs: ips } = input;
  yield add('map', {
    name: 'no-endpoint-services',
    types: [words.address, 'inet_proto', 'inet_service'],
    mapTo: 'verdict',
    flags: [],
    comment: 'vmap to drop or reject packets to services with no endpoints',
  });
  yield add('map', {
    name: 'no-endpoint-nodeports',
    types: ['inet_proto', 'inet_service'],
    mapTo: 'verdict',
    flags: [],
    comment: 'vmap to drop or reject packets to service nodeports with no endpoints',
  });
  const comment = 'helper for @no-endpoint-services / @no-endpoint-nodeports';
  yield* addChain({ name: 'reject-chain', comment });
  yield addRule('reject-chain', [{ kind: 'reject' }], { reason: reason('rule.nft.reject') });
  yield addRule(form.endpointsCheckChain, [vmap(words.destination, 'no-endpoint-services')], {
    reason: reason('rule.nft.noEndpointServices'),
  });
  // In filter-input, where this chain is used from v1.30, every destination is local anyway.
  const local = form.nodePortCheckChain === form.endpointsCheckChain || ips;
  const where = local ? toNodePort(input) : [words.noLocalhost];
  yield addRule(form.nodePortCheckChain, [...where, vmap(TRANSPORT, 'no-endpoint-nodeports')], {
    reason: reason('rule.nft.noEndpointNodePorts'),
  });
}

function* firewall({ form, words }: SetupInput, made: Set<string>): Generator<NftOperation> {
  const comment = 'destinations that are subject to LoadBalancerSourceRanges';
  const types = [words.address, 'inet_proto', 'inet_service'];
  if (form.firewallChains) {
    yield add('map', { name: 'firewall-ips', types, mapTo: 'verdict', flags: [], comment });
    yield* topLevelChains(['firewall-check'], made);
    yield addRule('firewall-check', [vmap(words.destination, 'firewall-ips')], {
      reason: reason('rule.nft.firewallIPs'),
    });
    return;
  }
  yield add('set', { name: 'firewall', types, flags: [], comment });
  yield add('set', {
    name: 'firewall-allow',
    types: [...types, words.address],
    flags: ['interval'],
    comment: 'destinations+sources that are allowed by LoadBalancerSourceRanges',
  });
  yield* topLevelChains(['firewall-check', 'firewall-allow-check'], made);
  const withSource: NftExpr = {
    kind: 'concat',
    parts: [...(words.destination.kind === 'concat' ? words.destination.parts : []), words.saddr],
  };
  yield addRule('firewall-check', [inSet(words.destination, 'firewall'), jump('firewall-allow-check')], {
    reason: reason('rule.nft.firewallIPs'),
  });
  yield addRule('firewall-allow-check', [inSet(withSource, 'firewall-allow'), RETURN], {
    reason: reason('rule.nft.firewallAllow'),
  });
  yield addRule('firewall-allow-check', [DROP], { reason: reason('rule.nft.firewallDrop') });
}

function* dispatch(input: SetupInput): Generator<NftOperation> {
  const { words } = input;
  yield add('map', {
    name: 'service-ips',
    types: [words.address, 'inet_proto', 'inet_service'],
    mapTo: 'verdict',
    flags: [],
    comment: 'ClusterIP, ExternalIP and LoadBalancer IP traffic',
  });
  yield add('map', {
    name: 'service-nodeports',
    types: ['inet_proto', 'inet_service'],
    mapTo: 'verdict',
    flags: [],
    comment: 'NodePort traffic',
  });
  yield addRule('services', [vmap(words.destination, 'service-ips')], {
    reason: reason('rule.nft.serviceIPs'),
  });
  yield addRule('services', [...toNodePort(input), vmap(TRANSPORT, 'service-nodeports')], {
    origin: configField('nodePortAddresses'),
    reason: reason('rule.nft.serviceNodePorts'),
  });
}

/** Sets and maps that a full sync fills anew. */
function* emptied(form: NftForm): Generator<NftOperation> {
  if (form.partialSync) {
    yield flushSet('set', 'cluster-ips');
    for (const name of ['service-ips', 'firewall-ips', 'no-endpoint-services', 'no-endpoint-nodeports'])
      yield flushSet('map', name);
    yield flushSet('map', 'service-nodeports');
    return;
  }
  if (form.checksClusterIPs) yield flushSet('set', 'cluster-ips');
  if (form.firewallChains) yield flushSet('map', 'firewall-ips');
  else for (const name of ['firewall', 'firewall-allow']) yield flushSet('set', name);
  for (const name of ['no-endpoint-services', 'no-endpoint-nodeports', 'service-ips', 'service-nodeports'])
    yield flushSet('map', name);
}
