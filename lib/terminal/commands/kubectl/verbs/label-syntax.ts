// Label keys and values as kubectl checks them before it sends them (apimachinery pkg/util/validation).
import { goQuote } from '../print/go-quote';

const VALUE = /^(?:(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** What is wrong with `key=value` as a label; undefined if nothing is. */
export function labelProblem(key: string, value: string): string | undefined {
  if (value.length > 63)
    return `invalid label value: ${goQuote(`${key}=${value}`)}: must be no more than 63 characters`.replace(
      'no more than 63 characters',
      'no more than 63 characters',
    );
  if (!VALUE.test(value))
    return `invalid label value: ${goQuote(`${key}=${value}`)}: a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`;
  return undefined;
}

/** What is wrong with a qualified name. */
export function qualifiedNameProblem(name: string): string | undefined {
  const parts = name.split('/');
  if (parts.length > 2)
    return `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  const last = parts.at(-1) ?? '';
  if (parts.length === 2 && !SUBDOMAIN.test(parts[0] ?? ''))
    return 'prefix part must be a DNS-1123 subdomain';
  if (last === '') return 'name part must be non-empty';
  if (last.length > 63) return 'name part must be no more than 63 characters';
  return NAME.test(last)
    ? undefined
    : `name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')`;
}
