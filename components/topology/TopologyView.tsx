'use client';
// Topology: zones, their nodes, the Pods on them, and which Pods stand behind the Service in focus.
import { Skeleton } from '@/components/ui/Progress';
import { useLesson, useLessonStore } from '@/components/workbench/lesson-context';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import type { Topology, TopologyNode, TopologyPod } from '@/lib/workbench/topology';
import { BalancerBox } from './BalancerBox';
import { Connections } from './Connections';
import styles from './topology.module.css';

export function TopologyView({ shown }: { shown: boolean }) {
  const service = useLesson((view) => view.state?.focus.service ?? null);
  const topology = useInspect({ ask: 'topology', service }, shown);
  if (!topology) return <TopologySkeleton />;
  return (
    <div className={styles['view']} data-testid="topology" tabIndex={0} data-pane-focus>
      <ServiceLine service={topology.service} />
      {topology.balancer && <BalancerBox balancer={topology.balancer} />}
      <div className={styles['zones']}>
        {topology.zones.map((zone) => (
          <Zone key={zone.name} {...zone} />
        ))}
      </div>
      <Rest topology={topology} />
      <Connections connections={topology.connections} />
    </div>
  );
}

function ServiceLine({ service }: Pick<Topology, 'service'>) {
  const t = useMessages('objects');
  if (!service) return <p className="text-ink-3">{t('noService')}</p>;
  const { name, type, clusterIP, ports, ready, endpoints } = service;
  return (
    <p className={styles['service']}>
      <b>{name}</b>
      <span>
        {type} {clusterIP} {ports.join(', ')}
      </span>
      <span>{t('backed', { ready, of: endpoints })}</span>
    </p>
  );
}

function Zone({ name, nodes }: Topology['zones'][number]) {
  const t = useMessages('objects');
  return (
    <section className={styles['zone']} aria-label={name ? t('zone', { zone: name }) : t('noZone')}>
      <h3>{name ? t('zone', { zone: name }) : t('noZone')}</h3>
      {nodes.map((node) => (
        <NodeBox key={node.name} node={node} />
      ))}
    </section>
  );
}

function NodeBox({ node }: { node: TopologyNode }) {
  const t = useMessages('objects');
  const store = useLessonStore();
  return (
    <section className={styles['node']} aria-label={node.name}>
      <header>
        <b>{node.name}</b>
        {!node.ready && <span className={styles['bad']}>✕ {t('notReady')}</span>}
        <button type="button" onClick={() => store.openConsole(node.name)}>
          {t('terminal')}
        </button>
        <span className={styles['facts']}>
          {node.ip} · {node.podCIDR}
        </span>
      </header>
      <ul>
        {node.pods.map((pod) => (
          <PodPill key={`${pod.namespace}/${pod.name}`} pod={pod} />
        ))}
      </ul>
      {node.more > 0 && <p className={styles['facts']}>{t('morePods', { n: node.more })}</p>}
    </section>
  );
}

const SIGN = { ready: '✓', serving: '◐', 'not-ready': '○' } as const;

const ISOLATED = {
  ingress: 'isolatedIngress',
  egress: 'isolatedEgress',
  'ingress,egress': 'isolatedBoth',
} as const;

function Lock() {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="size-3 shrink-0">
      <path d="M4 7V5a4 4 0 0 1 8 0v2h1v7H3V7zm2 0h4V5a2 2 0 0 0-4 0z" fill="currentColor" />
    </svg>
  );
}

function PodPill({ pod }: { pod: TopologyPod }) {
  const t = useMessages('objects');
  const store = useLessonStore();
  const state = pod.backs
    ? t(pod.backs === 'ready' ? 'backsReady' : pod.backs === 'serving' ? 'backsServing' : 'backsNot')
    : pod.ready
      ? t('podReady')
      : pod.state;
  const isolated = pod.isolated && t(ISOLATED[pod.isolated.join() as keyof typeof ISOLATED]);
  return (
    <li>
      <button
        type="button"
        data-backs={pod.backs}
        data-ready={pod.ready || undefined}
        title={[`${pod.namespace}/${pod.name}`, state, isolated, t('openPod')].filter(Boolean).join('\n')}
        data-isolated={pod.isolated?.join(' ')}
        onClick={() => store.openConsole(`${pod.namespace}/${pod.name}`)}
        className={styles['pod']}
      >
        <span aria-hidden className={styles['sign']}>
          {pod.backs ? SIGN[pod.backs] : pod.ready ? '·' : '!'}
        </span>
        <span className={styles['name']}>{pod.name}</span>
        <span className={styles['ip']}>{pod.ready ? pod.ip : pod.state}</span>
        {isolated && <Lock />}
        <span className="sr-only">
          , {state}
          {isolated && `, ${isolated}`}
        </span>
      </button>
    </li>
  );
}

function Rest({ topology: { pending, moreNodes } }: { topology: Topology }) {
  const t = useMessages('objects');
  return (
    <>
      {moreNodes > 0 && <p className={styles['facts']}>{t('moreNodes', { n: moreNodes })}</p>}
      {pending.length > 0 && (
        <section className={styles['node']} aria-label={t('pending')}>
          <header>
            <b>{t('pending')}</b>
          </header>
          <ul>
            {pending.map((pod) => (
              <PodPill key={`${pod.namespace}/${pod.name}`} pod={pod} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function TopologySkeleton() {
  return (
    <div aria-hidden className="grid h-full grid-cols-3 content-start gap-3 bg-bg p-3">
      {[0, 1, 2].map((i) => (
        <Skeleton key={i} className="h-32" />
      ))}
    </div>
  );
}
