// /etc/resolv.conf, and the names that the C library tries for one that is given (glibc resolv/res_query.c).

export interface ResolverConfig {
  readonly nameservers: readonly string[];
  readonly search: readonly string[];
  readonly ndots: number;
  /** Milliseconds that a server has to answer, and how often it is asked. */
  readonly timeoutMs: number;
  readonly attempts: number;
}

/** Reads the text; lines that are no part of the format are passed over. */
export function parseResolvConf(text: string): ResolverConfig {
  const nameservers: string[] = [];
  let search: string[] = [];
  const options = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [word, ...rest] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    if (word === 'nameserver' && rest[0] && nameservers.length < 3) nameservers.push(rest[0]);
    else if (word === 'search') search = rest;
    else if (word === 'domain') search = rest.slice(0, 1);
    else if (word === 'options')
      for (const o of rest) options.set(o.split(':')[0] ?? '', o.split(':')[1] ?? '');
  }
  const number = (name: string, otherwise: number, most: number): number => {
    const value = Number(options.get(name));
    return options.has(name) && Number.isInteger(value) && value >= 0 ? Math.min(value, most) : otherwise;
  };
  return {
    nameservers,
    search,
    ndots: number('ndots', 1, 15),
    timeoutMs: Math.max(1, number('timeout', 5, 30)) * 1000,
    attempts: Math.max(1, number('attempts', 2, 5)),
  };
}

/** Full names in the order in which they are asked for. */
export function namesToTry(name: string, { search, ndots }: ResolverConfig): readonly string[] {
  if (name.endsWith('.')) return [name];
  const dots = name.split('.').length - 1;
  const searched = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}.`);
  return dots >= ndots ? [`${name}.`, ...searched] : [...searched, `${name}.`];
}
