// Programs as execvp(3) finds them, without a shell: in the path, or as a file.
import type { ShellKind } from '../images';
import type { CommandContext } from '../types';
import type { ShellHost } from './host';
import type { ShellState } from './state';

/** Builtins of the shell that are programs of their own as well (coreutils, procps). */
const PROGRAMS_TOO: ReadonlySet<string> = new Set(['true', 'false', 'pwd', 'echo', 'printf', 'test', '[']);

/** The name that a path such as /usr/bin/curl leads to; undefined: it lies outside the folders of programs. */
export const programOfPath = (path: string): string | undefined =>
  /^\/(?:usr\/)?(?:local\/)?s?bin\/([^/]+)$/.exec(path)?.[1];

/** Whether a builtin's name is also a program's. */
export const isProgramToo = (name: string): boolean => PROGRAMS_TOO.has(name);

/** What a shell says of a name that is in no folder of programs. */
export const notFound = (shell: ShellKind): string => (shell === 'bash' ? 'command not found' : 'not found');

/** What a shell says of a path that it cannot run: a folder, or nothing at all. */
export function notRun(shell: ShellKind, isFolder: boolean): string {
  if (shell === 'bash') return isFolder ? 'Is a directory' : 'No such file or directory';
  return isFolder ? 'Permission denied' : 'not found';
}

/** Why no program of this name can be started; undefined: one can. */
export function unstartable(
  host: ShellHost,
  state: ShellState,
  name: string,
): ReturnType<CommandContext['unstartable']> {
  const program = name.includes('/') ? programOfPath(name) : name;
  // Where there is no env, there are no coreutils, and echo and true are no programs.
  const isBuiltinToo = program !== undefined && isProgramToo(program) && host.program('env') !== undefined;
  if (program !== undefined && (isBuiltinToo || host.program(program))) return undefined;
  if (!name.includes('/')) return 'not-in-path';
  const kind = host.files(state).kind(name);
  if (kind === 'file') return undefined;
  return kind === 'folder' ? 'folder' : 'no-file';
}
