// NetworkPolicy (k8s.io/api/networking/v1/types.go). The network plugin enforces it, kube-proxy does not.
import { field, text, type TypeDocs } from './types';

const ports = field('The ports that are allowed; all, if left out.', '允许的端口；不写表示全部。');

export const networkPolicyDocs: TypeDocs = {
  'v1.NetworkPolicy': {
    about: text(
      'Says which connections Pods may take and make. The network plugin enforces it, after kube-proxy has chosen the endpoint.',
      '规定 Pod 可以接受和发起哪些连接。由网络插件执行，在 kube-proxy 选定端点之后。',
    ),
    fields: { spec: field('To which Pods it applies, and what is allowed.', '对哪些 Pod 生效，允许什么。') },
  },
  'v1.NetworkPolicySpec': {
    about: text('To which Pods the policy applies, and what is allowed.', '策略对哪些 Pod 生效，允许什么。'),
    fields: {
      podSelector: field(
        'The Pods of the namespace to which it applies; an empty selector means all.',
        '对本命名空间的哪些 Pod 生效；空选择器表示全部。',
      ),
      policyTypes: field(
        'The directions that it governs. A direction that is named and has no rules is closed.',
        '管哪个方向的流量。写了方向却没有规则，就全部禁止。',
        {
          defaultWhen: text(
            'Ingress, and Egress if there are egress rules',
            'Ingress；有 egress 规则时再加 Egress',
          ),
        },
      ),
      ingress: field(
        'What may come in. A connection passes if one rule allows it.',
        '允许进来的连接。任一规则允许即可。',
      ),
      egress: field(
        'What may go out. It is checked against the Pod’s address and port, not the Service’s.',
        '允许出去的连接。检查的是 Pod 的地址和端口，不是 Service 的。',
      ),
    },
  },
  'v1.NetworkPolicyIngressRule': {
    about: text('Connections that may come in.', '允许进来的连接。'),
    fields: { from: field('From whom; from everywhere, if left out.', '来自谁；不写表示任何来源。'), ports },
  },
  'v1.NetworkPolicyEgressRule': {
    about: text('Connections that may go out.', '允许出去的连接。'),
    fields: { to: field('To whom; to everywhere, if left out.', '去往谁；不写表示任何目的地。'), ports },
  },
  'v1.NetworkPolicyPeer': {
    about: text('Pods or addresses at the other end.', '对端的 Pod 或地址。'),
    fields: {
      podSelector: field(
        'Pods by label: of this namespace, or of those that namespaceSelector chooses.',
        '按标签选 Pod：本命名空间，或 namespaceSelector 选中的命名空间。',
      ),
      namespaceSelector: field('Namespaces by label.', '按标签选命名空间。'),
      ipBlock: field(
        'A range of addresses; nothing else may stand beside it.',
        '一段地址；不能与其他字段并用。',
      ),
    },
  },
  'v1.IPBlock': {
    about: text('A range of addresses.', '一段地址。'),
    fields: {
      cidr: field('The range, such as 10.0.0.0/8.', '网段，例如 10.0.0.0/8。'),
      except: field('Parts of the range that are left out.', '从网段中排除的部分。'),
    },
  },
  'v1.NetworkPolicyPort': {
    about: text('A port that is allowed.', '允许的一个端口。'),
    fields: {
      protocol: field('The transport protocol.', '传输层协议。', { default: 'TCP' }),
      port: field(
        'The port of the Pod: a number, or the name of a container’s port; all, if left out.',
        'Pod 的端口：端口号，或容器端口的名称；不写表示全部。',
      ),
      endPort: field('The last port, if a range is meant.', '表示一段端口时的最后一个。'),
    },
  },
};
