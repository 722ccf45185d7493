// The course as planned: five stages and their lessons, titled in both languages. Which of them are written is found out from
// the content folder, not from here.

interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface PlannedLesson {
  /** "2.3": as in the lesson's address. */
  readonly id: string;
  readonly title: Words;
}

export interface Stage {
  readonly number: number;
  readonly title: Words;
  /** What the learner can do after it. */
  readonly outcome: Words;
  readonly lessons: readonly PlannedLesson[];
}

const lesson = (id: string, zh: string, en: string): PlannedLesson => ({ id, title: { zh, en } });

export const CURRICULUM: readonly Stage[] = [
  {
    number: 1,
    title: { zh: '快速入门与核心概念', en: 'Quick start and core concepts' },
    outcome: {
      zh: '写出第一个 Service，说清它认得哪些 Pod。',
      en: 'Write a first Service and say which Pods it knows.',
    },
    lessons: [
      lesson('1.1', '为什么需要 Service：Pod IP 会漂移', 'Why a Service? Pod IPs drift'),
      lesson('1.2', '第一个 Service：my-web-service', 'Your first Service: my-web-service'),
      lesson('1.3', '从标签选择器到 Endpoints', 'From selector to Endpoints'),
      lesson(
        '1.4',
        '端口：port、targetPort、nodePort、命名端口与协议',
        'Ports: port, targetPort, nodePort, named ports, protocols',
      ),
      lesson(
        '1.5',
        '五种 Service：ClusterIP、NodePort、LoadBalancer、ExternalName、headless',
        'Five types: ClusterIP, NodePort, LoadBalancer, ExternalName, headless',
      ),
      lesson('1.6', 'DNS 名称与服务发现', 'DNS names and discovery'),
    ],
  },
  {
    number: 2,
    title: { zh: '核心架构与深度原理', en: 'Architecture and how it works' },
    outcome: {
      zh: '读懂 kube-proxy 写的规则，跟着一个包走完全程。',
      en: 'Read the rules that kube-proxy writes and follow a packet all the way.',
    },
    lessons: [
      lesson(
        '2.1',
        '控制面的路径：从 Pod 创建到 kube-proxy',
        'The control plane’s path: from Pod to kube-proxy',
      ),
      lesson(
        '2.2',
        'Endpoints 与 EndpointSlice：旧对象为什么压垮 API server',
        'Endpoints vs EndpointSlice: why the old object melts API servers',
      ),
      lesson('2.3', 'iptables 转发链', 'The iptables chains'),
      lesson('2.4', '跟踪一个包：DNAT、conntrack 与回程', 'Follow one packet: DNAT, conntrack, the way back'),
      lesson('2.5', 'IPVS 模式：哈希查找、rr 与 lc', 'IPVS mode: hash lookup, rr and lc'),
      lesson('2.6', 'nftables 模式：verdict map', 'nftables mode: verdict maps'),
      lesson('2.7', 'O(n) 还是 O(1)：测一测', 'O(n) against O(1): measure it'),
      lesson('2.8', '会话保持', 'Session affinity'),
    ],
  },
  {
    number: 3,
    title: { zh: '生产部署与高可用架构', en: 'Production and high availability' },
    outcome: {
      zh: '让 Service 在发布、扩容和故障中不丢请求。',
      en: 'Keep a Service from losing requests through rollouts, scaling and faults.',
    },
    lessons: [
      lesson('3.1', 'externalTrafficPolicy：Cluster 与 Local', 'externalTrafficPolicy: Cluster and Local'),
      lesson('3.2', 'LoadBalancer 与 healthCheckNodePort', 'LoadBalancer and healthCheckNodePort'),
      lesson(
        '3.3',
        'internalTrafficPolicy、拓扑感知路由与 trafficDistribution',
        'internalTrafficPolicy, topology-aware routing, trafficDistribution',
      ),
      lesson(
        '3.4',
        '零中断发布：就绪、终止中的端点、preStop、drain',
        'Zero-downtime rollout: readiness, terminating endpoints, preStop, drain',
      ),
      lesson('3.5', '连接跟踪：nf_conntrack_max', 'Connection tracking: nf_conntrack_max'),
      lesson(
        '3.6',
        '生产环境中的 IPVS：strictARP、超时与调度算法',
        'IPVS in production: strictARP, timeouts, schedulers',
      ),
    ],
  },
  {
    number: 4,
    title: { zh: '故障诊断与 SRE 运维', en: 'Troubleshooting and SRE operations' },
    outcome: {
      zh: '面对一个坏掉的 Service，几分钟内找到原因。',
      en: 'Find what is wrong with a broken Service in minutes.',
    },
    lessons: [
      lesson('4.1', '真正有用的指标', 'Metrics that matter'),
      lesson('4.2', '工具箱', 'The toolbox'),
      lesson('4.3', '排障演练一：控制面', 'Incident drills I: the control plane'),
      lesson('4.4', '排障演练二：数据面', 'Incident drills II: the data plane'),
      lesson('4.5', '导入你自己集群的规则', 'Bring your own dump'),
      lesson('4.6', '规模事故：同步超过 5 秒', 'Scale incident: sync over 5 s'),
    ],
  },
  {
    number: 5,
    title: { zh: '安全加固与总结', en: 'Security and the red lines' },
    outcome: {
      zh: '守住几条红线，并说得出每一条的理由。',
      en: 'Hold a few red lines and give the reason for each.',
    },
    lessons: [
      lesson('5.1', 'NetworkPolicy 与 Service', 'NetworkPolicy with Services'),
      lesson('5.2', 'NodePort 治理', 'NodePort hygiene'),
      lesson(
        '5.3',
        'loadBalancerSourceRanges、externalIPs 与最小权限',
        'loadBalancerSourceRanges, externalIPs, least privilege',
      ),
      lesson('5.4', 'SRE 红线', 'The SRE red lines'),
      lesson('5.5', '综合演练', 'Capstone'),
    ],
  },
];

/** A planned lesson and its stage. */
export function plannedLesson(
  id: string,
): { readonly stage: Stage; readonly lesson: PlannedLesson } | undefined {
  for (const stage of CURRICULUM) {
    const found = stage.lessons.find((planned) => planned.id === id);
    if (found) return { stage, lesson: found };
  }
  return undefined;
}

/** Where a lesson stands, outermost first: stage, lesson. */
export function lessonCrumbs(locale: keyof Words, id: string): readonly string[] {
  const planned = plannedLesson(id);
  return planned ? [planned.stage.title[locale], `${id} ${planned.lesson.title[locale]}`] : [id];
}

/** A lesson's neighbours in the course's order, written or not. */
export function neighbours(id: string): {
  readonly before: PlannedLesson | undefined;
  readonly after: PlannedLesson | undefined;
} {
  const all = CURRICULUM.flatMap((stage) => stage.lessons);
  const at = all.findIndex((planned) => planned.id === id);
  return at < 0 ? { before: undefined, after: undefined } : { before: all[at - 1], after: all[at + 1] };
}
