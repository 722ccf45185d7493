// Words of labs and checks that every lab shares. What belongs to one lab stands in its lab.en.yaml.
export const course = {
  'check.endpoints': '{have, plural, one {# ready endpoint} other {# ready endpoints}}; the goal is {want}.',
  'check.choiceRules': 'the KUBE-SVC chain does not have {want} endpoint rules yet.',
  'check.prediction': 'the prediction is not answered yet.',
  'check.noChain': 'KUBE-SERVICES has no rule that jumps to a KUBE-SVC chain for {service}.',
} as const;
