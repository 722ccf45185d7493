// The node that a console stands on.
import type { Node } from '@/lib/kube/types';
import type { CommandContext } from '../../types';

/** The node's name; '' on a console that is on no node. */
export const nodeName = ({ console }: Pick<CommandContext, 'console'>): string =>
  console.kind === 'node' ? console.name : '';

/** Its object. */
export const nodeOf = ({ cluster, console }: Pick<CommandContext, 'cluster' | 'console'>): Node | undefined =>
  cluster.api.get<Node>('Node', '', nodeName({ console }));
