'use client';
// The button that opens the search, and its keys. Everything else of the search is loaded when it is first wanted.
import { useEffect, useState, type ComponentType } from 'react';
import { useMessages } from '@/lib/i18n/client';
import type { SearchDialogProps } from './SearchDialog';
import { opensSearch } from './search-keys';

type Panel = ComponentType<SearchDialogProps>;

export function SearchButton() {
  const t = useMessages('search');
  const [panel, setPanel] = useState<{ readonly Dialog: Panel } | 'failed' | null>(null);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (!opensSearch(event)) return;
      event.preventDefault();
      setOpen(true);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
  useEffect(() => {
    if (!open || (panel !== null && panel !== 'failed')) return;
    import('./SearchDialog').then(
      ({ SearchDialog }) => setPanel({ Dialog: SearchDialog }),
      () => {
        setPanel('failed');
        setOpen(false);
      },
    );
  }, [open, panel]);
  return (
    <>
      <button
        type="button"
        title={t('buttonTitle')}
        aria-label={t('button')}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K /"
        onClick={() => setOpen(true)}
        className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md border border-line-control bg-panel px-2 text-sm text-ink-2 hover:bg-bg hover:text-ink"
      >
        <Lens />
        <span className="max-lg:hidden">{t('button')}</span>
      </button>
      {panel === 'failed' ? (
        <p
          role="alert"
          className="fixed top-14 right-4 z-40 rounded-md border border-line-strong bg-raise px-3 py-2 text-sm"
        >
          {t('panelFailed')}
        </p>
      ) : (
        open && panel && <panel.Dialog onClose={() => setOpen(false)} />
      )}
    </>
  );
}

function Lens() {
  return (
    <svg
      aria-hidden
      width="14"
      height="14"
      viewBox="0 0 14 14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
    >
      <circle cx="6" cy="6" r="4" />
      <path d="m9 9 3.5 3.5" strokeLinecap="round" />
    </svg>
  );
}
