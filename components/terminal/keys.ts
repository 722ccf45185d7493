// What arrives from the terminal as characters (control characters and VT sequences, as xterm sends them), told apart as keys,
// typed text and pasted text.

export type KeyName =
  | 'left'
  | 'right'
  | 'up'
  | 'down'
  | 'home'
  | 'end'
  | 'word-left'
  | 'word-right'
  | 'backspace'
  | 'delete'
  | 'kill-word-left'
  | 'kill-word-right'
  | 'rub-word'
  | 'kill-left'
  | 'kill-right'
  | 'yank'
  | 'last-argument'
  | 'enter'
  | 'tab'
  | 'interrupt'
  | 'end-of-file'
  | 'clear'
  | 'search'
  | 'cancel'
  | 'transpose'
  | 'escape'
  | 'unknown';

export type Input =
  | { readonly kind: 'key'; readonly key: KeyName }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string };

const CONTROL: Readonly<Record<string, KeyName>> = {
  '\x01': 'home', // Ctrl-A
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'end-of-file',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'cancel',
  '\b': 'backspace',
  '\t': 'tab',
  '\n': 'enter',
  '\v': 'kill-right',
  '\f': 'clear',
  '\r': 'enter',
  '\x0e': 'down', // Ctrl-N
  '\x10': 'up',
  '\x12': 'search',
  '\x14': 'transpose',
  '\x15': 'kill-left',
  '\x17': 'rub-word',
  '\x19': 'yank',
  '\x7f': 'backspace',
};

/** Sequences after ESC. */
const SEQUENCES: Readonly<Record<string, KeyName>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  '[H': 'home',
  '[F': 'end',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3C': 'word-right',
  '[1;3D': 'word-left',
  '[3;5~': 'kill-word-right',
  '[3;3~': 'kill-word-right',
  b: 'word-left',
  f: 'word-right',
  d: 'kill-word-right',
  '\x7f': 'kill-word-left',
  '\b': 'kill-word-left',
  '.': 'last-argument',
  _: 'last-argument',
};

const PASTE_BEGIN = '\x1b[200~';
const PASTE_END = '\x1b[201~';
// oxlint-disable-next-line no-control-regex -- control characters are what this reads
const SEQUENCE = /^\x1b(\[[0-9;?]*[ -/]*[@-~]|O[ -~]|[^[O])/;
// oxlint-disable-next-line no-control-regex
const PLAIN = /^[^\x00-\x1f\x7f]+/;

/** Keys and texts of one chunk that the terminal sent. */
export function inputsOf(data: string): readonly Input[] {
  const inputs: Input[] = [];
  for (let rest = data; rest !== '';) {
    const [input, length] = first(rest);
    inputs.push(input);
    rest = rest.slice(length);
  }
  return inputs;
}

function first(data: string): [Input, number] {
  if (data.startsWith(PASTE_BEGIN)) {
    const end = data.indexOf(PASTE_END);
    const text = data.slice(PASTE_BEGIN.length, end < 0 ? undefined : end);
    return [{ kind: 'paste', text: pasted(text) }, end < 0 ? data.length : end + PASTE_END.length];
  }
  const [plain] = PLAIN.exec(data) ?? [];
  if (plain) return [{ kind: 'text', text: plain }, plain.length];
  const [sequence, code = ''] = SEQUENCE.exec(data) ?? [];
  if (sequence) return [key(SEQUENCES[code] ?? 'unknown'), sequence.length];
  if (data.startsWith('\x1b')) return [key('escape'), 1];
  return [key(CONTROL[data.charAt(0)] ?? 'unknown'), 1];
}

const key = (name: KeyName): Input => ({ kind: 'key', key: name });

/** Line ends as the shell has them; no other control character is pasted, tabs become spaces. */
const pasted = (text: string): string =>
  text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll('\t', '    ')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\x00-\x09\x0b-\x1f\x7f]/g, '');
