// describe of kinds without a layout of their own: the object's fields (k8s.io/kubectl pkg/describe GenericDescriber).
import { byBytes } from '../print/json';
import { describeEvents, eventsOf } from './events';
import { annotationLines, DescribeWriter, multiline } from './writer';
import type { Describer } from './workloads';

export const describeGeneric: Describer = (k, object, showEvents) => {
  const w = new DescribeWriter();
  const { metadata } = object;
  w.pair(0, 'Name', metadata.name ?? '');
  w.pair(0, 'Namespace', metadata.namespace ?? '');
  multiline(w, 0, 'Labels', metadata.labels);
  annotationLines(w, 0, metadata.annotations);
  fields(w, 0, object as Readonly<Record<string, unknown>>, '', [
    '.metadata.managedFields',
    '.metadata.name',
    '.metadata.namespace',
    '.metadata.labels',
    '.metadata.annotations',
  ]);
  if (showEvents) describeEvents(w, eventsOf(k, object, object.kind), k.now);
  return w.text;
};

function fields(
  w: DescribeWriter,
  level: number,
  content: Readonly<Record<string, unknown>>,
  path: string,
  skip: readonly string[],
): void {
  for (const field of Object.keys(content).sort(byBytes)) {
    const value = content[field];
    const here = `${path}.${field}`;
    if (skip.includes(here) || value === undefined) continue;
    const title = smartLabel(field);
    if (Array.isArray(value)) {
      w.line(level, `${title}:`);
      for (const child of value as readonly unknown[])
        if (typeof child === 'object' && child !== null && !Array.isArray(child))
          fields(w, level + 1, child as Readonly<Record<string, unknown>>, here, skip);
        else w.line(level + 1, String(child as string));
    } else if (typeof value === 'object' && value !== null) {
      w.line(level, `${title}:`);
      fields(w, level + 1, value as Readonly<Record<string, unknown>>, here, skip);
    } else w.pair(level, title, value === null ? '<nil>' : String(value as string));
  }
}

const ACRONYMS = new Set(['API', 'UID', 'OSB', 'GUID']);

/** `creationTimestamp` → `Creation Timestamp`. */
function smartLabel(field: string): string {
  if (field.includes('/') || field.includes('.')) return field;
  const parts = field.split(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return parts
    .map((part) => {
      const upper = part.toUpperCase();
      return ACRONYMS.has(upper) ? upper : part.charAt(0).toUpperCase() + part.slice(1);
    })
    .join(' ');
}
