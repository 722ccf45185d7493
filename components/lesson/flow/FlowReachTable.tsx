'use client';
// Three places that must agree in the end: Pods that match, addresses in the slices, addresses in the rules of each node.
import { useMessages } from '@/lib/i18n/client';
import type { FlowReach } from '@/lib/workbench/flow';

export function FlowReachTable({ reach }: { reach: FlowReach | null }) {
  const t = useMessages('flow');
  if (!reach) return <p className="mt-2 text-sm text-ink-3">{t('noService')}</p>;
  const ready = reach.pods.filter((pod) => pod.ready).length;
  const listed = reach.slices.filter((slice) => slice.ready).length;
  const most = Math.max(ready, listed, ...reach.nodes.map(({ endpoints }) => endpoints.length));
  return (
    <table className="mt-2.5 w-full border-collapse text-sm" data-testid="flow-reach">
      <caption className="pb-1 text-left text-xs text-ink-3">
        {t('reach', { service: reach.service.replace(/^default\//, '') })}
      </caption>
      <tbody>
        <Line name={t('reachPods')} n={ready} of={most} />
        <Line name={t('reachSlices')} n={listed} of={most} />
        {reach.nodes.map(({ node, endpoints }) => (
          <Line key={node} name={t('reachNode', { node })} n={endpoints.length} of={most} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ name, n, of }: { name: string; n: number; of: number }) {
  const t = useMessages('flow');
  return (
    <tr className="border-t border-line">
      <th scope="row" className="py-0.5 pr-2 text-left font-normal text-ink-2">
        {name}
      </th>
      <td className="py-0.5 pr-2 whitespace-nowrap" aria-hidden>
        {Array.from({ length: Math.min(of, 8) }, (_, i) => (
          <span
            key={i}
            className={`mr-0.5 inline-block size-2.5 rounded-[2px] border ${i < n ? 'border-sep bg-sep' : 'border-line-control'}`}
          />
        ))}
      </td>
      <td className={`py-0.5 text-right font-mono text-xs ${n < of ? 'text-warn' : 'text-ink-2'}`}>
        {t('of', { n, of })}
      </td>
    </tr>
  );
}
