// The node that a console stands on.
import type { CommandContext } from '../../types';

/** The node's name; '' on a console that is on no node. */
export const nodeName = ({ console }: Pick<CommandContext, 'console'>): string =>
  console.kind === 'node' ? console.name : '';
