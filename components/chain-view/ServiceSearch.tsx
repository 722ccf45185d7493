'use client';
// Finds one of many Services: a combobox over the cluster's own search.
import { useEffect, useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import type { ServiceHit } from '@/lib/workbench/protocol';
import styles from './chain-view.module.css';
import controls from './controls.module.css';
import type { Words } from './words';

export interface SearchHandle {
  readonly focus: () => void;
}

export interface ServiceSearchProps {
  readonly ref: Ref<SearchHandle>;
  readonly service: string | null;
  /** Services in all. */
  readonly total: number;
  readonly words: Words;
  readonly search: (query: string, limit: number) => Promise<readonly ServiceHit[]>;
  readonly onChoose: (service: string) => void;
}

const LIMIT = 20;
type Found = readonly ServiceHit[] | 'failed' | null;

export function ServiceSearch({ ref, service, total, words, search, onChoose }: ServiceSearchProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const found = useResults(query, search);
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus() }), []);
  const open = query !== null;
  const hits = Array.isArray(found) ? (found as readonly ServiceHit[]) : [];
  const { t } = words;
  const close = (): void => setQuery(null);
  const choose = (hit: ServiceHit | undefined): void => {
    if (!hit) return;
    close();
    onChoose(hit.service);
  };
  const onKeyDown = (e: KeyboardEvent): void => {
    if (e.key === 'Escape' && open) close();
    else if (e.key === 'Enter' && open) choose(hits[active]);
    else if (e.key === 'ArrowDown') {
      if (!open) setQuery('');
      else setActive(Math.min(active + 1, Math.max(0, hits.length - 1)));
    } else if (e.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  return (
    <div className={controls['search']}>
      <input
        ref={input}
        className={controls['field']}
        role="combobox"
        aria-label={t('find')}
        aria-expanded={open}
        aria-controls={`${id}list`}
        aria-autocomplete="list"
        aria-activedescendant={open && hits[active] ? `${id}${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={service === null ? t('find') : t('findHint')}
        value={query ?? service ?? ''}
        onFocus={(e) => {
          e.target.select();
          setQuery('');
          setActive(0);
        }}
        onBlur={close}
        onChange={(e) => {
          setQuery(e.target.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <span className={controls['count']}>{t('count', { shown: service === null ? 0 : 1, total })}</span>
      {open && <Options id={id} hits={hits} found={found} active={active} words={words} onChoose={choose} />}
    </div>
  );
}

/** Results of the last query that was answered; answers to older ones are dropped. */
function useResults(query: string | null, search: ServiceSearchProps['search']): Found {
  const [found, setFound] = useState<Found>(null);
  useEffect(() => {
    if (query === null) return undefined;
    let current = true;
    search(query, LIMIT).then(
      (hits) => current && setFound(hits),
      () => current && setFound('failed'),
    );
    return () => {
      current = false;
    };
  }, [query, search]);
  return query === null ? null : found;
}

interface OptionsProps {
  readonly id: string;
  readonly hits: readonly ServiceHit[];
  readonly found: Found;
  readonly active: number;
  readonly words: Words;
  readonly onChoose: (hit: ServiceHit) => void;
}

function Options({ id, hits, found, active, words, onChoose }: OptionsProps) {
  const { t } = words;
  const message =
    found === null
      ? t('searching')
      : found === 'failed'
        ? t('searchFailed')
        : t('results', { n: hits.length });
  return (
    <>
      <ul className={controls['options']} id={`${id}list`} role="listbox" aria-label={t('find')}>
        {hits.map((hit, i) => (
          <li
            key={hit.service}
            id={`${id}${i}`}
            className={controls['option']}
            role="option"
            aria-selected={i === active}
            ref={i === active ? scrollIntoView : undefined}
            // The field keeps the focus, or its blur would close the list before the click.
            onPointerDown={(e) => e.preventDefault()}
            onClick={() => onChoose(hit)}
          >
            <b>{hit.service}</b>
            <span>{hit.type}</span>
            <span>{hit.clusterIP}</span>
            <span>{hit.ports}</span>
          </li>
        ))}
        {!hits.length && (
          <li className={controls['hint']} role="presentation">
            {message}
          </li>
        )}
      </ul>
      <span className={styles['hidden']} role="status">
        {message}
      </span>
    </>
  );
}

const scrollIntoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
