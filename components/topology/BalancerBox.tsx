'use client';
// What stands before the cluster for the Service in focus: a cloud's load balancer with the health of its nodes, or the node that
// answers for the address.
import { useMessages } from '@/lib/i18n/client';
import type { TopologyBalancer } from '@/lib/workbench/topology';
import styles from './topology.module.css';

export function BalancerBox({ balancer }: { balancer: TopologyBalancer }) {
  const t = useMessages('objects');
  const cloud = balancer.kind === 'cloud';
  const title = t(cloud ? 'balancer' : 'layer2');
  return (
    <section className={styles['balancer']} aria-label={title} data-testid="topology-balancer">
      <header>
        <b>{title}</b>
        <span>{balancer.addresses.join(', ')}</span>
      </header>
      {cloud ? <CloudNodes {...balancer} /> : <Announcer node={balancer.node} />}
      <p className={styles['facts']}>{t(cloud ? 'balancerNot' : 'layer2Not')}</p>
    </section>
  );
}

function CloudNodes({ ipMode, check, nodes }: Extract<TopologyBalancer, { readonly kind: 'cloud' }>) {
  const t = useMessages('objects');
  const { path, port, intervalSeconds, healthyThreshold, unhealthyThreshold } = check;
  return (
    <>
      <p>{t(ipMode === 'VIP' ? 'balancerVIP' : 'balancerProxy')}</p>
      <p>
        {t('balancerCheck', {
          path,
          port: String(port),
          seconds: intervalSeconds,
          bad: unhealthyThreshold,
          good: healthyThreshold,
        })}
      </p>
      <ul aria-label={t('balancerNodes')}>
        {nodes.map(({ name, healthy, turnsIn }) => (
          <li key={name} data-healthy={healthy}>
            <b>
              <span aria-hidden>{healthy ? '✓' : '✕'}</span> {name}
            </b>{' '}
            {t(healthy ? 'balancerIn' : 'balancerOut')}
            {turnsIn !== undefined && <i> · {t('balancerTurns', { seconds: turnsIn })}</i>}
          </li>
        ))}
      </ul>
    </>
  );
}

function Announcer({ node }: { node: string | null }) {
  const t = useMessages('objects');
  return <p>{node === null ? t('layer2Nobody') : t('layer2By', { node })}</p>;
}
