'use client';
// The bar above the chains: which node, family and Service; legend, text view, zoom.
import type { Ref } from 'react';
import type { GraphMode } from '@/lib/net/ruleset/graph';
import type { RuleFamily } from '@/lib/net/ruleset/types';
import type { ChainFocus } from '@/lib/workbench/protocol';
import controls from './controls.module.css';
import { ServiceSearch, type SearchHandle, type ServiceSearchProps } from './ServiceSearch';
import type { Words } from './words';

export interface ToolbarProps {
  readonly searchRef: Ref<SearchHandle>;
  readonly focus: ChainFocus;
  readonly nodes: readonly string[];
  readonly families: readonly RuleFamily[];
  readonly mode: GraphMode;
  /** Absent where the mode is not to be chosen. */
  readonly onMode: ((mode: GraphMode) => void) | undefined;
  readonly service: string | null;
  readonly total: number;
  readonly words: Words;
  readonly legend: boolean;
  readonly text: boolean;
  search: ServiceSearchProps['search'];
  readonly onFocus: (focus: Partial<ChainFocus>) => void;
  readonly onLegend: () => void;
  readonly onText: () => void;
  readonly onZoom: (factor: number) => void;
  readonly onFit: () => void;
}

export function Toolbar({ searchRef, ...props }: ToolbarProps) {
  const { focus, nodes, families, service, total, words, legend, text, search, onFocus } = props;
  const { t } = words;
  return (
    <div className={controls['toolbar']}>
      <select
        className={controls['field']}
        aria-label={t('node')}
        title={t('node')}
        value={focus.node}
        onChange={(e) => onFocus({ node: e.target.value })}
      >
        {(nodes.includes(focus.node) ? nodes : [focus.node, ...nodes]).map((node) => (
          <option key={node}>{node}</option>
        ))}
      </select>
      {props.onMode && (
        <select
          className={controls['field']}
          aria-label={t('mode')}
          title={t('modeHint')}
          value={props.mode}
          onChange={(e) => props.onMode?.(e.target.value === 'nftables' ? 'nftables' : 'iptables')}
        >
          <option>iptables</option>
          <option>nftables</option>
        </select>
      )}
      {families.length > 1 && (
        <select
          className={controls['field']}
          aria-label={t('family')}
          title={t('family')}
          value={focus.family}
          onChange={(e) => onFocus({ family: e.target.value === 'IPv6' ? 'IPv6' : 'IPv4' })}
        >
          {families.map((family) => (
            <option key={family}>{family}</option>
          ))}
        </select>
      )}
      <ServiceSearch
        ref={searchRef}
        service={service}
        total={total}
        words={words}
        search={search}
        onChoose={(chosen) => onFocus({ service: chosen })}
      />
      <span className={controls['spacer']} />
      <button type="button" className={controls['button']} aria-pressed={legend} onClick={props.onLegend}>
        {t('legend')}
      </button>
      <button type="button" className={controls['button']} aria-pressed={text} onClick={props.onText}>
        {t('text')}
      </button>
      <span className={controls['zoom']}>
        <Zoom label={t('zoomOut')} sign="−" disabled={text} onClick={() => props.onZoom(1 / 1.2)} />
        <Zoom label={t('fitTitle')} sign={t('fit')} disabled={text} onClick={props.onFit} />
        <Zoom label={t('zoomIn')} sign="+" disabled={text} onClick={() => props.onZoom(1.2)} />
      </span>
    </div>
  );
}

function Zoom(props: { label: string; sign: string; disabled: boolean; onClick: () => void }) {
  const { label, sign, disabled, onClick } = props;
  return (
    <button
      type="button"
      className={controls['button']}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      {sign}
    </button>
  );
}
