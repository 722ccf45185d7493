import { describe, expect, test } from 'vitest';
import type { ConsoleState, WorkbenchState } from '@/lib/workbench/protocol';
import { INTERRUPT } from './control-lines';
import { TerminalHub } from './terminal-hub';

type Output = WorkbenchState['terminals']['output'][number];
let revision = 0;
const state = (consoles: readonly Partial<ConsoleState>[], output: readonly Output[] = []): WorkbenchState =>
  ({
    revision: ++revision,
    terminals: {
      output,
      consoles: consoles.map((c) => ({ name: 'control', prompt: '$ ', taken: 0, incomplete: false, ...c })),
    },
  }) as unknown as WorkbenchState;

/** A hub whose lines are written down, and a console that writes down what it is told. */
function desk() {
  revision = 0;
  const sent: string[] = [];
  const told: string[] = [];
  const hub = new TerminalHub({
    shell: (terminal, line) => void sent.push(`${terminal}: ${line === INTERRUPT ? '^C' : line}`),
    complete: () => Promise.resolve({ from: 0, candidates: [] }),
    consoles: () => Promise.resolve([]),
    openFile: (path) => void told.push(`open ${path}`),
    toEditor: () => void told.push('editor'),
  });
  hub.speak({ cut: 'cut', restarted: 'again', editing: 'in the editor', gone: (pod) => `gone ${pod}` });
  const view = {
    print: (text: string) => void (text && told.push(text)),
    clear: () => void told.push('clear'),
    ready: (prompt: string) => void told.push(`ready ${prompt}`),
    reading: (reading: boolean) => void told.push(reading ? 'reading' : 'busy'),
    reset: () => void told.push('reset'),
    type: (line: string) => void told.push(`type ${line}`),
    begin: () => void told.push('begin'),
    spell: (text: string, enter: boolean) => void told.push(`spell ${text}${enter ? '⏎' : ''}`),
  };
  return { hub, view, sent, told };
}

const out = (text: string, kind: Output['kind'] = 'stdout'): Output => ({ terminal: 'control', kind, text });

describe('the terminal hub', () => {
  test('a console gets its prompt once the cluster has taken all lines that were sent', () => {
    const { hub, view, sent, told } = desk();
    hub.attach('control', view);
    expect(sent).toEqual([]);
    hub.adopt(state([]));
    expect(sent).toEqual(['control: ']);
    hub.adopt(state([{ taken: 1 }]));
    hub.send('control', 'ls');
    // An answer to an edit that was made before says nothing of the line.
    hub.adopt(state([{ taken: 1 }]));
    expect(told).toEqual(['ready $ ']);
    hub.adopt(state([{ taken: 2 }], [out('service.yaml\n')]));
    expect(told).toEqual(['ready $ ', 'service.yaml\n', 'ready $ ']);
    expect(hub.spoken()).toBe('service.yaml\n');
  });

  test('a file that a program waits for goes to the editor once, and comes back with its text', () => {
    const { hub, view, sent, told } = desk();
    hub.attach('control', view);
    hub.adopt(state([]));
    hub.adopt(state([{ taken: 1 }]));
    hub.send('control', 'kubectl edit svc web');
    const waiting = { for: 'edit', name: '/tmp/a.yaml', text: 'a' } as const;
    hub.adopt(state([{ taken: 2, waiting }]));
    hub.adopt(state([{ taken: 2, waiting }]));
    expect(told.filter((t) => t === 'editor')).toHaveLength(1);
    hub.saved('control', 'b');
    expect(sent.at(-1)).toBe('control: \x02b');
    hub.adopt(state([{ taken: 3 }]));
    expect(told.at(-1)).toBe('ready $ ');
  });

  test('while a program runs there is no prompt; it may read', () => {
    const { hub, view, told } = desk();
    hub.attach('control', view);
    hub.adopt(state([]));
    hub.adopt(state([{ taken: 1 }]));
    hub.send('control', 'cat');
    hub.adopt(state([{ taken: 2, waiting: { for: 'input' } }]));
    hub.send('control', 'x');
    hub.adopt(state([{ taken: 3, waiting: { for: 'time', until: 1 } }]));
    expect(told).toEqual(['ready $ ', 'reading', 'busy']);
  });

  test('what a console printed before it was opened is there when it is', () => {
    const { hub, view, told } = desk();
    hub.adopt(state([], [out('early\n')]));
    hub.attach('control', view);
    expect(told).toEqual(['early\n']);
  });

  test('another worker: consoles begin anew', () => {
    const { hub, view, sent, told } = desk();
    hub.attach('control', view);
    hub.adopt(state([]));
    hub.adopt(state([{ taken: 1 }]));
    revision = 0;
    hub.adopt(state([]));
    expect(told.slice(1, 3)).toEqual(['reset', '\x1b[90magain\x1b[39m\n']);
    expect(sent).toEqual(['control: ', 'control: ']);
    hub.adopt(state([{ taken: 1 }]));
    expect(told.at(-1)).toBe('ready $ ');
  });

  test('a link’s line waits for a console that is not open yet', () => {
    const { hub, view, told } = desk();
    hub.type('control', 'kubectl get svc');
    expect(hub.requested()).toEqual({ terminal: 'control', count: 1 });
    hub.attach('control', view);
    hub.adopt(state([]));
    hub.adopt(state([{ taken: 1 }]));
    expect(told).toEqual(['ready $ ', 'type kubectl get svc']);
  });

  test('a screen cleared, a file to open, a Pod that is gone', () => {
    const { hub, view, told } = desk();
    hub.attach('control', view);
    hub.adopt(state([], [out('', 'clear'), out('/home/student/a.yaml', 'open'), out('web-1', 'gone')]));
    expect(told).toEqual(['clear', 'open /home/student/a.yaml', '\x1b[90mgone web-1\x1b[39m\n']);
  });

  test('how a console stands: away, with a line on its way, with a program that waits, or ready', () => {
    const { hub, view } = desk();
    expect(hub.standing('control')).toBe('away');
    hub.attach('control', view);
    hub.adopt(state([]));
    expect(hub.standing('control')).toBe('sent');
    hub.adopt(state([{ taken: 1 }]));
    expect(hub.standing('control')).toBe('ready');
    hub.send('control', 'kubectl get pods -w');
    expect(hub.standing('control')).toBe('sent');
    hub.adopt(state([{ taken: 2, waiting: { for: 'event' } }]));
    expect(hub.standing('control')).toBe('event');
  });
});
