// The text and file tools, on every console.
import type { Command } from '../../types';
import { AWK } from './awk';
import { FILE_COMMANDS } from './files';
import { GREP } from './grep';
import { LINE_COMMANDS } from './lines';
import { sed } from './sed';
import { sort } from './sort';
import { tar } from './tar';
import { tr } from './tr';

export const TEXT_COMMANDS: readonly Command[] = [
  ...LINE_COMMANDS,
  ...GREP,
  sed,
  ...AWK,
  sort,
  tr,
  tar,
  ...FILE_COMMANDS,
];
