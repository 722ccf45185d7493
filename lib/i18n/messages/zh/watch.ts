// 统计 watch 字节数的图用的文字。
import type { watch as english } from '../en/watch';

export const watch: Record<keyof typeof english, string> = {
  title: '{service} 的监听者收到了什么',
  restart: '重新开始计数',
  watchers: '监听者数量',
  watchersN: '{n} 个监听者',
  waiting: '集群正在启动……',
  events: '事件',
  each: '每个监听者',
  all: '{n} 个监听者共计',
  none: '从这次计数开始，还没有发出过事件。改动一个 Pod 试试。',
  list: '最近 {shown} 个事件，共 {of} 个，按发送顺序：',
  addresses: '{n} 个地址',
  ADDED: 'ADDED',
  MODIFIED: 'MODIFIED',
  DELETED: 'DELETED',
  incomplete: '写入太多，最早的事件已经不再保留，总数偏低。请重新开始计数。',
  counted:
    '统计口径：模拟 API server 的 watch 事件按 JSON 计，就是 kubectl get -w -o json 收到的内容，不含 HTTP/2 和 TLS 的开销。Kubernetes 自己的组件用更短的 protobuf，模拟器没有测量。',
};
