// What an unquoted YAML word means to kubectl: sigs.k8s.io/yaml reads YAML 1.1 (goyaml.v2/resolve.go), so `yes` and `on` are
// true, 010 is eight and 1_000 a thousand, while 12:30 and 2026-01-05 stay text.
import type { ScalarTag } from 'yaml';

const TRUE = /^(?:y|Y|yes|Yes|YES|true|True|TRUE|on|On|ON)$/;
const FALSE = /^(?:n|N|no|No|NO|false|False|FALSE|off|Off|OFF)$/;
const INTEGER = /^[-+]?(?:0[bB][01_]+|0[oO]?[0-7_]+|0[xX][0-9a-fA-F_]+|[1-9][0-9_]*|0)$/;
const FLOAT = /^[-+]?(?:\.[0-9_]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** The value of an integer as Go's strconv.ParseInt reads it with base 0. */
function integer(text: string): number {
  const plain = text.replaceAll('_', '');
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  const value = /^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return negative ? -value : value;
}

const scalar = (tag: string, test: RegExp, resolve: (text: string) => unknown): ScalarTag => ({
  tag: `tag:yaml.org,2002:${tag}`,
  default: true,
  test,
  resolve,
});

/** Tags for the yaml package, beside maps, sequences and strings. */
export const KUBECTL_SCALARS: ScalarTag[] = [
  scalar('null', /^(?:~|null|Null|NULL)?$/, () => null),
  scalar('bool', TRUE, () => true),
  scalar('bool', FALSE, () => false),
  scalar('int', INTEGER, integer),
  scalar('float', FLOAT, (text) => Number(text.replaceAll('_', ''))),
];

/** A value as YAML text that kubectl reads back as the same value. */
export function scalarText(value: string | number | boolean): string {
  if (typeof value !== 'string') return String(value);
  const safe =
    /^[A-Za-z_/][\w./-]*$/.test(value) && !TRUE.test(value) && !FALSE.test(value) && !/^null$/i.test(value);
  return safe ? value : JSON.stringify(value);
}
