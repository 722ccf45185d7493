// Between the cluster's terminals and the consoles on the page: lines go to the worker in the order in which they were typed, and
// what comes back with each state goes to the console that it belongs to.
import type { Completion, ConsolePlace, ConsoleState, WorkbenchState } from '@/lib/workbench/protocol';
import { END_OF_INPUT, INTERRUPT, SAVED_FILE } from './control-lines';
import type { ConsoleView } from './console-view';

/** What the hub asks of the page's store. */
export interface TerminalDoor {
  shell(terminal: string, line: string): void;
  complete(terminal: string, text: string, cursor: number): Promise<Completion>;
  consoles(query: string, limit: number): Promise<readonly ConsolePlace[]>;
  /** A program asked for a file to be opened in the editor. */
  openFile(path: string): void;
  /** A program waits for a file to be edited: the editor comes to the front. */
  toEditor(): void;
}

/** Sentences of ours that stand in a terminal. */
export interface TerminalWords {
  readonly cut: string;
  readonly restarted: string;
  readonly editing: string;
  gone(pod: string): string;
}

export type Standing = 'away' | 'sent' | 'ready' | 'time' | 'event' | 'input' | 'edit';

type Attached = Pick<
  ConsoleView,
  'print' | 'clear' | 'ready' | 'reading' | 'reset' | 'type' | 'begin' | 'spell'
>;

/** So much of what a line printed is read out. */
const SPOKEN = 4_000;
/** So much output waits for a console that was never opened. */
const BACKLOG = 100_000;

export class TerminalHub {
  readonly #door: TerminalDoor;
  #words: TerminalWords = { cut: '', restarted: '', editing: '', gone: (pod) => pod };
  readonly #views = new Map<string, Attached>();
  /** Lines sent to each terminal since the worker started. */
  readonly #sent = new Map<string, number>();
  /** Consoles whose prompt has been asked for or shown. */
  readonly #typing = new Set<string>();
  readonly #backlog = new Map<string, string>();
  readonly #waiting = new Map<string, string[]>();
  /** The file that the program of each terminal waits for. */
  readonly #editing = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  #state: WorkbenchState | null = null;
  #spoken = '';
  #requested: { readonly terminal: string; readonly count: number } | null = null;

