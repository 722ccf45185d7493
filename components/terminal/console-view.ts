// One console on the page: an xterm, and the line that is typed into it. What a line does is the worker's business; this class
// knows when the next one may be typed.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { complete, listed, type Completion } from './completion';
import { inputsOf, type Input } from './keys';
import { emptyLine, insert, press, type Line } from './line-editor';
import { LineView } from './line-view';
import { leavingKeys } from './leaving-keys';
import { themeOf } from './theme';

/** What the page does for a console. */
export interface ConsolePort {
  /** A line to run, or to be read by what runs. */
  run(text: string): void;
  /** Ctrl-C and Ctrl-D while something runs. */
  interrupt(): void;
  endInput(): void;
  complete(text: string, cursor: number): Promise<Completion>;
  history(): readonly string[];
  remember(text: string): void;
  /** Where the keyboard is told that Esc was pressed and Tab would leave. */
  escaped(escaped: boolean): void;
}

export interface ConsoleOptions {
  readonly host: HTMLElement;
  readonly label: string;
  readonly screenReader: boolean;
}

const SCROLLBACK = 5_000;

export class ConsoleView {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #port: ConsolePort;
  readonly #view = new LineView();
  #line: Line;
  #prompt = '';
  /** editing: a prompt waits; running: what is typed is read by the program, or waits for the next prompt. */
  #mode: 'editing' | 'running' = 'running';
  /** Lines of a paste that wait for their turn. */
  #queue: string[] = [];
  /** Typed while something ran, up to where Enter was pressed. */
  #ahead = '';
  /** What runs reads the next line. */
  #reading = false;
  #kill = '';

