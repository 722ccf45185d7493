'use client';
// Opens a console on any node or in any running Pod: a list that is searched as one types.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useMessages } from '@/lib/i18n/client';
import type { ConsolePlace } from '@/lib/workbench/protocol';
import type { TerminalHub } from './terminal-hub';

const MOST = 60;

export function ConsoleMenu({ hub, onOpen }: { hub: TerminalHub; onOpen: (name: string) => void }) {
  const t = useMessages('terminal');
  const [query, setQuery] = useState<string | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = (): void => {
    setQuery(null);
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || query === null) return;
    event.stopPropagation();
    close();
  };
  return (
    <div
      ref={root}
      className="relative my-1 shrink-0"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        if (!root.current?.contains(event.relatedTarget)) setQuery(null);
      }}
    >
      <button
        ref={button}
        type="button"
        aria-expanded={query !== null}
        aria-controls={id}
        onClick={() => setQuery(query === null ? '' : null)}
        className="h-7 rounded-md px-2 text-ink-2 hover:text-ink"
      >
        <span aria-hidden>+ </span>
        {t('open')}
      </button>
      {query !== null && (
        <Places
          id={id}
          hub={hub}
          query={query}
          onQuery={setQuery}
          onOpen={(name) => {
            close();
            onOpen(name);
          }}
        />
      )}
    </div>
  );
}

interface PlacesProps {
  readonly id: string;
  readonly hub: TerminalHub;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onOpen: (name: string) => void;
}

function Places({ id, hub, query, onQuery, onOpen }: PlacesProps) {
  const t = useMessages('terminal');
  const [places, setPlaces] = useState<readonly ConsolePlace[]>([]);
  useEffect(() => {
    let current = true;
    void hub.places(query, MOST).then((found) => {
      if (current) setPlaces(found);
    });
    return () => {
      current = false;
    };
  }, [hub, query]);
  const wanted = query.trim().toLowerCase();
  const shown = places.filter(({ name, kind }) => kind !== 'control' && name.includes(wanted));
  return (
    <div
      id={id}
      className="fixed z-40 mt-1 w-72 max-w-[calc(100vw-24px)] rounded-panel border border-line-strong bg-raise p-2 shadow-lg max-lg:left-3"
    >
      <input
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the list was opened to be searched
        autoFocus
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        aria-label={t('find')}
        placeholder={t('find')}
        className="mb-2 h-7 w-full rounded-md border border-line-control bg-panel px-2 text-ink"
      />
      <ul className="max-h-56 overflow-y-auto">
        {shown.map(({ name, kind, node }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => onOpen(name)}
              className="flex w-full items-baseline gap-2 rounded px-2 py-1 text-left hover:bg-accent-weak focus-visible:-outline-offset-2"
            >
              <span className="min-w-0 flex-1 truncate font-mono text-xs text-ink">{name}</span>
              <span className="text-xs text-ink-3">{kind === 'pod' ? (node ?? 'Pod') : t('node')}</span>
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="px-2 py-1 text-ink-3">{t('none')}</p>}
    </div>
  );
}
