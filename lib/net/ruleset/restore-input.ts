// What a program feeds to `iptables-restore --noflush --counters`: tables, the chains it declares (declaring flushes them),
// their rules, and the chains it deletes.
import { printRule } from './print';
import type { Chain, Rule, TableName } from './types';

export interface RestoreTable {
  readonly name: TableName;
  /** Declared chains with their whole content, in the order of their lines. */
  readonly chains: readonly Chain[];
  /** Rules appended to chains that are not declared (jumps from built-in chains). */
  readonly appended: readonly Rule[];
  /** Chains that are emptied and deleted (-X). */
  readonly deleted: readonly string[];
  /** The rules of `chains` in the order in which they are written; absent: chain by chain. */
  readonly written?: () => Iterable<Rule>;
}

export interface RestoreInput {
  readonly tables: readonly RestoreTable[];
}

/** A chain whose rules are made when somebody looks at them. */
export class LazyChain implements Chain {
  #rules: readonly Rule[] | undefined;

  constructor(
    readonly name: string,
    private readonly make: () => readonly Rule[],
  ) {}

  get rules(): readonly Rule[] {
    this.#rules ??= this.make();
    return this.#rules;
  }
}

/** The text, line by line as kube-proxy writes it. */
export function printRestore(input: RestoreInput): string {
  const text = new LineBuffer();
  for (const table of input.tables) {
    text.line(`*${table.name}`);
    for (const chain of table.chains) text.line(`:${chain.name} - [0:0]`);
    for (const name of table.deleted) text.line(`:${name} - [0:0]`);
    const rules = table.written?.() ?? table.chains.flatMap((c) => c.rules);
    for (const rule of rules) text.line(printRule(rule, 'restore', 'IPv4'));
    for (const rule of table.appended) text.line(printRule(rule, 'restore', 'IPv4'));
    for (const name of table.deleted) text.line(`-X ${name}`);
    text.line('COMMIT');
  }
  return text.end();
}

/** Joins lines in blocks: hundreds of thousands of small texts are never alive at once. */
class LineBuffer {
  #block: string[] = [];
  readonly #blocks: string[] = [];

  line(text: string): void {
    if (this.#block.push(text) === 512) this.#flush();
  }

  end(): string {
    this.#flush();
    return this.#blocks.join('');
  }

  #flush(): void {
    if (this.#block.length) this.#blocks.push(this.#block.join('\n') + '\n');
    this.#block = [];
  }
}
