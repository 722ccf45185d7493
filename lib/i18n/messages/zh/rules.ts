// 一句话说明规则为什么存在。键是 Reason 的代码（lib/net/ruleset/types.ts），值是 ICU 消息。
import { nftObjects } from './nft-objects';
import { nftRules } from './nft-rules';

export const rules = {
  'rule.services.clusterIP':
    '发往 {service} 的 ClusterIP {ip}、端口 {port}/{protocol} 的包转到 {chain}。没有这条规则，节点不认识这个地址。',
  'rule.services.externalIP': '发往 {service} 的 external IP {ip}、端口 {port}/{protocol} 的包转到 {chain}。',
  'rule.services.loadBalancer':
    '发往 {service} 的负载均衡地址 {ip}、端口 {port}/{protocol} 的包转到 {chain}，收到包的节点不必再绕 NodePort。',
  'rule.services.nodePorts':
    '前面的规则都没有命中、目的又是本节点地址的包，可能是 NodePort 流量。这条规则必须排在最后。',
  'rule.nodePorts': '本节点的端口 {port}/{protocol} 属于 {service}，转到 {chain}。',
  'rule.nodePorts.localhost':
    '同一个 NodePort {port}，但从 127.0.0.0/8 访问：v1.31 起单独计数，因为 route_localnet 只为它打开。',
  'rule.noEndpoints': '{service} 一个端点也没有，所以发往 {at} 的新连接立即被拒绝，而不是等到超时。',
  'rule.noLocalEndpoints':
    '{service} 有端点，但都不在本节点，而流量策略是 Local：发往 {at} 的新连接被丢弃，没有任何回应。',
  'rule.firewall.drop':
    '走到这里、目的仍是 {ip} 的包没有被 {service} 的任何来源网段放行（{chain} 没有改写它），所以丢弃。',
  'rule.healthCheckNodePort':
    '负载均衡器通过端口 {port} 询问本节点有没有 {service} 的端点，这个请求总是放行。',
  'rule.svc.masquerade': '来自 Pod 网络之外的调用在这里打上标记，{service} 的回包才会经过本节点返回。',
  'rule.svc.masqueradeAll': '配置了 masqueradeAll：所有访问 {service} 的包都打上标记，做源地址转换。',
  'rule.svc.affinity':
    'sessionAffinity 为 ClientIP：过去 {seconds} 秒内到过 {endpoint} 的客户端直接送回那里，不再随机选择。',
  'rule.svc.only': '{endpoint} 是唯一的端点，不需要概率：每个新连接都到这里。',
  'rule.svc.first': '共 {of} 个端点，前面还没有分走流量：这条规则为 {endpoint} 取走新连接的 1/{of}。',
  'rule.svc.probability':
    '前面 {before} 条规则已分走 {before}/{of}，还剩 {left} 个端点，所以这条规则取走到达流量的 1/{left}：{left}/{of} × 1/{left} = 1/{of}。',
  'rule.svc.last': '前面已分走 {before}/{of}，剩下的 1/{of} 无条件送到 {endpoint}。',
  'rule.sep.hairpin':
    '发夹流量（hairpin）：Pod {ip} 访问 Service 又恰好选中自己时，必须藏起它的源地址，否则它会绕过节点直接回应自己。',
  'rule.sep.dnat': '把目的地址改写为 {endpoint}。这个连接后面的包由 conntrack 处理，不再经过这里。',
  'rule.sep.dnatSticky': '记住这个客户端（会话保持），并把目的地址改写为 {endpoint}。',
  'rule.ext.masquerade':
    'externalTrafficPolicy 为 Cluster：端点可能在别的节点，所以访问 {service} 的包要做源地址转换，Pod 看到的是节点地址。',
  'rule.ext.podTraffic':
    'externalTrafficPolicy Local 只约束集群外的流量：Pod 访问 {service} 的外部地址时可以用全部端点。',
  'rule.ext.masqueradeLocal': '本节点上的进程访问 {service} 的外部地址时，先打上标记做源地址转换……',
  'rule.ext.routeLocal': '……再和 Pod 一样，可以用 {service} 的全部端点。',
  'rule.ext.toLocal': '其余流量只送到本节点上 {service} 的端点，客户端源地址保持不变。',
  'rule.ext.toCluster': '送到 {service} 的全部端点，不论在哪个节点。',
  'rule.fw.allow': 'loadBalancerSourceRanges 放行来自 {cidr} 的客户端。',
  'rule.fw.allowNode': '有一个网段包含本节点：如果节点自己持有负载均衡地址，它发起的调用源地址就是 {cidr}。',
  'rule.fw.rest': '没有目标：包不经改写离开这条链，目的仍是负载均衡地址，随后被 KUBE-PROXY-FIREWALL 丢弃。',
  'rule.postrouting.unmarked': '没有 kube-proxy 标记的包与它无关，返回调用它的链。',
  'rule.postrouting.clear': '清除标记，避免同一个包被转换两次。',
  'rule.postrouting.masquerade': '把源地址改成出口网卡的地址。',
  'rule.markMasq': '给包打上 kube-proxy 的标记（默认 0x4000），包离开节点时由 KUBE-POSTROUTING 读取。',
  'rule.forward.marked': '打了标记的包允许转发，即使 FORWARD 的默认策略是 DROP。',
  'rule.forward.established': '已放行连接的回包和后续包允许转发。',
  'rule.forward.invalid': 'conntrack 认不出的包会不经改写就发出去，导致客户端重置连接，所以丢弃。',
  'rule.firewall.localnet':
    'route_localnet 让 NodePort 可以在 127.0.0.1 上访问；这条规则不让其他来源接触节点的 localhost（CVE-2020-8558）。',
  'rule.jump': 'kube-proxy 把自己的链 {to} 挂到内建链 {from} 上。',
  ...nftRules,
  ...nftObjects,
} as const;
