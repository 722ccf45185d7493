// The query of a request: k8s.io/apimachinery reads it as net/url does.

/** Parameters by name; the first value of each counts. */
export class Query {
  readonly #values = new Map<string, string[]>();

  constructor(raw: string) {
    for (const pair of raw.split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      const name = unescaped(at < 0 ? pair : pair.slice(0, at));
      const value = at < 0 ? '' : unescaped(pair.slice(at + 1));
      const known = this.#values.get(name);
      if (known) known.push(value);
      else this.#values.set(name, [value]);
    }
  }

  get(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** strconv.ParseBool as the query conversion does it: present and not "false" or "0". */
  flag(name: string): boolean {
    const value = this.get(name);
    return value !== undefined && value.toLowerCase() !== 'false' && value !== '0';
  }
}

export function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
