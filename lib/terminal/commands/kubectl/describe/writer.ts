// The text of `kubectl describe`: tab-separated lines, two spaces a level, aligned at the end (k8s.io/kubectl pkg/describe).
import { alignTabs, DESCRIBE } from '../../../tabwriter';
import { byBytes } from '../print/json';
import { humanDuration } from '../print/duration';

export class DescribeWriter {
  #text = '';

  /** Lines as given, without indent. */
  raw(text: string): void {
    this.#text += text;
  }

  /** A line at a level: two spaces for each. */
  line(level: number, text: string): void {
    this.#text += `${'  '.repeat(level)}${text}\n`;
  }

  /** `Key:\tvalue` */
  pair(level: number, key: string, value: string | number): void {
    this.line(level, `${key}:\t${value}`);
  }

  /** With its tabs. */
  get unaligned(): string {
    return this.#text;
  }

  get text(): string {
    return alignTabs(this.#text, DESCRIBE);
  }
}

/** Labels under a title: the first beside it, the others below. */
export function multiline(
  w: DescribeWriter,
  level: number,
  title: string,
  labels: Readonly<Record<string, string>> | undefined,
  innerIndent = '\t',
  skip: readonly string[] = [],
): void {
  const keys = Object.keys(labels ?? {})
    .filter((k) => !skip.includes(k))
    .sort(byBytes);
  const head = '  '.repeat(level);
  w.raw(`${head}${title}:${innerIndent}`);
  if (keys.length === 0) {
    w.raw('<none>\n');
    return;
  }
  for (const [i, key] of keys.entries()) {
    if (i > 0) w.raw(innerIndent);
    w.raw(`${key}=${labels?.[key] ?? ''}\n`);
  }
}

const SKIPPED = ['kubectl.kubernetes.io/last-applied-configuration'];
const LONGEST = 140;

/** Annotations: long ones on lines of their own. */
export function annotationLines(
  w: DescribeWriter,
  level: number,
  annotations: Readonly<Record<string, string>> | undefined,
  title = 'Annotations',
): void {
  const indent = '  '.repeat(level);
  w.raw(`${indent}${title}:\t`);
  const keys = Object.keys(annotations ?? {})
    .filter((k) => !SKIPPED.includes(k))
    .sort(byBytes);
  if (keys.length === 0) {
    w.raw('<none>\n');
    return;
  }
  for (const [i, key] of keys.entries()) {
    if (i > 0) w.raw('\t');
    const value = (annotations?.[key] ?? '').replace(/\n$/, '');
    if (value.length + key.length + 2 > LONGEST || value.includes('\n')) {
      w.raw(`${key}:\n`);
      for (const line of value.split('\n')) w.raw(`${indent}\t  ${shorten(line, LONGEST - 2)}\n`);
    } else w.raw(`${key}: ${value}\n`);
  }
}

function shorten(text: string, length: number): string {
  const chars = [...text];
  return chars.length > length ? `${chars.slice(0, length).join('')}...` : text;
}

/** `a=b,c=d` sorted; `<none>` without any. */
export function labelPairs(labels: Readonly<Record<string, string>> | undefined): string {
  const keys = Object.keys(labels ?? {}).sort(byBytes);
  return keys.length === 0 ? '<none>' : keys.map((k) => `${k}=${labels?.[k] ?? ''}`).join(',');
}

interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly {
    readonly key: string;
    readonly operator: string;
    readonly values?: readonly string[];
  }[];
}

/** metav1.FormatLabelSelector. */
export function selectorText(selector: unknown): string {
  if (selector === undefined || selector === null) return '<none>';
  const { matchLabels = {}, matchExpressions = [] } = selector as LabelSelector;
  const parts: (readonly [string, string])[] = [
    ...Object.entries(matchLabels).map(([k, v]) => [k, `${k}=${v}`] as const),
    ...matchExpressions.map(({ key, operator, values = [] }) => {
      const list = [...values].sort(byBytes).join(',');
      if (operator === 'In') return [key, `${key} in (${list})`] as const;
      if (operator === 'NotIn') return [key, `${key} notin (${list})`] as const;
      return [key, operator === 'Exists' ? key : `!${key}`] as const;
    }),
  ];
  parts.sort(([a], [b]) => byBytes(a, b));
  return parts.length === 0 ? '<none>' : parts.map(([, text]) => text).join(',');
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (n: number): string => String(n).padStart(2, '0');

/** RFC 1123 with a numeric zone; the terminal's zone is UTC. */
export function rfc1123(time: string | null | undefined): string {
  const d = new Date(time ?? '0001-01-01T00:00:00Z');
  return `${DAYS[d.getUTCDay()]}, ${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${String(d.getUTCFullYear()).padStart(4, '0')} ${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())} +0000`;
}

/** time.Time.String() in UTC. */
export const goTime = (time: string | null | undefined): string =>
  time ? `${time.replace('T', ' ').replace(/Z$/, '')} +0000 UTC` : '0001-01-01 00:00:00 +0000 UTC';

/** The age of a time: `5m`. */
export const ageOf = (time: string | null | undefined, now: number): string =>
  time ? humanDuration(now - Date.parse(time)) : '<unknown>';
