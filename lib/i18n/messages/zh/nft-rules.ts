// 一句话说明 kube-proxy 的 nftables 表里一条规则或一个元素为什么存在。
export const nftRules = {
  'rule.nft.jump': 'kube-proxy 的基础链 {from} 把包送进它自己的链 {to}。',
  'rule.nft.mark': '给包打上 kube-proxy 的标记（默认 0x4000），包离开节点时由 masquerading 读取。',
  'rule.nft.invalid': 'conntrack 认不出的包会不经改写就发出去，导致客户端重置连接，所以丢弃。',
  'rule.nft.invalidPort':
    '目的地址是 ClusterIP，但没有哪个 Service 有这个端口：直接拒绝连接，不让包离开节点乱走。',
  'rule.nft.unallocated': '目的地址在 Service 网段 {cidrs} 内，但没有分配给任何 Service：丢弃这个包。',
  'rule.nft.serviceIPs': '按地址、协议、端口查一次 map 就找到 Service 的链，不管有多少个 Service。',
  'rule.nft.serviceNodePorts':
    '如果目的地址是本节点自己的地址，再按协议和端口查一次，找到 NodePort 所属的 Service。',
  'rule.nft.noEndpointServices':
    '查找没有端点可用（本节点没有，或者全都没有）的 Service：发给它们的包被拒绝或丢弃。',
  'rule.nft.noEndpointNodePorts': '同样的查找，针对没有端点可用的 NodePort。',
  'rule.nft.reject': '用 ICMP 回应拒绝这个包。map 里放不下 reject 本身，所以单独有一条链。',
  'rule.nft.firewallIPs': '配置了 loadBalancerSourceRanges 的负载均衡地址先在这里查，之后才改写目的地址。',
  'rule.nft.firewallAllow': 'loadBalancerSourceRanges 允许这个来源访问这个地址和端口：继续往下走。',
  'rule.nft.firewallDrop': '没有任何来源网段允许这个客户端：丢弃这个包。',
  'rule.nft.sourceRanges': '{service} 的 loadBalancerSourceRanges 只放行 {cidrs}，其余来源一律丢弃。',
  'rule.nft.choice': 'numgen 在 {of} 个值里随机取一个，用它查 map：{service} 的每个端点各得新连接的 1/{of}。',
  'rule.nft.remember': '把客户端记进集合，会话保持期间它会回到 {endpoint}。',
  'element.nft.clusterIP': '{ip} 是 {service} 的 ClusterIP：发往它没有的端口的包会被拒绝。',
  'element.nft.nodePortIP': 'NodePort 在 {ip} 上提供服务。',
  'element.nft.firewall': '访问 {service} 的负载均衡地址 {ip} 的客户端要先通过 {chain}。',
} as const;
