'use client';
// What the colours, signs and lines mean.
import type { GraphMode } from '@/lib/net/ruleset/graph';
import styles from './chain-view.module.css';
import { kindStyle } from './kind-style';
import type { LaidKind } from './layout-types';
import type { Words } from './words';

const KINDS: readonly (readonly [LaidKind, string])[] = [
  ['hook', ''],
  ['services', 'SERVICES'],
  ['fw', 'FW'],
  ['ext', 'EXT'],
  ['svc', 'SVC'],
  ['svl', 'SVL'],
  ['sep', 'SEP'],
  ['pod', 'Pod'],
  ['masq', 'MASQ'],
  ['reject', 'REJECT'],
  ['drop', 'DROP'],
];

const NFT_KINDS: typeof KINDS = [
  ['hook', ''],
  ['services', 'services'],
  ['map', '@map'],
  ['set', '@set'],
  ['fw', 'firewall-'],
  ['ext', 'external-'],
  ['svc', 'service-'],
  ['svl', 'local-'],
  ['sep', 'endpoint-'],
  ['pod', 'Pod'],
  ['masq', 'masquerading'],
  ['reject', 'reject'],
  ['drop', 'drop'],
];

export function Legend({ mode, words }: { mode: GraphMode; words: Words }) {
  const { t } = words;
  const nft = mode === 'nftables';
  const signs = [
    { sign: '+', className: styles['plus'], text: t('legendAdded') },
    { sign: '~', className: styles['tilde'], text: t('legendChanged') },
    { sign: '−', className: styles['minus'], text: t('legendRemoved') },
    nft
      ? { sign: '0 :', className: '', text: t('legendSlot') }
      : { sign: '0.25', className: '', text: t('legendPill') },
    { sign: '- - ▸', className: styles['mark'], text: t(nft ? 'legendMarkNft' : 'legendMark') },
  ];
  return (
    <section className={styles['legend']} aria-label={t('legend')} tabIndex={0}>
      <dl>
        {(nft ? NFT_KINDS : KINDS).map(([kind, name]) => (
          <LegendRow
            key={kind}
            kind={kind}
            name={name || t(nft ? 'columnBase' : 'columnHook')}
            text={words.kind(kind)}
          />
        ))}
        {signs.map(({ sign, className, text }) => (
          <div key={sign} className={styles['sign']}>
            <dt className={className}>{sign}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function LegendRow({ kind, name, text }: { kind: LaidKind; name: string; text: string }) {
  return (
    <div>
      <dt style={kindStyle(kind)}>
        <i className={styles['dot']} data-kind={kind} aria-hidden="true" />
        {name}
      </dt>
      <dd>{text}</dd>
    </div>
  );
}
