// When a container's process ends by itself. A simulated process runs no program, so only commands of which everybody can tell are
// understood: true, false, exit N, sleep N, echo …, alone or in `sh -c` one after the other. Whatever else stands there runs on.
import type { Container } from '@/lib/kube/types';

/** How a process ends. Times are ms from its start. */
export interface End {
  readonly afterMs: number;
  readonly exitCode: number;
  /** What it writes before. */
  readonly lines: readonly { readonly afterMs: number; readonly text: string }[];
}

/** Makes the process of any image exit with code 1 after so many seconds. */
const CRASH_ENV = 'CRASH_AFTER_SECONDS';

/** undefined: the process does not end by itself. */
export function endOf({ command = [], args = [], env }: Container): End | undefined {
  const crash = env?.find((e) => e.name === CRASH_ENV)?.value;
  const seconds = crash === undefined || crash === '' ? Number.NaN : Number(crash);
  if (Number.isFinite(seconds) && seconds >= 0) return { afterMs: seconds * 1000, exitCode: 1, lines: [] };
  const words = [...command, ...args];
  const [program = '', flag, script] = words;
  if (/(^|\/)(sh|bash|ash)$/.test(program))
    return flag === '-c' && script !== undefined ? run(script) : undefined;
  return run(words.join(' '));
}

/** The end of a script; undefined if any of its commands is not understood. */
function run(script: string): End | undefined {
  let afterMs = 0;
  let exitCode = 0;
  const lines: { readonly afterMs: number; readonly text: string }[] = [];
  const commands = script.split(/\s*(?:;|&&|\n)\s*/).filter((text) => text.trim() !== '');
  if (commands.length === 0) return undefined;
  for (const text of commands) {
    const [name = '', ...rest] = text.trim().split(/\s+/);
    const argument = rest.join(' ');
    if (name === 'echo') {
      if (/[|><`$]/.test(argument)) return undefined;
      lines.push({ afterMs, text: argument.replace(/^(['"])(.*)\1$/, '$2') });
      exitCode = 0;
    } else if (/^(.*\/)?sleep$/.test(name) && /^\d+(\.\d+)?$/.test(argument)) {
      afterMs += Number(argument) * 1000;
      exitCode = 0;
    } else if (name === 'exit' && /^\d{1,3}$/.test(argument)) {
      return { afterMs, exitCode: Number(argument) % 256, lines };
    } else if (/^(.*\/)?(true|false)$/.test(name) && argument === '') {
      exitCode = name.endsWith('true') ? 0 : 1;
      if (exitCode === 1 && script.includes('&&')) return { afterMs, exitCode, lines };
    } else return undefined;
  }
  return { afterMs, exitCode, lines };
}
