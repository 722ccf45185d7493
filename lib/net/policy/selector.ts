// Label selectors, compiled: a packet may be held against a thousand of them (k8s.io/apimachinery pkg/labels/selector.go Matches).
import type { LabelSelector } from '@/lib/kube/types';

export type Labels = Readonly<Record<string, string>>;

/** Whether labels satisfy a selector, as a function. An empty selector selects everything. */
export function compileSelector({
  matchLabels = {},
  matchExpressions = [],
}: LabelSelector): (labels: Labels) => boolean {
  const wanted = Object.entries(matchLabels);
  const tests = matchExpressions.map(({ key, operator, values = [] }): ((labels: Labels) => boolean) => {
    const known = new Set(values);
    switch (operator) {
      case 'In':
        return (labels) => known.has(labels[key] ?? '') && labels[key] !== undefined;
      case 'NotIn':
        return (labels) => labels[key] === undefined || !known.has(labels[key]);
      case 'Exists':
        return (labels) => labels[key] !== undefined;
      case 'DoesNotExist':
        return (labels) => labels[key] === undefined;
    }
  });
  return (labels) =>
    wanted.every(([key, value]) => labels[key] === value) && tests.every((test) => test(labels));
}
