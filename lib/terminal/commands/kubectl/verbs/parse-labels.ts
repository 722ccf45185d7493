// `a=b,c=d` of --labels and --selector flags (k8s.io/kubectl pkg/generate ParseLabels).
import { Failure } from '../run/errors';

/** The labels; throws on a pair without a value. */
export function labelsOf(text: string): Readonly<Record<string, string>> {
  const labels: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const parts = pair.split('=');
    const [key = '', value = ''] = parts;
    if (parts.length !== 2) throw new Failure(`unexpected label spec: ${pair}`);
    if (key === '') throw new Failure('unexpected empty label key');
    labels[key] = value;
  }
  return labels;
}
