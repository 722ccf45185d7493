// 测量“多少个 Service 让一个节点付出多少”的图用的文字。
import type { scale as english } from '../en/scale';

export const scale: Record<keyof typeof english, string> = {
  title: '测一测：一个节点上的 Service',
  services: 'Service 数量',
  servicesN: '{n} 个 Service',
  measure: '测 {n} 个',
  measuring: '正在测 {n} 个 Service……',
  waiting: '集群正在启动……',
  failed: '没有得到测量结果。请再试一次，或者换小一点的数。',
  measured: '{n} 个 Service 测完了。',
  metric: '图里显示什么',
  rules: '首包比较的规则数',
  change: '一次变化写的行数',
  whole: '启动时写的行数',
  plot: '图：{what}，横轴是 Service 数量；两个轴都是对数。数字在下面的表里。',
  empty: '还没有测量。选一个数量测一下；测两个相差很大的数，就能看出斜率。',
  iptables: 'iptables',
  nftables: 'nftables',
  noNftables: 'v{k8s} 没有 nftables 模式，它从 v1.29 才有。要比较，请在上面换一个版本。',
  ipvs: 'IPVS 是 2.5 课的内容，还没有上线；这里暂时没有测它。',
  mode: '模式',
  first: '最前',
  middle: '中间',
  last: '最后',
  atStart: '启动时',
  oneChange: '一次变化',
  dispatch: '其中 KUBE-SERVICES',
  bytes: '一次变化的字节数',
  caption: '首包要比较的规则数（Service 在单子的最前、中间、最后），以及 kube-proxy 写的行数',
  counted:
    '这里数的是条数，不是时间：让一个包走过这个版本的模拟 kube-proxy 为这么多 Service（每个 5 个端点）写的规则，数它在 nat PREROUTING 和由此进入的各条链里比较过几条，抽签都落在最后一个端点上。真实内核要花多少微秒取决于机器，这里不模拟。',
};
