// Which components the figure shows, in the order of the flow, and what each wrote last.
import type { ClusterTurn } from '@/lib/sim';
import type { Flow, FlowTurn } from '@/lib/workbench/flow';

export interface Row {
  /** "kube-proxy (node-1)" */
  readonly name: string;
  readonly component: string;
  readonly state: 'turn' | 'next' | 'idle';
  /** The last turn, if it was this component's: what it wrote, or that it found nothing to do. Else what it wrote last. */
  readonly turn: FlowTurn | undefined;
  /** Since the learner's change, ms. */
  readonly after: number | undefined;
}

const FIRST = [
  'deployment-controller',
  'replicaset-controller',
  'scheduler',
  'kubelet',
  'endpoint-controller',
  'endpointslice-controller',
];

/** `next`: whose turn comes next; null while the clock runs. */
export function flowRows(
  flow: Flow | undefined,
  nodes: readonly string[],
  next: ClusterTurn | null,
): readonly Row[] {
  const { record = [], turn = null } = flow ?? {};
  const begun = record[0]?.at;
  const proxies = nodes.map((node) => ({ component: 'kube-proxy', node }));
  const others = [...new Set(record.filter(({ own }) => !own).map(({ by }) => by))].filter(
    (by) => !FIRST.includes(by) && by !== 'kube-proxy',
  );
  const shown = [...FIRST, ...others].map((component) => ({ component, node: undefined }));
  return [...shown, ...proxies].map(({ component, node }): Row => {
    const mine = (one: { readonly by: string; readonly node?: string }): boolean =>
      one.by === component && (node === undefined || one.node === node);
    // A turn before the learner's change is none of this flow.
    const now =
      turn && begun !== undefined && turn.at >= begun && mine(turn) && !record.at(-1)?.own ? turn : undefined;
    const last = now ?? record.findLast((one) => !one.own && mine(one));
    const isNext =
      next !== null && mine({ by: next.component, ...(next.node === undefined ? {} : { node: next.node }) });
    return {
      name: node === undefined ? component : `${component} (${node})`,
      component,
      state: now ? 'turn' : isNext ? 'next' : 'idle',
      turn: last,
      after: last && begun !== undefined ? last.at - begun : undefined,
    };
  });
}
