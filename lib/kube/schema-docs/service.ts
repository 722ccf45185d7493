// Service, ServiceSpec, ServicePort: facts from k8s.io/api/core/v1/types.go, pkg/apis/core/v1/defaults.go, pkg/apis/core/validation
// and pkg/proxy/iptables/proxier.go.
import { field, text, type TypeDocs } from './types';

export const serviceDocs: TypeDocs = {
  'v1.Service': {
    about: text(
      'A stable address, and a name in DNS, for a changing set of Pods.',
      '一组会变动的 Pod 的固定地址和 DNS 名称。',
    ),
    fields: {
      spec: field(
        'How the Service is reached, and which Pods answer.',
        '从哪里访问这个 Service，由哪些 Pod 应答。',
      ),
      status: field('What a load balancer reported.', '负载均衡器上报的状态。'),
    },
  },
  'v1.ServiceSpec': {
    about: text(
      'How the Service is reached, and which Pods answer.',
      '从哪里访问这个 Service，由哪些 Pod 应答。',
    ),
    fields: {
      type: field(
        'From where the Service can be reached: from inside the cluster (ClusterIP), on a port of every node too (NodePort), through a load balancer too (LoadBalancer), or nowhere but as a DNS alias (ExternalName).',
        '从哪里能访问：集群内（ClusterIP）、再加每个节点的一个端口（NodePort）、再加负载均衡器（LoadBalancer），或只是一个 DNS 别名（ExternalName）。',
        {
          default: 'ClusterIP',
          rules: text(
            'NodePort and LoadBalancer add a rule in KUBE-NODEPORTS and a KUBE-EXT chain; ExternalName has no rules.',
            'NodePort 和 LoadBalancer 会多出 KUBE-NODEPORTS 里的规则和 KUBE-EXT 链；ExternalName 没有规则。',
          ),
        },
      ),
      selector: field(
        'Labels that a Pod of the same namespace must carry, all of them, to be an endpoint. Without a selector no EndpointSlices are made for the Service.',
        '同一命名空间里，带有全部这些标签的 Pod 才是端点。不写 selector，就不会为它生成 EndpointSlice。',
        {
          rules: text(
            'Decides which KUBE-SEP chains there are. If no ready Pod matches, a REJECT rule takes their place.',
            '决定有哪些 KUBE-SEP 链。没有就绪的 Pod 匹配时，换成一条 REJECT 规则。',
          ),
        },
      ),
      ports: field(
        'The ports of the Service, at most one for each protocol and number. With more than one, each needs a name.',
        'Service 的端口；同一协议和端口号只能有一个。多于一个时，每个都要有 name。',
        {
          rules: text(
            'Each port has chains of its own: one KUBE-SVC, and one KUBE-SEP for each endpoint.',
            '每个端口有自己的一套链：一条 KUBE-SVC，每个端点一条 KUBE-SEP。',
          ),
        },
      ),
      clusterIP: field(
        'The virtual address. Left out, the server picks one from the service CIDR; None makes the Service headless. It cannot be changed afterwards.',
        '虚拟地址。不写时由服务器从 Service 网段中分配；写 None 就是无头 Service。之后不能修改。',
        {
          values: ['None'],
          rules: text(
            'The -d of the rules in KUBE-SERVICES; a headless Service has no rules.',
            'KUBE-SERVICES 里规则的 -d；无头 Service 没有规则。',
          ),
        },
      ),
      clusterIPs: field(
        'The virtual addresses, one for each IP family; the first equals clusterIP.',
        '虚拟地址，每个 IP 协议族一个；第一个与 clusterIP 相同。',
      ),
      sessionAffinity: field(
        'Whether connections of the same client address go to the same endpoint (ClientIP) or not (None).',
        '同一客户端地址的连接是否总到同一个端点：ClientIP 是，None 否。',
        {
          default: 'None',
          rules: text(
            'ClientIP adds a "-m recent --rcheck" rule for each endpoint ahead of the random ones, and "--set" in each KUBE-SEP.',
            'ClientIP 在随机规则前为每个端点加一条 "-m recent --rcheck"，并在每条 KUBE-SEP 里加 "--set"。',
          ),
        },
      ),
      sessionAffinityConfig: field('Settings of the session affinity.', '会话保持的设置。'),
      externalTrafficPolicy: field(
        'Whether traffic from outside may go to endpoints on all nodes (Cluster) or only to those on the node it came to (Local), which keeps the client address.',
        '来自外部的流量可以去所有节点的端点（Cluster），还是只去它到达的那个节点上的端点（Local，保留客户端地址）。',
        {
          default: 'Cluster',
          defaultWhen: text('if the Service can be reached from outside', '当 Service 能从外部访问时'),
          rules: text(
            'Cluster marks for masquerade in KUBE-EXT. Local jumps from KUBE-EXT to KUBE-SVL, which holds this node’s endpoints; a node without one drops the packet.',
            'Cluster 在 KUBE-EXT 里打上 masquerade 标记；Local 从 KUBE-EXT 跳到只含本节点端点的 KUBE-SVL，没有本地端点的节点会丢弃数据包。',
          ),
        },
      ),
      internalTrafficPolicy: field(
        'Whether traffic from inside the cluster may go to endpoints on all nodes (Cluster) or only to those on the client’s node (Local).',
        '集群内的流量可以去所有节点的端点（Cluster），还是只去客户端所在节点上的端点（Local）。',
        {
          default: 'Cluster',
          defaultWhen: text('unless the type is ExternalName', '类型不是 ExternalName 时'),
          rules: text(
            'Local makes KUBE-SERVICES jump to KUBE-SVL instead of KUBE-SVC.',
            'Local 使 KUBE-SERVICES 跳到 KUBE-SVL，而不是 KUBE-SVC。',
          ),
        },
      ),
      externalIPs: field(
        'Addresses outside the cluster’s care that are routed to a node; the nodes accept them for this Service.',
        '由集群之外路由到节点的地址；节点收到发往这些地址的流量时按此 Service 处理。',
        {
          rules: text(
            'One rule in KUBE-SERVICES for each address, to KUBE-EXT.',
            '每个地址在 KUBE-SERVICES 里多一条跳到 KUBE-EXT 的规则。',
          ),
        },
      ),
      loadBalancerIP: field(
        'The address wished for from the load balancer. Deprecated since v1.24: what it means depends on the provider.',
        '希望负载均衡器使用的地址。从 v1.24 起弃用，含义取决于云厂商。',
      ),
      loadBalancerSourceRanges: field(
        'Client addresses, as CIDRs, that may use the load balancer’s address. All, if left out.',
        '允许通过负载均衡器地址访问的客户端网段（CIDR）。不写则不限制。',
        {
          rules: text(
            'Adds a KUBE-FW chain with one rule for each range; other clients are dropped.',
            '多出一条 KUBE-FW 链，每个网段一条规则；其他客户端的数据包被丢弃。',
          ),
        },
      ),
      loadBalancerClass: field(
        'The load balancer implementation that is to serve this Service. It can be set only when the type becomes LoadBalancer.',
        '由哪个负载均衡器实现来处理。只能在类型变为 LoadBalancer 时设置。',
      ),
      allocateLoadBalancerNodePorts: field(
        'Whether a LoadBalancer Service gets node ports. With false, ports that it has already stay.',
        'LoadBalancer 类型的 Service 是否分配节点端口。改为 false 时，已分配的端口保留。',
        { default: 'true', defaultWhen: text('for type LoadBalancer', '类型为 LoadBalancer 时') },
      ),
      healthCheckNodePort: field(
        'The node port on which kube-proxy says whether the node has ready endpoints (200) or none (503). For type LoadBalancer with externalTrafficPolicy Local.',
        'kube-proxy 在这个节点端口上回答本节点有就绪端点（200）还是没有（503）。用于 LoadBalancer 且 externalTrafficPolicy 为 Local 的 Service。',
        {
          range: [1, 65535],
          rules: text(
            'One ACCEPT rule in KUBE-NODEPORTS of the filter table.',
            'filter 表的 KUBE-NODEPORTS 里多一条 ACCEPT 规则。',
          ),
        },
      ),
      publishNotReadyAddresses: field(
        'Whether Pods count as ready endpoints before they are ready, and in DNS. Made for peers that have to find one another.',
        '未就绪的 Pod 是否也算作就绪端点并进入 DNS。用于需要互相发现的成员。',
        { default: 'false' },
      ),
      externalName: field(
        'The DNS name that the Service’s name becomes an alias (CNAME) of. For type ExternalName.',
        'Service 的名称在 DNS 中是这个域名的别名（CNAME）。用于 ExternalName 类型。',
      ),
      ipFamilies: field(
        'The IP families of the Service. The first cannot be changed.',
        'Service 的 IP 协议族。第一个不能修改。',
      ),
      ipFamilyPolicy: field(
        'One IP family (SingleStack), both if the cluster has both (PreferDualStack), or both or an error (RequireDualStack).',
        '一个 IP 协议族（SingleStack）、集群有两个就用两个（PreferDualStack），或必须两个、否则报错（RequireDualStack）。',
        {
          default: 'SingleStack',
          rules: text(
            'With two families kube-proxy writes rules for iptables and for ip6tables.',
            '有两个协议族时，kube-proxy 分别写 iptables 和 ip6tables 规则。',
          ),
        },
      ),
      trafficDistribution: field(
        'A wish on which endpoints to prefer. PreferClose: those in the client’s zone, as long as there is one.',
        '优先选择哪些端点的意愿。PreferClose：优先与客户端同可用区的端点，只要有就用。',
        {
          values: ['PreferClose'],
          gate: 'ServiceTrafficDistribution',
          rules: text(
            'A node writes KUBE-SEP chains for the endpoints that are hinted for its zone only.',
            '节点只为提示给本可用区的端点写 KUBE-SEP 链。',
          ),
        },
      ),
    },
  },
  'v1.ServicePort': {
    about: text('One port of a Service.', 'Service 的一个端口。'),
    fields: {
      name: field(
        'The port’s name, unique in the Service. Needed if there is more than one port.',
        '端口名，在 Service 内唯一。有多个端口时必须写。',
        {
          rules: text(
            'Part of the hash in the chains’ names: a new name, new chains.',
            '参与计算链名里的散列：名称一变，链名全变。',
          ),
        },
      ),
      protocol: field('The transport protocol.', '传输层协议。', {
        default: 'TCP',
        rules: text(
          'The -p of each rule, and part of the hash in the chains’ names.',
          '每条规则的 -p，也参与计算链名里的散列。',
        ),
      }),
      port: field(
        'The port on which the Service is reached at its address.',
        '在 Service 地址上访问的端口。',
        {
          range: [1, 65535],
          rules: text('The --dport of the rule in KUBE-SERVICES.', 'KUBE-SERVICES 里规则的 --dport。'),
        },
      ),
      targetPort: field(
        'The port of the Pods: a number, or the name of a container’s port, which may differ from Pod to Pod.',
        'Pod 上的端口：端口号，或容器端口的名称（不同 Pod 可以对应不同端口号）。',
        {
          defaultWhen: text('the value of port', '与 port 相同'),
          rules: text(
            'The port in --to-destination of the KUBE-SEP chains.',
            'KUBE-SEP 链里 --to-destination 的端口。',
          ),
        },
      ),
      nodePort: field(
        'The port on every node, for the types NodePort and LoadBalancer. Left out, the server picks a free one from 30000–32767.',
        '每个节点上的端口，用于 NodePort 和 LoadBalancer 类型。不写时由服务器从 30000–32767 中分配。',
        {
          rules: text('The --dport of a rule in KUBE-NODEPORTS.', 'KUBE-NODEPORTS 里规则的 --dport。'),
        },
      ),
      appProtocol: field(
        'A hint for load balancers and proxies on the protocol spoken, such as kubernetes.io/h2c. kube-proxy ignores it.',
        '告诉负载均衡器和代理应用层用什么协议，例如 kubernetes.io/h2c。kube-proxy 不看它。',
      ),
    },
  },
  'v1.SessionAffinityConfig': {
    about: text('Settings of the session affinity.', '会话保持的设置。'),
    fields: { clientIP: field('Settings for affinity by client address.', '按客户端地址保持会话的设置。') },
  },
  'v1.ClientIPConfig': {
    about: text('Settings for affinity by client address.', '按客户端地址保持会话的设置。'),
    fields: {
      timeoutSeconds: field(
        'How long a client address stays with its endpoint after its last connection, in seconds.',
        '客户端地址在最后一次连接之后，多少秒内仍到同一个端点。',
        {
          default: '10800',
          defaultWhen: text('if sessionAffinity is ClientIP', '当 sessionAffinity 为 ClientIP 时'),
          range: [1, 86400],
          rules: text('The --seconds of the "-m recent" rules.', '"-m recent" 规则里的 --seconds。'),
        },
      ),
    },
  },
  'v1.ServiceStatus': {
    about: text('What a load balancer reported.', '负载均衡器上报的状态。'),
    fields: {
      loadBalancer: field('The load balancer’s addresses.', '负载均衡器的地址。'),
      conditions: field('The Service’s present conditions.', 'Service 当前的状况。'),
    },
  },
  'v1.LoadBalancerStatus': {
    about: text('The load balancer’s addresses.', '负载均衡器的地址。'),
    fields: {
      ingress: field('The points at which the load balancer takes traffic.', '负载均衡器接收流量的入口。', {
        rules: text(
          'Each address gets a rule in KUBE-SERVICES, to KUBE-EXT or KUBE-FW.',
          '每个地址在 KUBE-SERVICES 里有一条规则，跳到 KUBE-EXT 或 KUBE-FW。',
        ),
      }),
    },
  },
  'v1.LoadBalancerIngress': {
    about: text('One point at which a load balancer takes traffic.', '负载均衡器接收流量的一个入口。'),
    fields: {
      ip: field('Its address.', '它的地址。'),
      hostname: field('Its DNS name, if it has no fixed address.', '没有固定地址时的域名。'),
      ipMode: field(
        'VIP: packets come with this address as their destination, so nodes may answer for it. Proxy: they come addressed to the node.',
        'VIP：数据包到达节点时目的地址仍是它，节点可以直接处理；Proxy：数据包的目的地址已是节点。',
        {
          gate: 'LoadBalancerIPMode',
          rules: text(
            'With Proxy, kube-proxy writes no rules for the address.',
            '为 Proxy 时，kube-proxy 不为这个地址写规则。',
          ),
        },
      ),
      ports: field('The state of each port.', '每个端口的状态。'),
    },
  },
};
