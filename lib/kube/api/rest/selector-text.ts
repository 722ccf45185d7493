// A workload's selector as text, as the scale subresource carries it (metav1.LabelSelectorAsSelector).
import { asList, asObject, byText } from '@/lib/kube/api/json';

const OPERATORS: Readonly<Record<string, string>> = { In: 'in', NotIn: 'notin' };

/** `a=b,c in (x,y),!d`, sorted by key. ReplicationControllers select by plain labels. */
export function selectorString(kind: string, selector: unknown): string {
  const fields = asObject(selector);
  const labels = asObject(kind === 'ReplicationController' ? fields : fields['matchLabels']);
  const parts = Object.entries(labels).map(([key, value]) => ({ key, text: `${key}=${String(value)}` }));
  for (const expression of asList(fields['matchExpressions'])) {
    const {
      key = '',
      operator = '',
      values,
    } = asObject(expression) as {
      key?: string;
      operator?: string;
      values?: readonly string[];
    };
    const word = OPERATORS[operator];
    const listed = (values ?? []).toSorted(byText).join(',');
    const text = word ? `${key} ${word} (${listed})` : operator === 'Exists' ? key : `!${key}`;
    parts.push({ key, text });
  }
  return parts
    .toSorted((a, b) => byText(a.key, b.key))
    .map((p) => p.text)
    .join(',');
}
