// 一句话说明 kube-proxy 的 nftables 表里每条链、每个 set 和 map 做什么。
export const nftObjects = {
  'slot.nft.choice': 'numgen 取到 {slot}，连接就去 {endpoint}：{of} 个值里的一个，也就是新连接的 1/{of}。',
  'element.nft.remembered': '这个客户端之前被分到这个端点，有效期内还会回到这里。',
  'object.nft.base':
    '基础链：内核在 {hook} 钩子处直接调用，按优先级排序（这里是 {priority}，DNAT 是 −100）。',
  'object.nft.services':
    '每条新连接在这里走一次：查 @service-ips；目的地址是本节点自己的，再查 @service-nodeports。',
  'object.nft.service-endpoints-check': '发往没有端点可用的 Service 的连接，在离开节点之前就拦下。',
  'object.nft.nodeport-endpoints-check': '同样的检查，针对 NodePort。',
  'object.nft.endpoints-check': 'v1.29：拦下发往没有端点可用的 Service 和 NodePort 的连接。',
  'object.nft.firewall-check':
    '访问配置了 loadBalancerSourceRanges 的负载均衡地址，先在这里检查来源，再改写目的地址。',
  'object.nft.firewall-allow-check': 'v1.29：放行允许的来源，其余丢弃。',
  'object.nft.cluster-ips-check':
    '走到这里目的地址仍是 ClusterIP，说明没有被改写：Service 没有这个端口，拒绝这个包。',
  'object.nft.mark-for-masquerade': '打上标记，包离开节点时 masquerading 凭它认出来。',
  'object.nft.masquerading': '把带标记的包的源地址换成出口网卡的地址。',
  'object.nft.reject-chain': 'map 里只能放 verdict，放不下 reject：元素跳到这条链，由它拒绝。',
  'object.nft.@service-ips':
    '所有 ClusterIP、外部 IP、负载均衡 IP，连同协议和端口；查一次哈希表就找到 Service 的链。',
  'object.nft.@service-nodeports': '所有 NodePort；目的地址是本节点地址时才查。',
  'object.nft.@no-endpoint-services': '没有端点可用的 Service 的地址：元素写明拒绝还是丢弃。',
  'object.nft.@no-endpoint-nodeports': '没有端点可用的 Service 的 NodePort。',
  'object.nft.@firewall-ips': '配置了 loadBalancerSourceRanges 的负载均衡地址，各自对应检查来源的链。',
  'object.nft.@firewall': 'v1.29：配置了 loadBalancerSourceRanges 的负载均衡地址。',
  'object.nft.@firewall-allow': 'v1.29：哪些来源网段可以访问哪个负载均衡地址。',
  'object.nft.@cluster-ips': '集群里所有的 ClusterIP，不带端口。',
  'object.nft.@nodeport-ips': '本节点上提供 NodePort 的地址。',
  'object.nft.service-': '从这个 Service 端口的全部端点里选一个。',
  'object.nft.local-': '只从本节点的端点里选一个：流量策略是 Local。',
  'object.nft.external-':
    '发往 NodePort、外部 IP、负载均衡 IP 的流量先到这里：源地址怎么处理由 externalTrafficPolicy 决定。',
  'object.nft.firewall-': '丢弃 loadBalancerSourceRanges 没有放行的来源。',
  'object.nft.endpoint-': '一个端点：把目的地址改写成它的地址和端口。',
  'object.nft.affinity-': '为 sessionAffinity ClientIP 记住一个端点的客户端；到时间内核会自动忘掉。',
} as const;
