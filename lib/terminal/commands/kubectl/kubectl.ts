// The program `kubectl`: words to a command, its run, and what ends it (k8s.io/kubectl pkg/cmd/cmd.go).
import type { Command, CommandContext, Process, Result } from '../../types';
import { resolve } from './cobra/resolve';
import { helpText } from './cobra/help';
import { checkedCommand } from './cobra/check';
import { complete } from './complete';
import { errorText, Exit, Failure } from './run/errors';
import { Session } from './run/session';
import { minorOf } from './run/versions';
import { verbOf } from './verbs/table';

function run(context: CommandContext): Result | Process {
  const resolved = resolve(context.args, minorOf(context.cluster.k8s));
  if (resolved.kind === 'error') return { stdout: '', stderr: resolved.message, exit: resolved.exit ?? 1 };
  if (resolved.kind === 'help')
    return { stdout: helpText(resolved.command, minorOf(context.cluster.k8s)), stderr: '', exit: 0 };
  return running(context, resolved.command, resolved.flags);
}

function* running(context: CommandContext, command: Session['command'], flags: Session['flags']): Process {
  let session: Session;
  try {
    session = new Session(context, command, flags);
  } catch (error) {
    const text = endText(error);
    if (text !== '') yield { kind: 'stderr', text };
    return 1;
  }
  let exit = 0;
  try {
    checkedCommand(session);
    const result = verbOf(session)(session);
    exit = typeof result === 'object' ? yield* result : (result ?? 0);
    if (exit === 0 && flags.bool('warnings-as-errors') && session.client.warnings > 0) {
      const count = session.client.warnings;
      throw new Failure(`${count} warning${count === 1 ? '' : 's'} received`);
    }
  } catch (error) {
    session.err(endText(error));
    exit = error instanceof Exit ? error.code : 1;
  }
  yield* session.flush();
  return exit;
}

/** What stands on stderr for the error that ended a command. Others are bugs. */
function endText(error: unknown): string {
  if (error instanceof Exit) return error.stderr;
  if (error instanceof Failure) return errorText(error);
  throw error;
}

/** `kubectl`, as learners have it on the control machine. */
export const kubectl: Command = {
  name: 'kubectl',
  summary: 'controls the Kubernetes cluster manager',
  on: ['control'],
  reads: (args) => (args.includes('-') || args.some((a) => /^(-f|--filename=)-$/.test(a)) ? 'all' : 'none'),
  run,
  complete,
};
