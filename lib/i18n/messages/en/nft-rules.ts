// Why a rule or an element of kube-proxy's nftables table exists, in one sentence.
export const nftRules = {
  'rule.nft.jump': 'kube-proxy’s base chain {from} sends packets through its chain {to}.',
  'rule.nft.mark':
    'Sets kube-proxy’s mark (by default 0x4000) on the packet; masquerading reads it when the packet leaves.',
  'rule.nft.invalid':
    'A packet that conntrack cannot place would leave untranslated and make the client reset the connection, so it is dropped.',
  'rule.nft.invalidPort':
    'The destination is a ClusterIP, but no Service has this port: the connection is refused instead of wandering off the node.',
  'rule.nft.unallocated':
    'The destination is in the Service range {cidrs}, but no Service has the address: the packet is dropped.',
  'rule.nft.serviceIPs':
    'One look-up of address, protocol and port in a map finds the Service’s chain, however many Services there are.',
  'rule.nft.serviceNodePorts':
    'If the destination is one of this node’s own addresses, a second look-up, of protocol and port, finds the node port’s Service.',
  'rule.nft.noEndpointServices':
    'A look-up of Services that no endpoint on this node or anywhere can answer: their packets are refused or dropped.',
  'rule.nft.noEndpointNodePorts': 'The same for node ports that no endpoint can answer.',
  'rule.nft.reject':
    'Refuses the packet with an ICMP answer. It has a chain of its own because a map cannot hold reject itself.',
  'rule.nft.firewallIPs':
    'Load balancer addresses with loadBalancerSourceRanges are looked up here before anything is translated.',
  'rule.nft.firewallAllow': 'Address, port and caller are allowed by loadBalancerSourceRanges: go on.',
  'rule.nft.firewallDrop': 'No source range allows this caller: the packet is dropped.',
  'rule.nft.sourceRanges':
    'loadBalancerSourceRanges of {service} lets in {cidrs} only; every other caller is dropped.',
  'rule.nft.choice':
    'numgen draws one of {of, plural, one {# value} other {# values}}, and the map says where it leads: each endpoint of {service} gets 1/{of} of the new connections.',
  'rule.nft.remember':
    'The client is remembered in a set, so that for the time of its session affinity it comes back to {endpoint}.',
  'element.nft.clusterIP':
    '{ip} is the ClusterIP of {service}: packets to ports that it does not have are refused.',
  'element.nft.nodePortIP': 'Node ports are served on {ip}.',
  'element.nft.firewall': 'Callers of the load balancer’s address {ip} of {service} must pass {chain} first.',
} as const;
