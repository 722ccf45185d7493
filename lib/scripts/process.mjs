// Running other programs: in the foreground, quietly with the output kept, and with signals passed on.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/** A failure that is told in one sentence, without a stack trace. */
export class Problem extends Error {}

/** Whether a module is the script that Node was started with (give it import.meta.url). */
export const isMain = (url) =>
  Boolean(process.argv[1]) && realpathSync(process.argv[1]) === fileURLToPath(url);

/** Path of a package's command, to be run by this Node: no shell and no npx in between, so the pid is the program's own. */
export const bin = (...parts) => path.join(ROOT, 'node_modules', ...parts);
export const NEXT = bin('next', 'dist', 'bin', 'next');

const children = new Set();

/** Ctrl+C and SIGTERM reach the children; this process then ends with the child's code. */
export function forwardSignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (children.size === 0) process.exit(128 + ({ SIGINT: 2, SIGHUP: 1 }[signal] ?? 15));
      for (const child of children) child.kill(signal);
    });
}

/** Starts a program that forwardSignals knows of. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, ...options });
  children.add(child);
  child.on('close', () => children.delete(child));
  child.on('error', () => children.delete(child));
  return child;
}

const SIGNAL_NUMBER = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/** The exit code as a shell would give it. */
export const exitCode = (code, signal) => code ?? 128 + (SIGNAL_NUMBER[signal] ?? 15);

/**
 * Runs a program to its end. `output`: 'show' (default) or 'keep' (nothing is shown) or 'both'.
 * Resolves to { code, signal, output }; a program that cannot be started gives code 127 and the reason as output.
 */
export function run(command, args, { output = 'show', timeoutMs, ...options } = {}) {
  const kept = output !== 'show';
  const child = start(command, args, {
    stdio: ['ignore', kept ? 'pipe' : 'inherit', kept ? 'pipe' : 'inherit'],
    ...options,
  });
  let text = '';
  if (kept)
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ])
      from.setEncoding('utf8').on('data', (chunk) => {
        text = (text + chunk).slice(-2_000_000);
        if (output === 'both') to.write(chunk);
      });
  const timer = timeoutMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ code: 127, signal: null, output: error.message });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: exitCode(code, signal), signal, output: text });
    });
  });
}

/** Runs one of the project's own programs with this Node. */
export const runNode = (args, options) => run(process.execPath, args, options);

/** A line that says what is being done; its end tells how long it took. Overwritten in place on a terminal. */
export function progress(what) {
  const begun = Date.now();
  const tty = process.stdout.isTTY;
  process.stdout.write(tty ? `${what} …` : `${what} …\n`);
  return {
    done() {
      const line = `${what}: ${seconds(Date.now() - begun)}`;
      process.stdout.write(tty ? `\r\x1b[K${line}\n` : `${line}\n`);
    },
    failed() {
      if (tty) process.stdout.write('\n');
    },
  };
}

export const seconds = (ms) => (ms < 9950 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`);

/** The last lines of a program's output, for an error message. */
export const tail = (text, lines = 30) => text.trimEnd().split('\n').slice(-lines).join('\n');

/** Ends with one sentence for a Problem, with the trace for anything else. */
export function report(error) {
  console.error(error instanceof Problem ? error.message : error);
  process.exitCode = 1;
}
