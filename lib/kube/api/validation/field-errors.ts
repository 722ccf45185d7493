// Errors about fields, worded as k8s.io/apimachinery pkg/util/validation/field does. Paths are plain texts: spec.ports[0].port.
import type { StatusCause } from '@/lib/kube/api/types';
import { byText, type JsonObject } from '@/lib/kube/api/json';

/** A value that is already written as Go writes it. */
export interface GoText {
  readonly go: string;
}

/** Collects what is wrong with an object, in the order in which it is found. */
export class FieldErrors {
  readonly causes: StatusCause[] = [];

  get count(): number {
    return this.causes.length;
  }

  required(field: string, detail = ''): void {
    this.#add('FieldValueRequired', field, 'Required value', detail);
  }

  invalid(field: string, value: unknown, detail: string): void {
    this.#add('FieldValueInvalid', field, `Invalid value: ${goText(value)}`, detail);
  }

  /** One error for each message. */
  invalidEach(field: string, value: unknown, details: readonly string[]): void {
    for (const detail of details) this.invalid(field, value, detail);
  }

  notSupported(field: string, value: unknown, supported: readonly string[]): void {
    const detail = `supported values: ${supported.map((v) => JSON.stringify(v)).join(', ')}`;
    this.#add('FieldValueNotSupported', field, `Unsupported value: ${goText(value)}`, detail);
  }

  duplicate(field: string, value: unknown, detail = ''): void {
    this.#add('FieldValueDuplicate', field, `Duplicate value: ${goText(value)}`, detail);
  }

  notFound(field: string, value: unknown): void {
    this.#add('FieldValueNotFound', field, `Not found: ${goText(value)}`, '');
  }

  forbidden(field: string, detail: string): void {
    this.#add('FieldValueForbidden', field, 'Forbidden', detail);
  }

  tooMany(field: string, actual: number, most: number): void {
    this.#add(
      'FieldValueTooMany',
      field,
      `Too many: ${actual}`,
      `must have at most ${most} ${most === 1 ? 'item' : 'items'}`,
    );
  }

  tooLong(field: string, mostBytes: number): void {
    this.#add('FieldValueTooLong', field, 'Too long', `must have at most ${mostBytes} bytes`);
  }

  /** must be greater than or equal to 0 */
  nonNegative(field: string, value: number | undefined): void {
    if (value !== undefined && value < 0) this.invalid(field, value, 'must be greater than or equal to 0');
  }

  #add(reason: string, field: string, body: string, detail: string): void {
    this.causes.push({ reason, field, message: detail === '' ? body : `${body}: ${detail}` });
  }
}

/** A value as Go's %#v prints it in these messages; nil pointers are null. */
function goText(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'object' && 'go' in value) return (value as GoText).go;
  return typeof value === 'object' ? JSON.stringify(value) : String(value as number | boolean);
}

/** []string{"a", "b"} */
export const goSlice = (values: readonly string[] | undefined, type = '[]string'): GoText => ({
  go: values ? `${type}{${values.map((v) => JSON.stringify(v)).join(', ')}}` : `${type}(nil)`,
});

/** map[string]string{"a":"b"} */
export const goMap = (values: Readonly<Record<string, string>> | undefined): GoText => ({
  go: values
    ? `map[string]string{${Object.keys(values)
        .sort(byText)
        .map((key) => `${JSON.stringify(key)}:${JSON.stringify(values[key])}`)
        .join(', ')}}`
    : 'map[string]string(nil)',
});

/** intstr.IntOrString{Type:1, IntVal:0, StrVal:"25%"} */
export const goIntOrString = (value: number | string): GoText => ({
  go:
    typeof value === 'number'
      ? `intstr.IntOrString{Type:0, IntVal:${value}, StrVal:""}`
      : `intstr.IntOrString{Type:1, IntVal:0, StrVal:${JSON.stringify(value)}}`,
});

/** v1.LabelSelector{MatchLabels:…, MatchExpressions:…} */
export function goSelector(selector: JsonObject | undefined): GoText | null {
  if (!selector) return null;
  const expressions = selector['matchExpressions'] as readonly JsonObject[] | undefined;
  const written = expressions?.map(
    (e) =>
      `v1.LabelSelectorRequirement{Key:${goText(e['key'] ?? '')}, Operator:${goText(e['operator'] ?? '')}, Values:${goSlice(e['values'] as readonly string[] | undefined).go}}`,
  );
  const list = written
    ? `[]v1.LabelSelectorRequirement{${written.join(', ')}}`
    : '[]v1.LabelSelectorRequirement(nil)';
  const labels = goMap(selector['matchLabels'] as Readonly<Record<string, string>> | undefined).go;
  return { go: `v1.LabelSelector{MatchLabels:${labels}, MatchExpressions:${list}}` };
}