  constructor(door: TerminalDoor) {
    this.#door = door;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
  /** What the last line printed, for screen readers. */
  readonly spoken = (): string => this.#spoken;

  /** The page's language. */
  speak(words: TerminalWords): void {
    this.#words = words;
  }

  /** The console that a link last asked for. */
  readonly requested = (): { readonly terminal: string; readonly count: number } | null => this.#requested;

  places(query: string, limit: number): Promise<readonly ConsolePlace[]> {
    return this.#door.consoles(query, limit);
  }
  complete(terminal: string, text: string, cursor: number): Promise<Completion> {
    return this.#door.complete(terminal, text, cursor);
  }

  /** A console is on the page: it gets what was printed before, and a prompt. Returns how to take it off again. */
  attach(terminal: string, view: Attached): () => void {
    this.#views.set(terminal, view);
    view.print(this.#backlog.get(terminal) ?? '');
    this.#backlog.delete(terminal);
    if (this.#state) this.send(terminal, '');
    return () => this.#views.delete(terminal);
  }

  /** A line, or what a running program reads. */
  send(terminal: string, line: string): void {
    this.#sent.set(terminal, (this.#sent.get(terminal) ?? 0) + 1);
    this.#typing.delete(terminal);
    this.#door.shell(terminal, line);
  }
  /** The file that the program waits for was closed with this text. */
  saved(terminal: string, text: string): void {
    this.send(terminal, SAVED_FILE + text);
  }
  interrupt(terminal: string): void {
    this.send(terminal, INTERRUPT);
  }
  endInput(terminal: string): void {
    this.send(terminal, END_OF_INPUT);
  }

  /** Types a line into a console as if the learner had, as soon as it is there. */
  type(terminal: string, line: string): void {
    const view = this.#views.get(terminal);
    if (view) view.type(line);
    else this.#waiting.set(terminal, [...(this.#waiting.get(terminal) ?? []), line]);
    this.request(terminal);
  }

  /** Empties the line of a console. */
  begin(terminal: string): void {
    this.#views.get(terminal)?.begin();
  }
  /** Writes a piece of a line into a console that is ready for one (`standing`); `enter` runs it. */
  spell(terminal: string, text: string, enter: boolean): void {
    this.#views.get(terminal)?.spell(text, enter);
  }
  /** How a console stands: out of sight, with lines on their way, waiting for something, or ready for the next line. */
  standing(terminal: string): Standing {
    const console = this.#state?.terminals.consoles.find(({ name }) => name === terminal);
    if (!this.#views.has(terminal)) return 'away';
    if (!console || console.taken < (this.#sent.get(terminal) ?? 0)) return 'sent';
    return console.waiting?.for ?? (this.#typing.has(terminal) ? 'ready' : 'sent');
  }

  /** Asks for a console to be brought to the front, and opened if it is not there. */
  request(terminal: string): void {
    this.#requested = { terminal, count: (this.#requested?.count ?? 0) + 1 };
    this.#tell();
  }

  /** Takes what the worker answered; each state once, in order. */
  adopt(state: WorkbenchState): void {
    if (state === this.#state) return;
    const fresh = this.#state === null || state.revision < this.#state.revision;
    const again = this.#state !== null && fresh;
    this.#state = state;
    if (fresh) this.#begin(again);
    for (const output of state.terminals.output) this.#print(output);
    this.#sayOut(state.terminals.output);
    for (const console of state.terminals.consoles) this.#follow(console);
  }

  /** A new worker knows nothing of the lines sent to the one before. */
  #begin(again: boolean): void {
    this.#sent.clear();
    this.#typing.clear();
    this.#editing.clear();
    for (const [terminal, view] of this.#views) {
      if (again) {
        view.reset();
        view.print(dim(this.#words.restarted));
      }
      this.send(terminal, '');
    }
  }

  #print({ terminal, kind, text }: WorkbenchState['terminals']['output'][number]): void {
    if (kind === 'open') return this.#door.openFile(text);
    const view = this.#views.get(terminal);
    if (kind === 'clear') {
      this.#backlog.delete(terminal);
      view?.clear();
      return;
    }
    const printed =
      kind === 'cut' ? dim(this.#words.cut) : kind === 'gone' ? dim(this.#words.gone(text)) : text;
    if (view) view.print(printed);
    else this.#backlog.set(terminal, ((this.#backlog.get(terminal) ?? '') + printed).slice(-BACKLOG));
  }

  /** A file that a program waits for is handed to the editor, once. */
  #hand(terminal: string, file: string | undefined): void {
    if (file === this.#editing.get(terminal)) return;
    if (file === undefined) {
      this.#editing.delete(terminal);
      return;
    }
    this.#editing.set(terminal, file);
    this.#views.get(terminal)?.print(dim(this.#words.editing));
    this.#door.toEditor();
  }

  #sayOut(output: WorkbenchState['terminals']['output']): void {
    const text = output.flatMap((o) => (o.kind === 'stdout' || o.kind === 'stderr' ? [o.text] : [])).join('');
    if (text === '') return;
    this.#spoken = text.slice(0, SPOKEN);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  /** All lines that were sent have been taken and nothing runs: the next may be typed. */
  #follow({ name, taken, waiting, incomplete, prompt }: ConsoleState): void {
    const view = this.#views.get(name);
    this.#hand(name, waiting?.for === 'edit' ? waiting.name : undefined);
    if (!view || taken < (this.#sent.get(name) ?? 0)) return;
    if (waiting) view.reading(waiting.for === 'input');
    if (waiting || this.#typing.has(name)) return;
    this.#typing.add(name);
    view.ready(incomplete ? '> ' : prompt, incomplete);
    for (const line of this.#waiting.get(name) ?? []) view.type(line);
    this.#waiting.delete(name);
  }
}

const dim = (text: string): string => (text === '' ? '' : `\x1b[90m${text}\x1b[39m\n`);
