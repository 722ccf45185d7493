// Which function runs which command.
import { helpText } from '../cobra/help';
import { childrenOf } from '../cobra/flag-table';
import { Exit } from '../run/errors';
import type { Session, Verb } from '../run/session';
import { apply } from './apply';
import { createFiles, replace } from './create-file';
import { deleteObjects } from './delete';
import { describe } from './describe';
import { get } from './get';
import { annotate, label } from './label';
import { patch } from './patch';
import { scale } from './scale';

const VERBS: Readonly<Record<string, Verb>> = {
  annotate,
  apply,
  create: createFiles,
  delete: deleteObjects,
  describe,
  get,
  label,
  patch,
  replace,
  scale,
};

/** The function of a command; one that prints the help, or says that it is not here. */
export function verbOf(k: Session): Verb {
  const { command } = k;
  const verb = VERBS[command.path.join(' ')];
  if (verb) return verb;
  if (childrenOf(command.path).length > 0) return group;
  throw k.lacking(`kubectl ${command.path.join(' ')}`);
}

/** `kubectl rollout`: the commands below it. */
function group(k: Session): number {
  const [word] = k.args;
  if (word !== undefined)
    throw new Exit(
      `error: unknown command "${[...k.args].join(' ')}"\nSee 'kubectl ${k.command.path.join(' ')} -h' for help and examples\n`,
    );
  k.out(helpText(k.command, k.minor));
  return k.command.path.length === 0 ? 0 : 1;
}
