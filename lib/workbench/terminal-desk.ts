// The terminals of one lab as the page uses them: lines become actions of the log once they are whole, and what they print is
// handed over with the next state.
import { endings } from '@/lib/course/programs';
import type { ActionBody } from '@/lib/course/types';
import type { Pod } from '@/lib/kube/types';
import type { Cluster } from '@/lib/sim';
import { END_OF_INPUT, INTERRUPT, SAVED_FILE, type Terminals } from '@/lib/terminal/terminals';
import type { Completion, ConsolePlace, ConsoleState, WorkbenchState } from './protocol';

/** A here-document or loop may be this long before it is run as it is. */
const LONGEST = 64 * 1024;

export class TerminalDesk {
  readonly #terminals: Terminals;
  readonly #play: (action: ActionBody) => void;
  /** Lines that wait for more. */
  readonly #begun = new Map<string, string>();
  readonly #taken = new Map<string, number>();

  constructor(terminals: Terminals, play: (action: ActionBody) => void) {
    this.#terminals = terminals;
    this.#play = play;
  }

  /** A log was replayed: what it printed was seen before, and what it left running has ended. */
  resumed(): void {
    for (const action of endings(this.#terminals.running())) this.#play(action);
    this.#terminals.takeOutput();
  }

  line(terminal: string, line: string): void {
    this.#taken.set(terminal, (this.#taken.get(terminal) ?? 0) + 1);
    if (this.#terminals.isRunning(terminal)) this.#play({ kind: 'shell', terminal, line });
    else if (line === INTERRUPT) this.#begun.delete(terminal);
    else if (line !== END_OF_INPUT && !line.startsWith(SAVED_FILE)) this.#text(terminal, line);
    this.wake();
  }

  /** Something has happened: programs that wait for it go on. */
  wake(): void {
    this.#terminals.wake();
  }

  complete(terminal: string, text: string, cursor: number): Completion {
    const { from, words } = this.#terminals.complete(terminal, text, cursor);
    return { from, candidates: words };
  }

  state(): WorkbenchState['terminals'] {
    return {
      output: this.#terminals.takeOutput(),
      consoles: [...this.#taken].map(([name, taken]): ConsoleState => ({
        ...this.#terminals.state(name),
        taken,
        incomplete: this.#begun.has(name),
      })),
    };
  }

  #text(terminal: string, line: string): void {
    const before = this.#begun.get(terminal);
    const text = before === undefined ? line : `${before}\n${line}`;
    if (text.length < LONGEST && this.#terminals.isIncomplete(terminal, text)) {
      this.#begun.set(terminal, text);
      return;
    }
    this.#begun.delete(terminal);
    if (text.trim() !== '') this.#play({ kind: 'shell', terminal, line: text });
  }
}

/** Where terminals can be opened: the control machine, nodes, and running Pods whose name holds the query. */
export function consolePlaces(cluster: Cluster, query: string, limit: number): readonly ConsolePlace[] {
  const places: ConsolePlace[] = [
    { name: 'control', kind: 'control' },
    ...cluster.nodes.map((name): ConsolePlace => ({ name, kind: 'node' })),
  ];
  const wanted = query.trim().toLowerCase();
  for (const { metadata, status, spec } of cluster.api.list<Pod>('Pod')) {
    if (places.length >= limit) break;
    const name = `${metadata.namespace ?? 'default'}/${metadata.name ?? ''}`;
    if (status?.phase !== 'Running' || !name.includes(wanted)) continue;
    places.push({ name, kind: 'pod', ...(spec.nodeName ? { node: spec.nodeName } : {}) });
  }
  return places;
}
