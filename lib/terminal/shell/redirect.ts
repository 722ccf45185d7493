// Redirections: where the descriptors of a command lead (POSIX.1-2017, 2.7).
import { mapped, BufferedInput } from '../process';
import type { Files, Input, Process, Steps } from '../types';
import type { Expansion } from './expand';
import type { Redirect } from './syntax';

/** Where a descriptor leads. */
type Sink = 'stdout' | 'stderr' | 'nowhere' | FileSink;

interface FileSink {
  readonly path: string;
  readonly chunks: string[];
}

export interface Redirected {
  readonly input: Input | undefined;
  /** A process with its output led there. */
  wrap(process: Process): Process;
}

const DEVICES: Readonly<Record<string, Sink>> = {
  '/dev/null': 'nowhere',
  '/dev/stdout': 'stdout',
  '/dev/stderr': 'stderr',
  '/dev/tty': 'stdout',
};

/** Opens what redirections name, in order. An error is bash's message. */
export function* openRedirects(
  redirects: readonly Redirect[],
  expansion: Expansion,
  files: Files,
): Steps<Redirected | { readonly message: string }> {
  const sinks: Record<1 | 2, Sink> = { 1: 'stdout', 2: 'stderr' };
  const opened: FileSink[] = [];
  let input: Input | undefined;
  for (const { fd, op, target } of redirects) {
    const text = yield* expansion.text(target);
    if (op === '<<') input = BufferedInput.of(text);
    else if (op === '<<<') input = BufferedInput.of(text + '\n');
    else if (op === '<') {
      const content = text === '/dev/null' ? '' : files.read(text);
      if (content === undefined)
        return { message: `${text}: ${files.kind(text) ? 'Is a directory' : 'No such file or directory'}` };
      input = BufferedInput.of(content);
    } else if (op === '>&' || op === '<&') {
      if (op === '<&' || fd === 0) continue;
      if (text === '-') sinks[fd === 2 ? 2 : 1] = 'nowhere';
      else if (text === '1' || text === '2') {
        if (fd === '&') continue;
        sinks[fd] = sinks[text === '1' ? 1 : 2];
      } else if (/^\d+$/.test(text)) return { message: `${text}: Bad file descriptor` };
      else {
        const sink = openFile(text, false, files, opened);
        if ('message' in sink) return sink;
        sinks[1] = sinks[2] = sink.sink;
      }
    } else {
      const sink = openFile(text, op === '>>', files, opened);
      if ('message' in sink) return sink;
      if (fd === '&' || fd === 1) sinks[1] = sink.sink;
      if (fd === '&' || fd === 2) sinks[2] = sink.sink;
    }
  }
  const plain = sinks[1] === 'stdout' && sinks[2] === 'stderr';
  return { input, wrap: plain ? (process) => process : (process) => written(process, sinks, opened, files) };
}

function openFile(
  path: string,
  append: boolean,
  files: Files,
  opened: FileSink[],
): { readonly sink: Sink } | { readonly message: string } {
  const device = Object.hasOwn(DEVICES, path) ? DEVICES[path] : undefined;
  if (device) return { sink: device };
  if (path === '') return { message: ': No such file or directory' };
  if (files.kind(path) === 'folder') return { message: `${path}: Is a directory` };
  const before = append ? (files.read(path) ?? '') : '';
  if (!files.write(path, before)) {
    const parent = files.resolve(path).replace(/\/[^/]*$/, '') || '/';
    return { message: `${path}: ${files.kind(parent) ? 'Permission denied' : 'No such file or directory'}` };
  }
  const sink: FileSink = { path, chunks: before === '' ? [] : [before] };
  opened.push(sink);
  return { sink };
}

function* written(
  process: Process,
  sinks: Readonly<Record<1 | 2, Sink>>,
  opened: readonly FileSink[],
  files: Files,
): Process {
  try {
    return yield* mapped(process, (step) => {
      if (step.kind !== 'stdout' && step.kind !== 'stderr') return step;
      const sink = sinks[step.kind === 'stdout' ? 1 : 2];
      if (sink === 'nowhere') return undefined;
      if (typeof sink === 'string') return { kind: sink, text: step.text };
      sink.chunks.push(step.text);
      return undefined;
    });
  } finally {
    for (const { path, chunks } of opened) files.write(path, chunks.join(''));
  }
}
