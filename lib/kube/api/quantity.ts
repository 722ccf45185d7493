// Resource quantities: what k8s.io/apimachinery pkg/api/resource reads, compares and writes back in canonical form.

export interface Quantity {
  /** The amount in units of 10^-9. */
  readonly nano: bigint;
  readonly format: 'BinarySI' | 'DecimalSI' | 'DecimalExponent';
}

const SHAPE = /^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$/;
const BINARY: Readonly<Record<string, bigint>> = {
  Ki: 1n << 10n,
  Mi: 1n << 20n,
  Gi: 1n << 30n,
  Ti: 1n << 40n,
  Pi: 1n << 50n,
  Ei: 1n << 60n,
};
/** Powers of ten. */
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  '': 0,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** The quantity of a text, or what the server says of a text that is none. */
export function parseQuantity(text: string): Quantity | string {
  const shape = SHAPE.exec(text);
  if (!shape)
    return "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
  const [, number = '', suffix = ''] = shape;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(number)) return 'unable to parse numeric part of quantity';
  const binary = BINARY[suffix];
  if (binary !== undefined) return { nano: scaled(number, 0, binary), format: 'BinarySI' };
  const exponent = /^[eE]([-+]?\d+)$/.exec(suffix)?.[1];
  if (exponent !== undefined)
    return { nano: scaled(number, Number(exponent), 1n), format: 'DecimalExponent' };
  const power = DECIMAL[suffix];
  if (power === undefined) return "unable to parse quantity's suffix";
  return { nano: scaled(number, power, 1n), format: 'DecimalSI' };
}

/** number × 10^power × unit in 10^-9, rounded up. */
function scaled(number: string, power: number, unit: bigint): bigint {
  const negative = number.startsWith('-');
  const [whole = '', fraction = ''] = number.replace(/^[-+]/, '').split('.');
  const digits = BigInt(whole + fraction || '0') * unit;
  const shift = power + 9 - fraction.length;
  let nano = shift >= 0 ? digits * 10n ** BigInt(Math.min(shift, 60)) : digits / 10n ** BigInt(-shift);
  if (shift < 0 && nano * 10n ** BigInt(-shift) !== digits) nano += 1n;
  return negative ? -nano : nano;
}

/** The text that the server writes: the largest unit that leaves a whole number of at most three decimals rounded up to milli. */
export function formatQuantity({ nano, format }: Quantity): string {
  const milli = nano % 1_000_000n === 0n ? nano / 1_000_000n : nano / 1_000_000n + (nano > 0n ? 1n : 0n);
  if (milli === 0n) return '0';
  const whole = milli % 1000n === 0n ? milli / 1000n : undefined;
  if (format === 'BinarySI' && whole !== undefined && (whole >= 1024n || whole <= -1024n)) {
    let unit = '';
    let amount = whole;
    for (const name of Object.keys(BINARY)) {
      if (amount % 1024n !== 0n) break;
      amount /= 1024n;
      unit = name;
    }
    return `${amount}${unit}`;
  }
  if (whole === undefined) return format === 'DecimalExponent' ? `${milli}e-3` : `${milli}m`;
  let power = 0;
  let amount = whole;
  while (amount % 1000n === 0n && power < 18) {
    amount /= 1000n;
    power += 3;
  }
  if (format === 'DecimalExponent') return power === 0 ? `${amount}` : `${amount}e${power}`;
  return `${amount}${['', 'k', 'M', 'G', 'T', 'P', 'E'][power / 3] ?? ''}`;
}

/** The canonical text of a quantity; undefined for what is no quantity. */
export function canonicalQuantity(value: unknown): string | undefined {
  const parsed = parseQuantity(String(value));
  return typeof parsed === 'string' ? undefined : formatQuantity(parsed);
}
