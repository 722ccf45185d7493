// Why a rule exists, in one sentence. Keys are the codes of Reason (lib/net/ruleset/types.ts); values are ICU messages.
import { nftObjects } from './nft-objects';
import { nftRules } from './nft-rules';

export const rules = {
  'rule.services.clusterIP':
    'Packets to the ClusterIP {ip}, port {port}/{protocol}, of {service} go on to {chain}. Without this rule the address means nothing to the node.',
  'rule.services.externalIP':
    'Packets to the external IP {ip}, port {port}/{protocol}, of {service} go on to {chain}.',
  'rule.services.loadBalancer':
    'Packets to the load balancer’s address {ip}, port {port}/{protocol}, of {service} go on to {chain}, so a node that receives them needs no node port.',
  'rule.services.nodePorts':
    'Whatever no rule above has taken and is addressed to this node itself may be for a node port. It must come last.',
  'rule.nodePorts': 'Port {port}/{protocol} of this node belongs to {service}: it goes on to {chain}.',
  'rule.nodePorts.localhost':
    'The same node port {port} called on 127.0.0.0/8: counted apart since v1.31, because route_localnet is on only for this.',
  'rule.noEndpoints':
    '{service} has no endpoint at all, so new connections to {at} are refused at once instead of timing out.',
  'rule.noLocalEndpoints':
    '{service} has endpoints, but none on this node, and its traffic policy is Local: new connections to {at} are dropped without an answer.',
  'rule.firewall.drop':
    'A packet to {ip} that comes here was let through by no source range of {service} (it was not translated by {chain}), so it is dropped.',
  'rule.healthCheckNodePort':
    'The load balancer asks port {port} whether this node has an endpoint of {service}; its question is always let in.',
  'rule.svc.masquerade':
    'Callers from outside the Pod network are marked here, so that the answer of {service} comes back through this node.',
  'rule.svc.masqueradeAll': 'masqueradeAll is set: every caller of {service} is marked for source NAT.',
  'rule.svc.affinity':
    'sessionAffinity ClientIP: a client that reached {endpoint} in the last {seconds} seconds is sent there again, before one is drawn at random.',
  'rule.svc.only':
    '{endpoint} is the only endpoint, so it needs no probability: every new connection goes there.',
  'rule.svc.first':
    '{of} endpoints, nothing taken yet: this rule takes 1/{of} of the new connections for {endpoint}.',
  'rule.svc.probability':
    '{before, plural, one {The rule before has} other {The # rules before have}} taken {before}/{of}; {left} endpoints are left, so this rule takes 1/{left} of what reaches it: {left}/{of} × 1/{left} = 1/{of}.',
  'rule.svc.last': '{before}/{of} are taken; what is left, 1/{of}, goes to {endpoint} without a condition.',
  'rule.sep.hairpin':
    'Hairpin: if the Pod {ip} itself calls the Service and is chosen, its own address must be hidden, or it would answer itself past the node.',
  'rule.sep.dnat':
    'The destination is rewritten to {endpoint}. Later packets of the connection follow conntrack and do not come here again.',
  'rule.sep.dnatSticky':
    'The client is remembered for session affinity, and the destination is rewritten to {endpoint}.',
  'rule.ext.masquerade':
    'externalTrafficPolicy Cluster: the endpoint may be on another node, so callers of {service} are marked for source NAT; the Pod sees the node’s address.',
  'rule.ext.podTraffic':
    'externalTrafficPolicy Local binds traffic from outside only: a Pod that calls an outer address of {service} may use all endpoints.',
  'rule.ext.masqueradeLocal':
    'This node’s own processes that call an outer address of {service} are marked for source NAT …',
  'rule.ext.routeLocal': '… and may use all endpoints of {service}, as Pods may.',
  'rule.ext.toLocal':
    'Everything else goes to the endpoints of {service} on this node only, with the client’s address untouched.',
  'rule.ext.toCluster': 'On to all endpoints of {service}, on whatever node they are.',
  'rule.fw.allow': 'loadBalancerSourceRanges lets callers from {cidr} through.',
  'rule.fw.allowNode':
    'A range contains this node: if it carries the load balancer’s address itself, its calls have {cidr} as their source.',
  'rule.fw.rest':
    'No target: the packet leaves the chain untranslated, still bound for the load balancer’s address, and KUBE-PROXY-FIREWALL drops it.',
  'rule.postrouting.unmarked':
    'A packet without kube-proxy’s mark is not its business: back to the calling chain.',
  'rule.postrouting.clear': 'The mark is taken off, so that the packet is not masqueraded twice.',
  'rule.postrouting.masquerade':
    'The source becomes the address of the interface by which the packet leaves.',
  'rule.markMasq':
    'Sets kube-proxy’s mark (by default 0x4000) on the packet; KUBE-POSTROUTING reads it when the packet leaves.',
  'rule.forward.marked': 'Marked packets may be forwarded, even where the policy of FORWARD is DROP.',
  'rule.forward.established':
    'Answers and everything else of a connection that was let through may be forwarded.',
  'rule.forward.invalid':
    'A packet that conntrack cannot place would leave untranslated and make the client reset the connection, so it is dropped.',
  'rule.firewall.localnet':
    'route_localnet lets node ports answer on 127.0.0.1; this rule keeps everybody else away from the node’s localhost (CVE-2020-8558).',
  'rule.jump': 'kube-proxy hooks its chain {to} into the built-in chain {from}.',
  ...nftRules,
  ...nftObjects,
} as const;
