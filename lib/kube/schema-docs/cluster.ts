// Node, Namespace, ConfigMap, ServiceAccount (k8s.io/api/core/v1/types.go).
import { field, text, type TypeDocs } from './types';

export const clusterDocs: TypeDocs = {
  'v1.Node': {
    about: text(
      'A machine of the cluster; each runs a kubelet and a kube-proxy.',
      '集群里的一台机器，各自运行 kubelet 和 kube-proxy。',
    ),
    fields: {
      spec: field('How the node may be used.', '节点可以怎样使用。'),
      status: field(
        'Addresses, conditions and resources; the kubelet writes it.',
        '地址、状况和资源，由 kubelet 写入。',
      ),
    },
  },
  'v1.NodeSpec': {
    about: text('How the node may be used.', '节点可以怎样使用。'),
    fields: {
      podCIDR: field('The range from which the node’s Pods get their addresses.', '本节点 Pod 的地址网段。', {
        rules: text(
          'Only if kube-proxy detects local traffic by NodeCIDR: the -s of the masquerade rules.',
          '仅当 kube-proxy 用 NodeCIDR 判断本地流量时：masquerade 规则的 -s。',
        ),
      }),
      podCIDRs: field('The same, one for each IP family.', '同上，每个协议族一个。'),
      providerID: field('The machine’s identity at the cloud provider.', '机器在云厂商的标识。'),
      unschedulable: field(
        'Whether no new Pods are placed here (kubectl cordon).',
        '是否不再放新 Pod（kubectl cordon）。',
        { default: 'false' },
      ),
      taints: field(
        'Marks that keep away Pods without a fitting toleration.',
        '污点：没有相应容忍的 Pod 不会放上来。',
      ),
    },
  },
  'v1.Taint': {
    about: text('A mark that keeps Pods away.', '让 Pod 避开的标记。'),
    fields: {
      key: field('The taint’s key.', '污点的键。'),
      value: field('The taint’s value.', '污点的值。'),
      effect: field(
        'NoSchedule: no new Pods. PreferNoSchedule: none if possible. NoExecute: running ones must go too.',
        'NoSchedule：不放新 Pod；PreferNoSchedule：尽量不放；NoExecute：已有的也要离开。',
      ),
      timeAdded: field('When a NoExecute taint was added.', 'NoExecute 污点添加的时间。'),
    },
  },
  'v1.NodeStatus': {
    about: text(
      'Addresses, conditions and resources; the kubelet writes it.',
      '地址、状况和资源，由 kubelet 写入。',
    ),
    fields: {
      addresses: field(
        'The node’s addresses. NodePort Services answer on them.',
        '节点的地址。NodePort 类型的 Service 在这些地址上应答。',
      ),
      capacity: field('What the node has.', '节点的总资源。'),
      allocatable: field('What is left of it for Pods.', '可供 Pod 使用的资源。'),
      conditions: field(
        'Conditions such as Ready. A load balancer skips nodes that are not Ready.',
        'Ready 等状况。负载均衡器会跳过未就绪的节点。',
      ),
      nodeInfo: field(
        'Versions of kernel, operating system and kubelet.',
        '内核、操作系统和 kubelet 的版本。',
      ),
      images: field('Images on the node.', '节点上的镜像。'),
    },
  },
  'v1.NodeAddress': {
    about: text('One address of a node.', '节点的一个地址。'),
    fields: {
      type: field('What kind of address it is.', '地址的种类。'),
      address: field('The address.', '地址。'),
    },
  },
  'v1.Namespace': {
    about: text(
      'A room for names. Selectors of Services see Pods of their own namespace only.',
      '名称的隔间。Service 的 selector 只看得到自己命名空间的 Pod。',
    ),
    fields: {
      spec: field('Who must finish something before it can go.', '删除前还有谁要收尾。'),
      status: field('Whether it is in use or being deleted.', '在用还是正在删除。'),
    },
  },
  'v1.NamespaceSpec': {
    about: text('Who must finish something before the namespace can go.', '命名空间删除前还有谁要收尾。'),
    fields: {
      finalizers: field(
        'The server’s own mark; it empties the namespace.',
        '服务器自己的标记，用来清空命名空间。',
      ),
    },
  },
  'v1.NamespaceStatus': {
    about: text('Whether the namespace is in use or being deleted.', '命名空间在用还是正在删除。'),
    fields: {
      phase: field('Active, or Terminating.', 'Active 或 Terminating。'),
      conditions: field('What still hinders its deletion.', '还有什么妨碍删除。'),
    },
  },
  'v1.ConfigMap': {
    about: text(
      'Settings as text. kube-proxy’s own stand in the ConfigMap kube-proxy of kube-system.',
      '以文本保存的配置。kube-proxy 自己的配置在 kube-system 的 ConfigMap kube-proxy 里。',
    ),
    fields: {
      data: field(
        'The settings: names and texts. All of it may be 1 MiB at most.',
        '配置内容：名称和文本，总共不超过 1 MiB。',
      ),
      binaryData: field('The same for bytes, written in base64.', '同上，用于二进制，以 base64 书写。'),
      immutable: field('Whether the data can never be changed again.', '数据是否从此不能再修改。', {
        default: 'false',
      }),
    },
  },
  'v1.ServiceAccount': {
    about: text('An account by which Pods speak to the API server.', 'Pod 访问 API server 用的账号。'),
    fields: {
      secrets: field('Secrets that Pods of this account may use.', '使用此账号的 Pod 可用的 Secret。'),
      imagePullSecrets: field('Secrets for pulling images.', '拉取镜像用的 Secret。'),
      automountServiceAccountToken: field(
        'Whether its token is mounted into Pods.',
        '是否把令牌挂载到 Pod。',
      ),
    },
  },
};
