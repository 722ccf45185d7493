// EndpointSlice and Endpoints: facts from k8s.io/api/discovery/v1/types.go, pkg/apis/discovery/validation and KEP-1672.
import { field, text, type TypeDocs } from './types';

export const endpointDocs: TypeDocs = {
  'v1.EndpointSlice': {
    about: text(
      'Part of the endpoints of a Service: the addresses and ports to which kube-proxy sends its traffic. The label kubernetes.io/service-name says which Service.',
      '某个 Service 的一部分端点：kube-proxy 把流量发往的地址和端口。标签 kubernetes.io/service-name 说明属于哪个 Service。',
    ),
    fields: {
      addressType: field(
        'The kind of address that all endpoints here have. It cannot be changed.',
        '本切片所有端点的地址类型，不能修改。',
      ),
      endpoints: field(
        'The endpoints, at most 1000; the controller puts no more than 100 into a slice.',
        '端点列表，最多 1000 个；控制器在一个切片里最多放 100 个。',
        {
          rules: text(
            'One KUBE-SEP chain for each endpoint that is used.',
            '每个被使用的端点有一条 KUBE-SEP 链。',
          ),
        },
      ),
      ports: field('The ports that each endpoint here has.', '本切片每个端点都有的端口。'),
    },
  },
  'v1.Endpoint': {
    about: text('One endpoint: as a rule, one Pod.', '一个端点，通常就是一个 Pod。'),
    fields: {
      addresses: field(
        'The endpoint’s addresses. They all mean the same endpoint; kube-proxy uses the first.',
        '端点的地址。多个地址指同一个端点，kube-proxy 只用第一个。',
        {
          rules: text(
            'The address in --to-destination of the KUBE-SEP chain.',
            'KUBE-SEP 链里 --to-destination 的地址。',
          ),
        },
      ),
      conditions: field('Whether traffic may be sent to the endpoint.', '能否向这个端点发送流量。'),
      hostname: field('The endpoint’s name under the Service in DNS.', '端点在 Service 域名之下的名称。'),
      targetRef: field('The object behind the endpoint: the Pod.', '端点背后的对象，即 Pod。'),
      nodeName: field('The node on which the endpoint is.', '端点所在的节点。', {
        rules: text(
          'With a traffic policy of Local, a node uses the endpoints that carry its name only.',
          '流量策略为 Local 时，节点只用标着自己名字的端点。',
        ),
      }),
      zone: field('The zone in which the endpoint is.', '端点所在的可用区。'),
      hints: field('For whom the endpoint is meant.', '建议由谁使用这个端点。'),
      deprecatedTopology: field('Topology labels of the old v1beta1 API.', '旧版 v1beta1 API 的拓扑标签。'),
    },
  },
  'v1.EndpointConditions': {
    about: text('Whether traffic may be sent to the endpoint.', '能否向这个端点发送流量。'),
    fields: {
      ready: field(
        'Whether it takes new connections: the Pod is ready and is not terminating. Left out means yes.',
        '是否接收新连接：Pod 就绪且不在终止中。不写视为是。',
        {
          rules: text(
            'Only ready endpoints have rules, unless none is ready: then serving ones that terminate are used.',
            '只有就绪端点有规则；一个都没有时，才用仍可服务的终止中端点。',
          ),
        },
      ),
      serving: field(
        'Like ready, but a terminating Pod that still answers counts too.',
        '与 ready 相同，但仍能应答的终止中 Pod 也算。',
      ),
      terminating: field('Whether the Pod is being deleted.', 'Pod 是否正在被删除。'),
    },
  },
  'v1.EndpointHints': {
    about: text('For whom an endpoint is meant.', '建议由谁使用端点。'),
    fields: {
      forZones: field('The zones whose nodes should use the endpoint.', '哪些可用区的节点应使用这个端点。', {
        rules: text(
          'If all endpoints have hints, a node writes rules for those meant for its zone only.',
          '所有端点都有提示时，节点只为提示给本可用区的端点写规则。',
        ),
      }),
      forNodes: field('The nodes that should use the endpoint.', '哪些节点应使用这个端点。'),
    },
  },
  'v1.ForZone': {
    about: text('A zone.', '一个可用区。'),
    fields: {
      name: field(
        'The zone’s name, as in the node label topology.kubernetes.io/zone.',
        '可用区名称，与节点标签 topology.kubernetes.io/zone 相同。',
      ),
    },
  },
  'v1.ForNode': {
    about: text('A node.', '一个节点。'),
    fields: { name: field('The node’s name.', '节点名称。') },
  },
  'v1.EndpointPort': {
    about: text('A port of the endpoints.', '端点的一个端口。'),
    fields: {
      name: field(
        'The name of the Service’s port to which it belongs; empty for a Service of one unnamed port.',
        '对应的 Service 端口名；Service 只有一个未命名端口时为空。',
      ),
      protocol: field('The transport protocol.', '传输层协议。', { default: 'TCP' }),
      port: field('The port’s number on the endpoint.', '端点上的端口号。', {
        rules: text(
          'The port in --to-destination of the KUBE-SEP chains.',
          'KUBE-SEP 链里 --to-destination 的端口。',
        ),
      }),
      appProtocol: field(
        'The application protocol, copied from the Service’s port.',
        '应用层协议，抄自 Service 的端口。',
      ),
    },
  },
  'v1.Endpoints': {
    about: text(
      'The old list of a Service’s endpoints, of the same name as the Service. kube-proxy reads EndpointSlices instead.',
      '旧的 Service 端点列表，与 Service 同名。kube-proxy 读的是 EndpointSlice。',
    ),
    fields: {
      subsets: field('Groups of addresses that have the same ports.', '端口相同的地址分为一组。'),
    },
  },
  'v1.EndpointSubset': {
    about: text('Addresses that have the same ports.', '端口相同的一组地址。'),
    fields: {
      addresses: field('Addresses that are ready.', '就绪的地址。'),
      notReadyAddresses: field('Addresses that are not ready yet.', '尚未就绪的地址。'),
      ports: field('The ports of all these addresses.', '这些地址共有的端口。'),
    },
  },
  'v1.EndpointAddress': {
    about: text('One address of an Endpoints object.', 'Endpoints 里的一个地址。'),
    fields: {
      ip: field('The address.', '地址。'),
      hostname: field('Its name under the Service in DNS.', '它在 Service 域名之下的名称。'),
      nodeName: field('The node on which it is.', '它所在的节点。'),
      targetRef: field('The object behind the address: the Pod.', '地址背后的对象，即 Pod。'),
    },
  },
};
