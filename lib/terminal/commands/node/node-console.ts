// The node that a console stands on, or whose network a Pod's programs see.
import type { Node, Pod } from '@/lib/kube/types';
import type { CommandContext } from '../../types';

type Place = Pick<CommandContext, 'cluster' | 'console'>;

/** The node's name; of a Pod with hostNetwork, its node's. '' where there is none. */
export function nodeName({ cluster, console }: Place): string {
  if (console.kind === 'node') return console.name;
  if (console.kind === 'control') return '';
  const spec = cluster.api.get<Pod>('Pod', console.namespace, console.name)?.spec;
  return (spec?.hostNetwork && spec.nodeName) || '';
}

/** Its object. */
export const nodeOf = (place: Place): Node | undefined =>
  place.cluster.api.get<Node>('Node', '', nodeName(place));
