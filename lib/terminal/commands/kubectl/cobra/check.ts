// What cobra checks before a command runs: flags that must be there.
import { Failure } from '../run/errors';
import type { Session } from '../run/session';

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  'create deployment': ['image'],
  'create cronjob': ['image', 'schedule'],
  'create service externalname': ['external-name'],
  scale: ['replicas'],
  autoscale: ['max'],
  run: ['image'],
  'create priorityclass': [],
};

/** Throws if a required flag is not set. */
export function checkedCommand(k: Session): void {
  const required = REQUIRED[k.command.path.join(' ')] ?? [];
  const missing = required.filter((name) => !k.flags.changed(name));
  if (missing.length > 0)
    throw new Failure(`required flag(s) ${missing.map((n) => `"${n}"`).join(', ')} not set`);
}
