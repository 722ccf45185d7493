// Rules for names, labels, ports and addresses with the server's own texts: k8s.io/apimachinery pkg/util/validation. Each rule
// gives the list of what is wrong with a value.
import { parseCidr, parseIp } from '@/lib/core/ip';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const ENV_NAME = '[-._a-zA-Z][-._a-zA-Z0-9]*';

const whole = (format: string): RegExp => new RegExp(`^(?:${format})$`);
const label = whole(LABEL);
const subdomain = whole(SUBDOMAIN);
const dns1035 = whole(DNS_1035);
const qualified = whole(QUALIFIED);
const labelValue = whole(LABEL_VALUE);
const configKey = whole(CONFIG_KEY);
const envName = whole(ENV_NAME);

/** "MESSAGE (e.g. 'a',  or 'b', regex used for validation is 'FORMAT')" with Go's two blanks. */
const regexError = (message: string, format: string, ...examples: readonly string[]): string =>
  `${message} (e.g. ${examples.map((e) => `'${e}', `).join(' or ')}regex used for validation is '${format}')`;

const tooLong = (length: number): string => `must be no more than ${length} characters`;
const EMPTY = 'must be non-empty';

/** One DNS label, as for port names and namespaces. */
export function dns1123Label(value: string): string[] {
  const found = value.length > 63 ? [tooLong(63)] : [];
  if (label.test(value)) return found;
  if (subdomain.test(value)) return [...found, 'must not contain dots'];
  return [
    ...found,
    regexError(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
      LABEL,
      'my-name',
      '123-abc',
    ),
  ];
}

/** Labels with dots between them, as for most object names. */
export function dns1123Subdomain(value: string): string[] {
  const found = value.length > 253 ? [tooLong(253)] : [];
  if (subdomain.test(value)) return found;
  return [
    ...found,
    regexError(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
      SUBDOMAIN,
      'example.com',
    ),
  ];
}

/** Names of Services. */
export function dns1035Label(value: string): string[] {
  const found = value.length > 63 ? [tooLong(63)] : [];
  if (dns1035.test(value)) return found;
  return [
    ...found,
    regexError(
      "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
      DNS_1035,
      'my-name',
      'abc-123',
    ),
  ];
}

/** Keys of labels and the like: [prefix/]name. */
export function qualifiedName(value: string): string[] {
  const slash = value.indexOf('/');
  const name = value.slice(slash + 1);
  if (name.includes('/'))
    return [
      `a qualified name ${QUALIFIED_RULE} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  const found: string[] = [];
  if (slash >= 0) {
    const prefix = value.slice(0, slash);
    const faults = prefix === '' ? [EMPTY] : dns1123Subdomain(prefix);
    for (const fault of faults) found.push(`prefix part ${fault}`);
  }
  if (name === '') found.push(`name part ${EMPTY}`);
  else if (name.length > 63) found.push(`name part ${tooLong(63)}`);
  if (!qualified.test(name)) found.push(`name part ${QUALIFIED_RULE}`);
  return found;
}

const QUALIFIED_RULE = regexError(
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
  QUALIFIED,
  'MyName',
  'my.name',
  '123-abc',
);

export function validLabelValue(value: string): string[] {
  const found = value.length > 63 ? [tooLong(63)] : [];
  if (labelValue.test(value)) return found;
  return [
    ...found,
    regexError(
      "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
      LABEL_VALUE,
      'MyValue',
      'my_value',
      '12345',
    ),
  ];
}

export const portNumber = (port: number): string[] =>
  port >= 1 && port <= 65535 ? [] : ['must be between 1 and 65535, inclusive'];

/** Names of container ports, and of target ports (IANA_SVC_NAME). */
export function portName(value: string): string[] {
  const found: string[] = [];
  if (value.length > 15) found.push(tooLong(15));
  if (!/^[-a-z0-9]+$/.test(value))
    found.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  if (!/[a-z]/.test(value)) found.push('must contain at least one letter (a-z)');
  if (value.includes('--')) found.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) found.push('must not begin or end with a hyphen');
  return found;
}

/** A port number, or the name of a container port. */
export const portNumberOrName = (port: number | string): string[] =>
  typeof port === 'number' ? portNumber(port) : portName(port);

export const validIp = (value: string): string[] =>
  parseIp(value) ? [] : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)'];

export const validIpOf = (family: 'IPv4' | 'IPv6', value: string): string[] =>
  parseIp(value)?.family === family ? [] : [`must be a valid ${family} address`];

export const validCidr = (value: string): string[] =>
  parseCidr(value) ? [] : ['must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)'];

/** Addresses that endpoints and external IPs must not have (ValidateNonSpecialIP). */
export function nonSpecialIp(value: string): string[] {
  const ip = parseIp(value);
  if (!ip) return ['must be a valid IP address'];
  const v4 = ip.family === 'IPv4';
  const found: string[] = [];
  if (ip.value === 0n) found.push(`may not be unspecified (${value})`);
  if (v4 ? ip.value >> 24n === 127n : ip.value === 1n)
    found.push('may not be in the loopback range (127.0.0.0/8, ::1/128)');
  if (v4 ? ip.value >> 16n === 0xa9fen : ip.value >> 118n === 0x3fan)
    found.push('may not be in the link-local range (169.254.0.0/16, fe80::/10)');
  if (v4 ? ip.value >> 8n === 0xe00000n : ip.value >> 112n === 0xff02n)
    found.push('may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)');
  return found;
}

function notADirectory(value: string): string[] {
  if (value === '.' || value === '..') return [`must not be '${value}'`];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** Keys of ConfigMaps. */
export function configMapKey(value: string): string[] {
  const found = value.length > 253 ? [tooLong(253)] : [];
  if (!configKey.test(value))
    found.push(
      regexError(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'",
        CONFIG_KEY,
        'key.name',
        'KEY_NAME',
        'key-name',
      ),
    );
  return [...found, ...notADirectory(value)];
}

/** Names of environment variables; `relaxed` allows any printable ASCII but =. */
export function envVarName(value: string, relaxed: boolean): string[] {
  if (relaxed) {
    if (value === '') return [`environment variable name ${EMPTY}`];
    return /^[ -<>-~]+$/.test(value)
      ? []
      : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
  }
  const found = envName.test(value)
    ? []
    : [
        regexError(
          "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit",
          ENV_NAME,
          'my.env-name',
          'MY_ENV.NAME',
          'MyEnvName1',
        ),
      ];
  return [...found, ...notADirectory(value)];
}

export const httpHeaderName = (value: string): string[] =>
  /^[-A-Za-z0-9]+$/.test(value)
    ? []
    : [
        regexError(
          "a valid HTTP header must consist of alphanumeric characters or '-'",
          '[-A-Za-z0-9]+',
          'X-Header-Name',
        ),
      ];

/** "25%" and the like. */
export const percent = (value: string): string[] =>
  /^[0-9]+%$/.test(value)
    ? []
    : [
        regexError(
          "a valid percent string must be a numeric string followed by an ending '%'",
          '[0-9]+%',
          '1%',
          '93%',
        ),
      ];
