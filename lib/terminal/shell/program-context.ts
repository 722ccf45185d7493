// What a shell gives a program that it starts.
import { BufferedInput } from '../process';
import type { ChildOptions, CommandContext, Input } from '../types';
import type { ChildShell, ShellHost } from './host';
import type { ShellState } from './state';

type Given = Pick<CommandContext, 'args' | 'stdin' | 'input' | 'env'>;

/** The context of a program. */
export function programContext(
  { host, state }: { readonly host: ShellHost; readonly state: ShellState },
  given: Given,
): CommandContext {
  const { input, env } = given;
  const child = (options: ChildOptions): ChildShell =>
    host.shell({ ...options, env: { ...(options.console ? {} : env), ...options.env }, from: state });
  // A child reads on where its parent reads.
  const inputOf = ({ stdin: text }: ChildOptions): Input =>
    text === undefined ? input : BufferedInput.of(text);
  return {
    ...host.surroundings(),
    ...given,
    files: host.files(state),
    cwd: state.cwd,
    programs: host.programs,
    child: (words, options = {}) => child(options).words(words, inputOf(options)),
    unstartable: (name, options = {}) => child(options).unstartable(name),
    script: (text, options = {}) => child(options).text(text, inputOf(options)),
  };
}