  constructor(port: ConsolePort, { host, label, screenReader }: ConsoleOptions) {
    this.#host = host;
    this.#port = port;
    this.#line = emptyLine(port.history());
    this.#terminal = new Terminal({
      convertEol: true,
      scrollback: SCROLLBACK,
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: 12.5,
      lineHeight: 1.35,
      cursorStyle: 'block',
      cursorInactiveStyle: 'outline',
      theme: themeOf(host),
      screenReaderMode: screenReader,
      macOptionIsMeta: true,
      rightClickSelectsWord: false,
      minimumContrastRatio: 4.5,
    });
    this.#terminal.loadAddon(this.#fit);
    this.#terminal.open(host);
    this.#terminal.textarea?.setAttribute('aria-label', label);
    // Pastes come marked, so that a pasted line end is told from Enter.
    this.#terminal.write('\x1b[?2004h');
    this.#terminal.attachCustomKeyEventHandler(
      leavingKeys(this.#terminal, (escaped) => port.escaped(escaped)),
    );
    this.#terminal.onData((data) => this.#hear(data));
    this.#terminal.onResize(({ cols }) => this.#rewrap(cols));
    this.fit();
  }

  /** Takes the size of its place; a place out of sight has none. */
  fit(): void {
    if (this.#host.clientWidth > 0 && this.#host.clientHeight > 0) this.#fit.fit();
  }
  focus(): void {
    this.#terminal.focus();
  }
  recolour(): void {
    this.#terminal.options.theme = themeOf(this.#host);
  }
  set screenReader(on: boolean) {
    this.#terminal.options.screenReaderMode = on;
  }
  dispose(): void {
    this.#terminal.dispose();
  }

  /** What a program printed. */
  print(text: string): void {
    this.#terminal.write(text);
  }
  clear(): void {
    this.#terminal.write('\x1b[H\x1b[2J\x1b[3J');
  }

  /** Whether what runs waits for input: lines typed ahead are its. */
  reading(reading: boolean): void {
    this.#reading = reading;
    const next = reading ? this.#queue.shift() : undefined;
    if (next !== undefined) this.#port.run(next);
  }

  /** The next line may be typed. */
  ready(prompt: string): void {
    this.#prompt = prompt;
    this.#mode = 'editing';
    this.#reading = false;
    this.#line = emptyLine(this.#port.history(), this.#kill);
    // A prompt begins a row, whatever the program printed last.
    this.#terminal.write('', () => {
      if (this.#terminal.buffer.active.cursorX > 0) this.#terminal.write('\r\n');
      this.#draw();
      this.#goOn();
    });
  }

  /** Begins anew: another cluster, nothing runs. */
  reset(): void {
    this.#queue = [];
    this.#ahead = '';
    this.#terminal.reset();
    this.#terminal.write('\x1b[?2004h');
    this.#mode = 'running';
  }

  /** Types a line and runs it, as a link of the lesson does. */
  type(text: string): void {
    this.#queue.push(text);
    if (this.#mode === 'editing') {
      this.#line = emptyLine(this.#port.history(), this.#kill);
      this.#goOn();
    }
  }

  /** A key of the buttons that stand in for a keyboard. */
  press(data: string): void {
    this.#hear(data);
    this.focus();
  }

  #goOn(): void {
    if (this.#mode !== 'editing') return;
    const next = this.#queue.shift();
    if (next !== undefined) {
      this.#line = insert(this.#line, next);
      this.#draw();
      this.#submit();
      return;
    }
    const ahead = this.#ahead;
    this.#ahead = '';
    if (ahead !== '') this.#hear(ahead);
  }

  #hear(data: string): void {
    for (const input of inputsOf(data)) {
      if (this.#mode === 'editing') this.#edit(input);
      else this.#hearRunning(input);
    }
  }

  #edit(input: Input): void {
    if (input.kind === 'text') this.#line = insert(this.#line, input.text);
    else if (input.kind === 'paste') return this.#paste(input.text);
    else {
      const { line, effect } = press(this.#line, input.key);
      this.#line = line;
      this.#kill = line.kill;
      if (effect === 'submit') return this.#submit();
      if (effect === 'complete') return void this.#complete();
      if (effect === 'interrupt') return this.#abandon();
      if (effect === 'end-of-file') {
        this.#line = insert(this.#line, 'exit');
        return this.#submit();
      }
      if (effect === 'clear') this.#terminal.write('\x1b[H\x1b[2J');
    }
    this.#draw();
  }

  /** Each whole line of a paste is run in its turn; the rest stays to be edited. */
  #paste(text: string): void {
    const [first = '', ...rest] = text.split('\n');
    this.#line = insert(this.#line, first);
    this.#draw();
    if (!rest.length) return;
    this.#ahead = (rest.pop() ?? '') + this.#ahead;
    this.#queue.push(...rest);
    this.#submit();
  }

  /** What runs reads whole lines; without a reader they are typed ahead. */
  #hearRunning(input: Input): void {
    if (input.kind === 'key' && input.key === 'interrupt') {
      this.#ahead = '';
      this.#queue = [];
      this.#terminal.write('^C');
      this.#port.interrupt();
    } else if (input.kind === 'key' && input.key === 'end-of-file' && this.#ahead === '')
      this.#port.endInput();
    else if (input.kind === 'key' && input.key === 'enter') {
      this.#terminal.write('\r\n');
      const text = this.#ahead;
      this.#ahead = '';
      if (this.#reading) this.#port.run(text);
      else this.#queue.push(text);
      this.#reading = false;
    } else if (input.kind === 'key' && input.key === 'backspace') {
      if (this.#ahead === '') return;
      this.#ahead = [...this.#ahead].slice(0, -1).join('');
      this.#terminal.write('\b \b');
    } else if (input.kind !== 'key') {
      const [first = '', ...rest] = input.text.split('\n');
      this.#ahead += first;
      this.#terminal.write(first);
      for (const text of rest) {
        this.#hearRunning({ kind: 'key', key: 'enter' });
        this.#ahead += text;
        this.#terminal.write(text);
      }
    }
  }

  #submit(): void {
    const { text } = this.#line;
    this.#line = { ...this.#line, search: null, cursor: text.length };
    this.#draw();
    this.#terminal.write(this.#view.leave());
    this.#mode = 'running';
    this.#port.remember(text);
    this.#port.run(text);
  }

  /** Ctrl-C at the prompt: the line is left as it is, a new one begins. */
  #abandon(): void {
    this.#queue = [];
    this.#line = { ...this.#line, search: null, cursor: this.#line.text.length };
    this.#draw();
    this.#terminal.write(`^C${this.#view.leave()}`);
    this.#mode = 'running';
    this.#port.interrupt();
  }

  async #complete(): Promise<void> {
    const asked = this.#line;
    const { text, cursor } = asked;
    const completion = await this.#port.complete(text, cursor);
    if (this.#line !== asked || this.#mode !== 'editing') return;
    const { line, list } = complete(asked, completion);
    this.#line = line;
    if (list.length > 0) {
      this.#terminal.write(this.#view.leave() + listed(list, this.#terminal.cols));
    }
    this.#draw();
  }

  #draw(): void {
    this.#terminal.write(this.#view.draw(this.#prompt, this.#line, this.#terminal.cols));
  }

  #rewrap(columns: number): void {
    if (this.#mode !== 'editing') return;
    this.#view.rewrapped(this.#prompt, this.#line, columns);
    this.#draw();
  }
}
