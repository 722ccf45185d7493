// What the chains, sets and maps of kube-proxy's nftables table are for, and its slots, in one sentence each.
export const nftObjects = {
  'slot.nft.choice':
    'If numgen draws {slot}, the connection goes to {endpoint}: one value of {of}, so 1/{of} of the new connections.',
  'element.nft.remembered':
    'This client was sent to the endpoint before; until its time is up it goes there again.',
  'object.nft.base':
    'A base chain: the kernel itself calls it at the hook {hook}, in the order of priorities (here {priority}; DNAT is −100).',
  'object.nft.services':
    'Every new connection passes here once: a look-up in @service-ips, and for the node’s own addresses one in @service-nodeports.',
  'object.nft.service-endpoints-check':
    'Stops connections to Services that no endpoint can answer, before they leave the node.',
  'object.nft.nodeport-endpoints-check': 'The same check for node ports.',
  'object.nft.endpoints-check':
    'v1.29: stops connections to Services and node ports that no endpoint can answer.',
  'object.nft.firewall-check':
    'Callers of load balancer addresses with loadBalancerSourceRanges are checked before the destination is rewritten.',
  'object.nft.firewall-allow-check': 'v1.29: lets the allowed callers go on and drops all others.',
  'object.nft.cluster-ips-check':
    'What still has a ClusterIP as its destination here was not translated: the Service has no such port, so the packet is refused.',
  'object.nft.mark-for-masquerade': 'Sets the mark by which masquerading knows the packet when it leaves.',
  'object.nft.masquerading': 'Gives marked packets the address of the outgoing interface as their source.',
  'object.nft.reject-chain':
    'A map cannot hold reject, only a verdict: its elements go to this chain, which rejects.',
  'object.nft.@service-ips':
    'All ClusterIPs, external IPs and load balancer IPs with protocol and port; one hash look-up finds the Service’s chain.',
  'object.nft.@service-nodeports': 'All node ports; used if the destination is an address of this node.',
  'object.nft.@no-endpoint-services':
    'Addresses of Services that cannot be answered: the element says whether to reject or to drop.',
  'object.nft.@no-endpoint-nodeports': 'Node ports of Services that cannot be answered.',
  'object.nft.@firewall-ips':
    'Load balancer addresses whose Services have loadBalancerSourceRanges, each with the chain that checks the caller.',
  'object.nft.@firewall': 'v1.29: load balancer addresses whose Services have loadBalancerSourceRanges.',
  'object.nft.@firewall-allow': 'v1.29: which source ranges may call which load balancer address.',
  'object.nft.@cluster-ips': 'All ClusterIPs of the cluster, without ports.',
  'object.nft.@nodeport-ips': 'The node’s addresses that serve node ports.',
  'object.nft.service-': 'Chooses one of all endpoints of the Service port.',
  'object.nft.local-': 'Chooses one of the endpoints on this node: the traffic policy is Local.',
  'object.nft.external-':
    'Traffic to a node port, an external IP or a load balancer IP comes here first: externalTrafficPolicy decides about the source address.',
  'object.nft.firewall-': 'Drops callers that loadBalancerSourceRanges does not allow.',
  'object.nft.endpoint-': 'One endpoint: the destination is rewritten to its address and port.',
  'object.nft.affinity-':
    'Remembers the clients of one endpoint for sessionAffinity ClientIP; the kernel forgets each of them when its time is up.',
} as const;
