// Pods: the fields that somebody meets who runs Pods behind a Service (k8s.io/api/core/v1/types.go, pkg/apis/core/v1/defaults.go).
import { field, text, type TypeDocs } from './types';

export const podDocs: TypeDocs = {
  'v1.Pod': {
    about: text(
      'One or more containers that share an IP address and are placed on a node together.',
      '共用一个 IP 地址、一起被放到某个节点上的一个或多个容器。',
    ),
    fields: {
      spec: field(
        'The containers, and how they are run. Most of it cannot be changed.',
        '容器以及如何运行。大部分不能修改。',
      ),
      status: field(
        'Phase, conditions and addresses; the kubelet writes it.',
        '阶段、状况和地址，由 kubelet 写入。',
      ),
    },
  },
  'v1.PodTemplateSpec': {
    about: text('What the Pods are made from.', '用来创建 Pod 的模板。'),
    fields: {
      metadata: field(
        'Labels and annotations of the Pods. The labels must match the selector.',
        'Pod 的标签和注解。标签必须与 selector 匹配。',
      ),
      spec: field('The containers of the Pods, and how they are run.', 'Pod 的容器以及如何运行。'),
    },
  },
  'v1.PodSpec': {
    about: text('The containers, and how they are run.', '容器以及如何运行。'),
    fields: {
      containers: field('The containers; there must be at least one.', '容器列表，至少一个。'),
      initContainers: field(
        'Containers that run one after another to their end before the others start.',
        '在其他容器启动前，依次运行到结束的容器。',
      ),
      ephemeralContainers: field(
        'Containers added to a running Pod for debugging.',
        '为调试临时加到运行中 Pod 的容器。',
      ),
      volumes: field('Storage that the containers can mount.', '容器可以挂载的存储。'),
      restartPolicy: field('When containers that ended are started again.', '容器结束后何时重启。', {
        default: 'Always',
      }),
      terminationGracePeriodSeconds: field(
        'How many seconds a container has between SIGTERM and SIGKILL. In this time the Pod is a terminating endpoint.',
        '从 SIGTERM 到 SIGKILL 的秒数。这段时间里 Pod 是终止中的端点。',
        { default: '30' },
      ),
      activeDeadlineSeconds: field(
        'After so many seconds the Pod is ended as failed.',
        '超过这么多秒，Pod 会被结束并记为失败。',
      ),
      dnsPolicy: field(
        'Where the Pod sends its DNS queries. ClusterFirst: to the cluster’s DNS, so that names of Services are found.',
        'Pod 把 DNS 查询发到哪里。ClusterFirst：发给集群 DNS，才能解析 Service 名称。',
        { default: 'ClusterFirst' },
      ),
      dnsConfig: field('DNS settings added to those of dnsPolicy.', '在 dnsPolicy 之外追加的 DNS 设置。'),
      nodeSelector: field(
        'Labels that a node must have for the Pod to be placed there.',
        '节点要有这些标签，Pod 才会被放上去。',
      ),
      nodeName: field(
        'The node. The scheduler fills it in; written here, it passes the scheduler by.',
        '所在节点。由调度器填写；自己写则绕过调度器。',
      ),
      serviceAccountName: field(
        'The account by which the Pod speaks to the API server.',
        'Pod 访问 API server 用的账号。',
        {
          default: 'default',
          defaultWhen: text('filled in when the Pod is created', '创建 Pod 时填入'),
        },
      ),
      serviceAccount: field('The old name of serviceAccountName.', 'serviceAccountName 的旧名。'),
      automountServiceAccountToken: field(
        'Whether the account’s token is mounted into the containers.',
        '是否把账号的令牌挂载到容器里。',
      ),
      hostNetwork: field(
        'Whether the Pod uses the node’s network: it then has the node’s address.',
        'Pod 是否使用节点的网络；是则地址就是节点地址。',
        { default: 'false' },
      ),
      hostPID: field('Whether the Pod sees the node’s processes.', 'Pod 是否能看到节点的进程。', {
        default: 'false',
      }),
      hostIPC: field('Whether the Pod shares the node’s IPC.', 'Pod 是否共用节点的 IPC。', {
        default: 'false',
      }),
      hostname: field('The Pod’s host name; its own name, if left out.', 'Pod 的主机名，不写就是 Pod 名称。'),
      subdomain: field(
        'The headless Service under whose name the Pod’s host name is found in DNS.',
        '无头 Service 的名称；Pod 的主机名在它之下进入 DNS。',
      ),
      hostAliases: field('Lines added to /etc/hosts of the containers.', '追加到容器 /etc/hosts 的条目。'),
      affinity: field(
        'Rules on which nodes, and beside which Pods, the Pod is placed.',
        '放到哪些节点、靠近哪些 Pod 的规则。',
      ),
      tolerations: field('Taints of nodes that do not keep the Pod away.', 'Pod 可以容忍的节点污点。'),
      topologySpreadConstraints: field(
        'How evenly such Pods are spread over zones or nodes.',
        '这类 Pod 在可用区或节点之间要分布得多均匀。',
      ),
      schedulerName: field('The scheduler that places the Pod.', '由哪个调度器安排。', {
        default: 'default-scheduler',
      }),
      priorityClassName: field('The class that sets the Pod’s priority.', '决定 Pod 优先级的类。'),
      priority: field(
        'The higher, the earlier it is scheduled; taken from the priority class.',
        '越高越先调度，取自优先级类。',
      ),
      preemptionPolicy: field(
        'Whether it may push Pods of lower priority off a node.',
        '能否把低优先级 Pod 挤下节点。',
        {
          default: 'PreemptLowerPriority',
          defaultWhen: text('filled in when the Pod is created', '创建 Pod 时填入'),
        },
      ),
      readinessGates: field(
        'Further conditions that must be True for the Pod to be ready.',
        'Pod 就绪还要求为 True 的其他状况。',
      ),
      enableServiceLinks: field(
        'Whether each Service of the namespace is put into the environment, as in MY_SERVICE_HOST.',
        '是否把同命名空间的 Service 写入环境变量，例如 MY_SERVICE_HOST。',
        { default: 'true' },
      ),
      securityContext: field(
        'User, group and other security settings of all containers.',
        '所有容器的用户、组等安全设置。',
      ),
      imagePullSecrets: field('Secrets for pulling images.', '拉取镜像用的 Secret。'),
      shareProcessNamespace: field(
        'Whether the containers see one another’s processes.',
        '容器之间能否看到彼此的进程。',
      ),
      runtimeClassName: field('The container runtime to use.', '使用哪个容器运行时。'),
      setHostnameAsFQDN: field(
        'Whether the host name is the Pod’s full domain name.',
        '主机名是否用 Pod 的完整域名。',
      ),
      os: field('The operating system of the containers.', '容器的操作系统。'),
      resources: field('Resources for the Pod as a whole.', '整个 Pod 的资源。'),
    },
  },
  'v1.PodStatus': {
    about: text(
      'Phase, conditions and addresses; the kubelet writes it.',
      '阶段、状况和地址，由 kubelet 写入。',
    ),
    fields: {
      phase: field('Where the Pod is in its life.', 'Pod 所处的阶段。'),
      conditions: field(
        'Conditions such as Ready: only a Pod that is Ready is a ready endpoint.',
        'Ready 等状况；Ready 的 Pod 才是就绪端点。',
      ),
      podIP: field('The Pod’s address.', 'Pod 的地址。', {
        rules: text(
          'The address in --to-destination of its KUBE-SEP chain.',
          '它的 KUBE-SEP 链里 --to-destination 的地址。',
        ),
      }),
      podIPs: field(
        'The Pod’s addresses, at most one for each IP family.',
        'Pod 的地址，每个协议族最多一个。',
      ),
      hostIP: field('The node’s address.', '所在节点的地址。'),
      hostIPs: field('The node’s addresses.', '所在节点的地址列表。'),
      startTime: field('When the kubelet took the Pod on.', 'kubelet 接手 Pod 的时间。'),
      reason: field('Why it is in this phase, in one word.', '处于该阶段的原因，一个词。'),
      message: field('Why it is in this phase.', '处于该阶段的原因。'),
      qosClass: field('How late the Pod is evicted when the node runs short.', '节点资源紧张时的驱逐等级。'),
    },
  },
  'v1.Toleration': {
    about: text('A taint that does not keep the Pod away.', 'Pod 可以容忍的一个污点。'),
    fields: {
      key: field(
        'The taint’s key; empty with Exists means every taint.',
        '污点的键；为空且用 Exists 时容忍一切污点。',
      ),
      operator: field('Equal compares the value, Exists does not.', 'Equal 比较值，Exists 不比较。'),
      value: field('The taint’s value.', '污点的值。'),
      effect: field('The taint’s effect; empty means every one.', '污点的效果；为空表示全部。'),
      tolerationSeconds: field('How long a NoExecute taint is borne.', '对 NoExecute 污点容忍多少秒。'),
    },
  },
};
