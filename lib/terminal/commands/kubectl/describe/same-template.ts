import type { PodTemplate } from './pod-types';

/** Are two templates equal but for the pod-template-hash? */
export function sameTemplate(a: PodTemplate | undefined, b: PodTemplate | undefined): boolean {
  const bare = (t: PodTemplate | undefined): string => {
    const { 'pod-template-hash': _, ...labels } = t?.metadata?.labels ?? {};
    return canonical({ ...t, metadata: { ...t?.metadata, labels, creationTimestamp: undefined } });
  };
  return bare(a) === bare(b);
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  return `{${Object.entries(value)
    .filter(([, v]) => v !== undefined && v !== null)
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([key, v]) => `${key}:${canonical(v)}`)
    .join()}}`;
}
