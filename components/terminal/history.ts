// Lines typed before, kept in the browser: one list for each kind of console, newest last.

const KEY = 'servicepath.terminal.v1';
const MOST = 500;
const LONGEST = 2_000;
type Keeper = Pick<Storage, 'getItem' | 'setItem'>;

export class History {
  #lists: Readonly<Record<string, readonly string[]>> = {};
  readonly #storage: Keeper | undefined;

  constructor(storage: Keeper | undefined) {
    this.#storage = storage;
    try {
      this.#lists = parse(storage?.getItem(KEY) ?? null);
    } catch {
      // Closed storage remembers nothing.
    }
  }

  lines(kind: string): readonly string[] {
    return this.#lists[kind] ?? [];
  }

  /** As bash with HISTCONTROL=ignoreboth: no line twice in a row, none that begins with a blank. */
  add(kind: string, line: string): void {
    const lines = this.lines(kind);
    if (line.trim() === '' || line.startsWith(' ') || line === lines.at(-1) || line.length > LONGEST) return;
    this.#lists = { ...this.#lists, [kind]: [...lines, line].slice(-MOST) };
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.#lists));
    } catch {
      // Full storage: the history lasts as long as the page.
    }
  }
}

function parse(text: string | null): Readonly<Record<string, readonly string[]>> {
  const data: unknown = JSON.parse(text ?? 'null');
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return {};
  return Object.fromEntries(
    Object.entries(data).map(([kind, lines]: [string, unknown]) => [
      kind,
      (Array.isArray(lines) ? lines : []).filter((line) => typeof line === 'string').slice(-MOST),
    ]),
  );
}
