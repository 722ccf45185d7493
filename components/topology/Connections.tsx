'use client';
// Live connections: who talks to whom by the nodes' conntrack, the Service's address and the endpoint behind it side by side.
import { useMessages } from '@/lib/i18n/client';
import type { ConnectionEnd, LiveConnections } from '@/lib/workbench/live-connections';
import styles from './topology.module.css';

export function Connections({ connections: { rows, more } }: { connections: LiveConnections }) {
  const t = useMessages('objects');
  return (
    <section className={styles['connections']} aria-label={t('connections')}>
      <h3>{t('connections')}</h3>
      {rows.length === 0 ? (
        <p className={styles['facts']}>{t('noConnections')}</p>
      ) : (
        <div className={styles['scroll']} role="group" aria-label={t('connections')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {(['from', 'to', 'endpoint', 'state', 'conntrackOf'] as const).map((head) => (
                  <th key={head} scope="col">
                    {t(`connection.${head}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ id, from, to, endpoint, protocol, state, secondsLeft, node }) => (
                <tr key={id} data-connection={endpoint.name}>
                  <td>
                    <End {...from} />
                  </td>
                  <td>
                    {to}/{protocol}
                  </td>
                  <td>
                    <End {...endpoint} />
                  </td>
                  <td>
                    {state && <span className={styles['line']}>{state}</span>}
                    {t('connection.left', { n: secondsLeft })}
                  </td>
                  <td>{node}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p className={styles['facts']}>{t('moreConnections', { n: more })}</p>}
    </section>
  );
}

const End = ({ name, address }: ConnectionEnd) => (
  <>
    {name && (
      <b className={styles['line']} title={name}>
        <bdi>{name}</bdi>
      </b>
    )}
    {address}
  </>
);
