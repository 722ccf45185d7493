// 第 1 阶段测验的文字。
export const placement = {
  title: '第 1 阶段测验',
  intro:
    '八道题，答对 {pass} 道，第 1 阶段就记为已掌握，从 2.1 开始。其中五道题由一个随机的模拟集群出题，答案是它算出来的；重做时换一个集群。不计时，可以重做，没有课会被锁住。',
  begin: '开始测验',
  again: '换一个集群再做一次',
  drawing: '正在出题：一个模拟集群正在启动…',
  failed: '题目没有生成：模拟集群没能启动。',
  number: '第 {n} 题，共 {of} 题',
  computed: '答案由模拟集群算出',
  cluster: '集群编号 {seed}',
  lesson: '对应第 {id} 课',
  answer: '提交全部答案',
  unanswered: '还有 {n} 题没有作答。',
  right: '答对了。',
  wrong: '答错了。正确答案：{answer}',
  score: '答对 {right}/{of} 题。',
  passed: '第 1 阶段记为已掌握。它和“已完成”分开标记，课随时可以回来学。',
  missed: '要记为已掌握，需要答对 {pass} 题。看看下面的说明，先学答错的那几课。',
  goOn: '从 {id} 开始',
  goOnMap: '去课程地图',
  notKept: '浏览器没有保存这个结果：存储空间已满或被关闭。',
  endpoints: '这是 Pod 和 Service {service} 的选择器。{service} 现在有几个就绪的端点？',
  endpointsWhy:
    '选择器要求两个标签都对上：只有 {matching} 个 Pod 同时带着 app={service} 和 tier=web。其中一个没有就绪，它留在 EndpointSlice 里，标着 ready: false，不接新连接。所以是 {ready} 个。',
  port: 'Pod client 访问 Service {service} 的 clusterIP，端口 {port}。包到达 Pod 时，目的端口是多少？',
  portWhyName:
    'targetPort 写的是端口的名字 http；在 Pod 里，这个名字是 {right}。port {port} 是访问 clusterIP 用的，nodePort {nodePort} 是从节点地址进来用的。',
  portWhyNumber:
    'DNAT 把端口换成 targetPort，也就是 {right}。port {port} 是访问 clusterIP 用的，nodePort {nodePort} 是从节点地址进来用的。',
  call: '应用监听 8080 端口。照下面的 Service 和 Pod，Pod client 里这条 curl 会怎样？',
  answered: '得到一个 Pod 的应答',
  unresolved: 'Could not resolve host',
  refused: 'Connection refused',
  silent: '一直没有反应，直到超时',
  'callWhy.none':
    '选择器对得上 Pod，targetPort {target} 正是应用监听的端口，名字也在：请求到达其中一个 Pod。',
  'callWhy.selector':
    '选择器要的是 app={selector}，没有 Pod 带这个标签，Service 就没有端点。kube-proxy 给没有端点的 Service 写一条 REJECT 规则，客户端马上看到 Connection refused。',
  'callWhy.targetPort':
    '选择器没错，连接也到了 Pod，但 Pod 的 {target} 端口上没有程序在监听，Pod 的内核拒绝了它。',
  'callWhy.name':
    '没有叫 {called} 的 Service，集群的 DNS 服务器没有这个名字。curl 连地址都拿不到，还谈不上连接。Service 的名字是 {service}。',
  reach: '一台集群外的机器（{outside}）想访问 Service {service}。它连哪一个地址能得到应答？',
  noneOfThem: '这三个都不行',
  reachWhyNodePort:
    '类型是 NodePort：每个节点的 {nodePort} 端口都通向这个 Service。80 端口只属于 clusterIP，而集群外没有通往 clusterIP 的路由。',
  reachWhyClusterIP:
    '类型是 ClusterIP：它的地址只在集群内部有效，节点上也没有为它打开端口。集群外的机器要用 NodePort、LoadBalancer 或 Ingress。',
  name: 'Service {service} 在命名空间 {namespace}，Pod client 在命名空间 default。在 client 里，下面哪个名字能解析？',
  nameWhy:
    '{right} 能解析。完整的名字是 {service}.{namespace}.svc.cluster.local；Pod 的解析器会补上 default.svc.cluster.local、svc.cluster.local 或 cluster.local，所以从别的命名空间访问，至少要写到命名空间，而且顺序是先 Service，后命名空间。',
  stays: 'Deployment 的一个 Pod 被删除，换上了新的 Pod。什么没有变？',
  'stays.right': 'Service 的名字和 clusterIP',
  'stays.wrong1': 'Pod 的名字',
  'stays.wrong2': 'Pod 的 IP',
  'stays.wrong3': 'Service 的端点列表',
  staysWhy:
    '新 Pod 有新的名字和新的 IP，端点列表也跟着换。Service 的名字和 clusterIP 只要 Service 还在就不变，访问者该记的是它。',
  notReady: '一个 Pod 还在运行，但它的就绪探针失败了。访问 Service 会怎样？',
  'notReady.right': '新连接不再去这个 Pod，它留在 EndpointSlice 里，标着 ready: false',
  'notReady.wrong1': '三分之一的新连接失败',
  'notReady.wrong2': 'Pod 被删除，换上新的 Pod',
  'notReady.wrong3': '没有变化：Service 只看 Pod 是不是 Running',
  notReadyWhy:
    '就绪探针只决定 Pod 接不接新连接；重启容器是存活探针的事。kube-proxy 不给没有就绪的端点写规则，就绪后再写上。',
  headless: 'Service 写着 clusterIP: None（headless）。它的名字在集群 DNS 里解析成什么？',
  'headless.right': '各个就绪 Pod 的 IP',
  'headless.wrong1': '一个 clusterIP',
  'headless.wrong2': '各个节点的 IP',
  'headless.wrong3': '什么也没有：headless Service 没有 DNS 记录',
  headlessWhy:
    'headless Service 没有 clusterIP，kube-proxy 不为它写规则。DNS 直接给出就绪 Pod 的地址，由客户端自己挑。',
} as const;
