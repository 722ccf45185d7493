// One console on the page: an xterm, and the line that is typed into it. What a line does is the worker's business; this class
// knows when the next one may be typed.
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import { cellWidth } from './cells';
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
const ENTER: Input = { kind: 'key', key: 'enter' };

export class ConsoleView {
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #host: HTMLElement;
  readonly #port: ConsolePort;
  readonly #view = new LineView();
  #line: Line;
  #prompt = '';
  /** editing: a prompt waits; reading: a program does; busy: keys wait until one of both does. */
  #mode: 'editing' | 'reading' | 'busy' = 'busy';
  /** What was typed and not used yet, lines of a paste included. */
  #typed: Input[] = [];
  /** The line that a program reads, as far as it is typed. */
  #answer = '';
  /** More lines are needed before the ones given are run. */
  #continued = false;
  #kill = '';

  constructor(port: ConsolePort, { host, label, screenReader }: ConsoleOptions) {
    this.#host = host;
    this.#port = port;
    this.#line = emptyLine(port.history());
    this.#terminal = new Terminal({
      convertEol: true,
      scrollback: SCROLLBACK,
      fontFamily: getComputedStyle(host).fontFamily,
      fontSize: 12,
      lineHeight: 1.3,
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

  /** What a program printed. Of one behind the prompt it stands above the line that is being typed. */
  print(text: string): void {
    if (this.#mode !== 'editing' || text === '') return this.#terminal.write(text);
    this.#terminal.write(this.#view.lift() + text + (text.endsWith('\n') ? '' : '\n'));
    this.#draw();
  }
  clear(): void {
    this.#terminal.write('\x1b[H\x1b[2J\x1b[3J');
  }

  /** Whether what runs waits for input: what is typed is its. */
  reading(reading: boolean): void {
    if (this.#mode === 'editing') return;
    this.#mode = reading ? 'reading' : 'busy';
    this.#use();
  }

  /** The next line may be typed. `continued`: it goes on from the line before. */
  ready(prompt: string, continued = false): void {
    this.#prompt = prompt;
    this.#continued = continued;
    this.#line = emptyLine(this.#port.history(), this.#kill);
    // A prompt begins a row, whatever the program printed last.
    this.#terminal.write('', () => {
      if (this.#terminal.buffer.active.cursorX > 0) this.#terminal.write('\r\n');
      this.#draw();
      this.#mode = 'editing';
      this.#use();
    });
  }

  /** Begins anew: another cluster, nothing runs. */
  reset(): void {
    this.#typed = [];
    this.#answer = '';
    this.#terminal.reset();
    this.#terminal.write('\x1b[?2004h');
    this.#mode = 'busy';
  }

  /** Types a line and runs it, as a link of the lesson does. */
  type(text: string): void {
    if (this.#mode === 'editing') this.#line = emptyLine(this.#port.history(), this.#kill);
    this.#typed.push({ kind: 'text', text }, ENTER);
    this.#use();
  }

  /** Leaves the line that is being typed, for one that is shown. */
  begin(): void {
    if (this.#mode !== 'editing') return;
    this.#line = emptyLine(this.#port.history(), this.#kill);
    this.#draw();
  }
  /** Writes on at the cursor, as if typed: a solution that is shown comes in pieces. */
  spell(text: string, enter: boolean): void {
    this.#typed.push({ kind: 'text', text }, ...(enter ? [ENTER] : []));
    this.#use();
  }

  /** A key of the buttons that stand in for a keyboard. */
  press(data: string): void {
    this.#hear(data);
    this.focus();
  }

  #hear(data: string): void {
    this.#typed.push(...inputsOf(data));
    const interrupt = this.#typed.findLastIndex((input) => input.kind === 'key' && input.key === 'interrupt');
    // Ctrl-C does not wait for its turn, and what was typed before it is forgotten.
    if (interrupt >= 0 && this.#mode !== 'editing') {
      this.#typed = this.#typed.slice(interrupt + 1);
      this.#answer = '';
      this.#terminal.write('^C\r\n');
      this.#port.interrupt();
    }
    this.#use();
  }

  /** Gives what was typed to the line or to the program that reads, as far as one takes it. */
  #use(): void {
    while (this.#mode !== 'busy') {
      const input = this.#typed.shift();
      if (!input) return;
      if (this.#mode === 'editing') this.#edit(input);
      else this.#read(input);
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
    const lines = text.split('\n').map((line): Input => ({ kind: 'text', text: line }));
    this.#typed.unshift(...lines.flatMap((line, i) => (i === 0 ? [line] : [ENTER, line])));
  }

  /** What runs reads whole lines, as a terminal gives them: only the last character can be taken back. */
  #read(input: Input): void {
    if (input.kind === 'paste') this.#paste(input.text);
    else if (input.kind === 'text') {
      this.#answer += input.text;
      this.#terminal.write(input.text);
    } else if (input.key === 'enter') {
      this.#terminal.write('\r\n');
      const text = this.#answer;
      this.#answer = '';
      this.#mode = 'busy';
      this.#port.run(text);
    } else if (input.key === 'end-of-file' && this.#answer === '') {
      this.#mode = 'busy';
      this.#port.endInput();
    } else if (input.key === 'backspace' && this.#answer !== '') {
      const [last = ''] = [...this.#answer].slice(-1);
      this.#answer = this.#answer.slice(0, -last.length);
      this.#terminal.write('\b \b'.repeat(cellWidth(last)));
    }
  }

  #submit(): void {
    const { text } = this.#line;
    this.#line = { ...this.#line, search: null, cursor: text.length };
    this.#draw();
    this.#terminal.write(this.#view.leave());
    this.#mode = 'busy';
    this.#port.remember(text);
    this.#port.run(text);
  }

  /** Ctrl-C at the prompt: the line is left as it is, a new one begins. */
  #abandon(): void {
    this.#typed = [];
    this.#line = { ...this.#line, search: null, cursor: this.#line.text.length };
    this.#draw();
    this.#terminal.write(`^C${this.#view.leave()}`);
    if (this.#continued) {
      this.#mode = 'busy';
      this.#port.interrupt();
      return;
    }
    this.#line = emptyLine(this.#port.history(), this.#kill);
    this.#draw();
  }

  /** Keys wait meanwhile, so that none is lost. */
  async #complete(): Promise<void> {
    this.#mode = 'busy';
    const { text, cursor } = this.#line;
    const { line, list } = complete(this.#line, await this.#port.complete(text, cursor));
    // A restart may have cleared the console meanwhile.
    if (this.#line.text !== text) return;
    this.#line = line;
    if (list.length > 0) this.#terminal.write(this.#view.leave() + listed(list, this.#terminal.cols));
    this.#draw();
    this.#mode = 'editing';
    this.#use();
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
