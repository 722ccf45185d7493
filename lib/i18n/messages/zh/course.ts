// 各实验共用的检查文字。只属于一个实验的文字写在它的 lab.zh.yaml 里。
export const course = {
  'check.endpoints': '{have} 个就绪端点，目标是 {want} 个。',
  'check.choiceRules': 'KUBE-SVC 链里还没有 {want} 条端点规则。',
  'check.prediction': '预测题还没有回答。',
  'check.noChain': 'KUBE-SERVICES 里没有为 {service} 跳转到 KUBE-SVC 链的规则。',
} as const;
