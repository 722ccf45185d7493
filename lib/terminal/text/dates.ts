// Instants in the forms of C's libraries. Machines of the cluster keep UTC.
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const LONG_DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** ctime(3): "Wed Nov 25 08:30:59 2026". */
export const ctime = (ms: number): string => strftime('%a %b %e %H:%M:%S %Y', ms);

/** strftime(3) in the C locale, UTC. */
export function strftime(format: string, ms: number): string {
  const d = new Date(ms);
  const two = (n: number): string => String(n).padStart(2, '0');
  const yearStart = Date.UTC(d.getUTCFullYear(), 0, 1);
  const fields: Readonly<Record<string, () => string>> = {
    a: () => DAYS[d.getUTCDay()] ?? '',
    A: () => LONG_DAYS[d.getUTCDay()] ?? '',
    b: () => MONTHS[d.getUTCMonth()] ?? '',
    h: () => MONTHS[d.getUTCMonth()] ?? '',
    B: () => LONG_MONTHS[d.getUTCMonth()] ?? '',
    c: () => strftime('%a %b %e %H:%M:%S %Y', ms),
    d: () => two(d.getUTCDate()),
    D: () => strftime('%m/%d/%y', ms),
    e: () => String(d.getUTCDate()).padStart(2),
    F: () => strftime('%Y-%m-%d', ms),
    H: () => two(d.getUTCHours()),
    I: () => two(d.getUTCHours() % 12 || 12),
    j: () => String(Math.floor((ms - yearStart) / 86_400_000) + 1).padStart(3, '0'),
    m: () => two(d.getUTCMonth() + 1),
    M: () => two(d.getUTCMinutes()),
    n: () => '\n',
    N: () => String(((ms % 1000) + 1000) % 1000).padStart(3, '0') + '000000',
    p: () => (d.getUTCHours() < 12 ? 'AM' : 'PM'),
    R: () => strftime('%H:%M', ms),
    s: () => String(Math.floor(ms / 1000)),
    S: () => two(d.getUTCSeconds()),
    t: () => '\t',
    T: () => strftime('%H:%M:%S', ms),
    u: () => String(d.getUTCDay() || 7),
    w: () => String(d.getUTCDay()),
    y: () => two(d.getUTCFullYear() % 100),
    Y: () => String(d.getUTCFullYear()),
    z: () => '+0000',
    Z: () => 'UTC',
    '%': () => '%',
  };
  return format.replace(/%[-_0^#]?([a-zA-Z%])/g, (all, letter: string) => {
    const text = fields[letter]?.();
    return text === undefined ? all : all[1] === '-' ? text.replace(/^[0 ]+(?=.)/, '') : text;
  });
}
