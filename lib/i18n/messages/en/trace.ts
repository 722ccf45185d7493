// The way of a connection in words: steps of packets, how it ended, and calls that cannot be tried.
export const trace = {
  'step.jump': 'goes on in {chain}',
  'step.goto': 'goes on in {chain}, not to come back here',
  'step.return': 'goes back to the calling chain',
  'step.accept': 'is let through',
  'step.drop': 'is dropped without an answer',
  'step.reject': 'is refused with {with}',
  'step.mark': 'carries the mark {mark} now',
  'step.dnat': 'has its destination rewritten from {from} to {to}',
  'step.snat': 'has its source rewritten from {from} to {to}',
  'step.masquerade': 'is masqueraded: its source becomes {to} instead of {from}',
  'step.translateBack': 'is translated as conntrack has it for this connection',
  'step.count': 'is counted and goes on',
  'step.remember': 'makes the node remember the client',
  'step.queue': 'is handed to a queue that nobody reads',
  'step.other': 'meets the target {target}, which changes nothing here',
  'step.policy': 'has met no verdict: the chain’s policy is {verdict}',
  'step.conntrack': 'is {state} for conntrack',
  'step.tableFull':
    'finds the conntrack table full and is dropped (nf_conntrack: table full, dropping packet)',
  'step.martian': 'is thrown away by the routing code: its source or destination must not be on this wire',
  'step.noForwarding': 'is thrown away: this node passes no packets on (net.ipv4.ip_forward = 0)',
  'step.networkPolicy.ingressAllowed': 'may go to {pod}: {rule} of the NetworkPolicy {policy} allows it',
  'step.networkPolicy.egressAllowed': 'may leave {pod}: {rule} of the NetworkPolicy {policy} allows it',
  'step.networkPolicy.ingressDenied':
    'is dropped without an answer: {pod} is isolated for ingress ({policies}), and no rule allows it',
  'step.networkPolicy.egressDenied':
    'is dropped without an answer: {pod} is isolated for egress ({policies}), and no rule allows it',
  'step.networkPolicy.ingressOpen': 'may go to {pod}: no NetworkPolicy isolates it for ingress',
  'step.networkPolicy.egressOpen': 'may leave {pod}: no NetworkPolicy isolates it for egress',
  'step.networkPolicy.fromNode': 'is the node’s own, which no NetworkPolicy stops',
  'step.networkPolicy.established': 'belongs to a known connection, which NetworkPolicies let pass',
  'step.networkPolicy.icmp6': 'is ICMPv6, which this network plugin lets pass whatever the policies say',
  'step.route.local': 'is for this node itself',
  'step.route.pod': 'is routed to the Pod {pod}, by {device}',
  'step.route.noPod': 'is routed to the Pod network of this node ({device}), where nobody has the address',
  'step.route.node': 'is routed to {node}, by {device}',
  'step.route.away': 'is routed out of the cluster, by {device}',
  'step.balancer.vip':
    'is handed over to {node} unchanged, still addressed to {ip} (nodes that pass the health check: {nodes})',
  'step.balancer.proxy':
    'is sent on to the NodePort {port} of {node} from the balancer’s own address (nodes that pass the health check: {nodes})',
  'step.balancer.back': 'gets back the addresses that the client knows',
  'step.balancer.noNode': 'ends here: no node passes the health check',
  'step.balancer.noPort': 'ends here: the Service {service} has no such port ({port})',
  'step.balancer.sourceRange': 'ends here: {source} is in none of loadBalancerSourceRanges',
  'step.balancer.layer2': 'goes to {node}, which alone answers ARP or neighbour discovery for {ip}',
  'step.balancer.nobodyAnnounces': 'ends here: no node answers ARP or neighbour discovery for {ip}',

  'verdict.delivered': 'A process answered and the client got the answer.',
  'verdict.nothingListens':
    'The packet arrived, but nothing listens on port {port}: connection refused by reset.',
  'verdict.udpPortUnreachable':
    'The packet arrived, but nothing listens on port {port}: an ICMP error comes back.',
  'verdict.rejected': 'A rule on {node} refuses the connection ({with}).',
  'verdict.droppedByRule': 'A rule on {node} drops the packet; the client waits in vain.',
  'verdict.ingressDenied':
    '{pod} is isolated for ingress ({policies}) and no rule of its NetworkPolicies allows this: {node} drops the packet, the client waits in vain.',
  'verdict.egressDenied':
    '{pod} is isolated for egress ({policies}) and no rule of its NetworkPolicies allows this: {node} drops the packet, the client waits in vain.',
  'verdict.notPermitted':
    'A rule on {node} stops the packet as it is sent: the process hears “Operation not permitted”.',
  'verdict.answerDropped': 'The request arrived, but {node} drops the answer.',
  'verdict.answerLost': 'The request arrived, but the answer finds no way back.',
  'verdict.answerStrange':
    'The answer comes from {from}, past the node that translated the request. The client knows no such connection and discards it.',
  'verdict.nobodyHasAddress':
    'Nobody translated {ip}, and no host has that address: the packet left the cluster for nowhere.',
  'verdict.noRouteOutside':
    'Hosts outside have no route to {ip}: it belongs to the cluster’s own Pod and Service networks. The next router throws the packet away, the client waits in vain.',
  'verdict.noPodHasAddress':
    'No Pod has the address {ip} any more: after three seconds the client hears “No route to host”.',
  'verdict.martian': '{node} throws the packet away: its source or destination must not be on this wire.',
  'verdict.noForwarding': '{node} passes no packets on (net.ipv4.ip_forward = 0), so the packet ends there.',
  'verdict.loop': 'The packet goes round between nodes until its time to live is over.',
  'verdict.nodeDown': '{node} has no power: nobody answers there.',
  'verdict.noHealthyNode':
    'No node passes the load balancer’s health check, so the connection to {ip} ends there.',
  'verdict.balancerPort': 'The load balancer of {ip} has no port {port}: it lets the packet fall.',
  'verdict.balancerSource':
    'The load balancer of {ip} lets only loadBalancerSourceRanges in, and {source} is in none of them.',
  'verdict.noAnnouncer':
    'No node announces {ip}: nobody answers ARP or neighbour discovery, and a neighbour hears “No route to host”.',
  'verdict.noAnswer': 'No answer.',

  'call.noAddress': '"{text}" is no IP address; write one like 10.96.0.10 or fd00::10',
  'call.family': '{from} and {to} are of different IP families; use two of one family',
  'call.noNode': 'there is no node {name}; look at the names of the Nodes',
  'call.noPod': 'there is no Pod {name} with a node and an address; look at the names of the Pods',
  'call.noPodAddress': 'the Pod {name} has no {family} address; use the other family',
  'call.noNodeAddress': 'the node {name} has no {family} address; use the other family',

  delivered: 'delivered',
  rejected: 'rejected',
  dropped: 'dropped',
  reset: 'reset',
  unreachable: 'unreachable',
  head: '{from} calls {to}',
  reached: '{endpoint} answers and sees {source}',
  reachedPod: '{endpoint} ({pod}) answers and sees {source}',
  via: 'by {node}',
  onNode: 'On {node}',
  onNetwork: 'On the network of the nodes',
  atBalancer: 'At the load balancer of {service}',
  answerAtBalancer: 'The answer at the load balancer of {service}',
  answer: 'The answer on {node}',
  packet: 'The packet {what}.',
} as const;
