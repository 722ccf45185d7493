// Deployment, ReplicaSet, DaemonSet (k8s.io/api/apps/v1/types.go, pkg/apis/apps/v1/defaults.go).
import { field, text, type TypeDocs } from './types';

const selector = field(
  'Which Pods belong to it. It must match the template’s labels and cannot be changed.',
  '哪些 Pod 属于它。必须与模板的标签匹配，且不能修改。',
);
const template = field('What its Pods are made from.', '用来创建 Pod 的模板。');
const minReadySeconds = field(
  'For how many seconds a Pod must be ready to count as available.',
  'Pod 就绪满多少秒才算可用。',
  { default: '0' },
);
const revisionHistoryLimit = field(
  'How many old revisions are kept for a rollback.',
  '保留多少个旧版本供回滚。',
  {
    default: '10',
  },
);
const replicas = field('How many Pods there are to be.', '要有多少个 Pod。', {
  default: '1',
  rules: text(
    'One KUBE-SEP chain for each ready Pod; each of n is chosen with probability 1/n.',
    '每个就绪 Pod 一条 KUBE-SEP 链；n 个中每个被选中的概率是 1/n。',
  ),
});

export const workloadDocs: TypeDocs = {
  'v1.Deployment': {
    about: text(
      'Keeps so many Pods of a template running, and replaces them step by step when the template changes.',
      '让按模板创建的 Pod 保持指定数量；模板变了就逐步替换。',
    ),
    fields: {
      spec: field('How many Pods, from which template, replaced how.', '多少个 Pod、什么模板、如何替换。'),
      status: field('How far the Deployment has got.', 'Deployment 的进展。'),
    },
  },
  'v1.DeploymentSpec': {
    about: text('How many Pods, from which template, replaced how.', '多少个 Pod、什么模板、如何替换。'),
    fields: {
      replicas,
      selector,
      template,
      minReadySeconds,
      revisionHistoryLimit,
      strategy: field('How old Pods are replaced by new ones.', '如何用新 Pod 替换旧 Pod。'),
      paused: field('Whether changes of the template wait.', '是否暂停发布模板的修改。', {
        default: 'false',
      }),
      progressDeadlineSeconds: field(
        'After so many seconds without progress a rollout is reported as failed.',
        '多少秒没有进展就报告发布失败。',
        { default: '600' },
      ),
    },
  },
  'v1.DeploymentStrategy': {
    about: text('How old Pods are replaced by new ones.', '如何用新 Pod 替换旧 Pod。'),
    fields: {
      type: field(
        'RollingUpdate replaces Pods little by little; Recreate ends all old ones first.',
        'RollingUpdate 逐步替换；Recreate 先结束全部旧 Pod。',
        { default: 'RollingUpdate' },
      ),
      rollingUpdate: field('How fast RollingUpdate goes.', 'RollingUpdate 的步幅。'),
    },
  },
  'v1.RollingUpdateDeployment': {
    about: text('How fast RollingUpdate goes.', 'RollingUpdate 的步幅。'),
    fields: {
      maxUnavailable: field(
        'How many Pods may be missing meanwhile: a number, or a percentage rounded down.',
        '期间最多可以少几个 Pod：数量，或向下取整的百分比。',
        { default: '25%' },
      ),
      maxSurge: field(
        'How many Pods more than wanted there may be: a number, or a percentage rounded up.',
        '期间最多可以多出几个 Pod：数量，或向上取整的百分比。',
        { default: '25%' },
      ),
    },
  },
  'v1.DeploymentStatus': {
    about: text('How far the Deployment has got.', 'Deployment 的进展。'),
    fields: {
      replicas: field('Pods that exist.', '现有的 Pod 数。'),
      updatedReplicas: field('Pods of the newest template.', '最新模板的 Pod 数。'),
      readyReplicas: field('Pods that are ready.', '就绪的 Pod 数。'),
      availableReplicas: field('Pods that have been ready long enough.', '就绪足够久的 Pod 数。'),
      unavailableReplicas: field('Pods still missing.', '还缺的 Pod 数。'),
      observedGeneration: field(
        'The generation that the controller has seen.',
        '控制器已看到的 generation。',
      ),
    },
  },
  'v1.ReplicaSet': {
    about: text(
      'Keeps so many Pods of a template running. Deployments make these; by hand you rarely do.',
      '让按模板创建的 Pod 保持指定数量。一般由 Deployment 创建，很少手写。',
    ),
    fields: {},
  },
  'v1.ReplicaSetSpec': {
    about: text('How many Pods, from which template.', '多少个 Pod、什么模板。'),
    fields: { replicas, selector, template, minReadySeconds },
  },
  'v1.DaemonSet': {
    about: text(
      'Keeps one Pod on each node that fits; kube-proxy runs so.',
      '在每个合适的节点上各保持一个 Pod；kube-proxy 就是这样运行的。',
    ),
    fields: {},
  },
  'v1.DaemonSetSpec': {
    about: text('Which Pod, on which nodes, replaced how.', '什么 Pod、在哪些节点、如何替换。'),
    fields: {
      selector,
      template,
      minReadySeconds,
      revisionHistoryLimit,
      updateStrategy: field('How old Pods are replaced by new ones.', '如何用新 Pod 替换旧 Pod。'),
    },
  },
  'v1.DaemonSetUpdateStrategy': {
    about: text('How old Pods are replaced by new ones.', '如何用新 Pod 替换旧 Pod。'),
    fields: {
      type: field(
        'RollingUpdate replaces Pods node by node; OnDelete waits until you delete them.',
        'RollingUpdate 逐节点替换；OnDelete 等你自己删除。',
        { default: 'RollingUpdate' },
      ),
      rollingUpdate: field('How fast RollingUpdate goes.', 'RollingUpdate 的步幅。'),
    },
  },
  'v1.RollingUpdateDaemonSet': {
    about: text('How fast RollingUpdate goes.', 'RollingUpdate 的步幅。'),
    fields: {
      maxUnavailable: field(
        'On how many nodes the Pod may be missing meanwhile.',
        '期间最多有几个节点缺 Pod。',
        { default: '1' },
      ),
      maxSurge: field(
        'On how many nodes there may be two Pods meanwhile.',
        '期间最多有几个节点同时有两个 Pod。',
        { default: '0' },
      ),
    },
  },
};
