'use client';
// The search: one field, results by lesson below it, all of it by keyboard. It searches one language and offers the other.
import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/Progress';
import { EmptyState, ErrorState } from '@/components/ui/States';
import { useLocale, useMessages } from '@/lib/i18n/client';
import { HTML_LANG, type Locale } from '@/lib/i18n/locales';
import { ResultList } from './ResultList';
import { useSearch, type Search } from './use-search';

export interface SearchDialogProps {
  readonly onClose: () => void;
}

const NAME = { zh: 'languageZh', en: 'languageEn' } as const;

export function SearchDialog({ onClose }: SearchDialogProps) {
  const t = useMessages('search');
  const common = useMessages('common');
  const locale = useLocale();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [lang, setLang] = useState<Locale>(locale);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const search = useSearch(lang, useDeferredValue(query.trim()));
  const count = search.found.groups.reduce((sum, { hits }) => sum + hits.length, 0);
  const other: Locale = lang === 'zh' ? 'en' : 'zh';
  useEffect(() => dialog.current?.showModal(), []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const to = moved(event.key, active, count);
    if (to !== undefined) setActive(to);
    else if (event.key === 'Enter') document.getElementById(`${id}${active}`)?.click();
    else return;
    event.preventDefault();
  };
  const switchTo = (): void => {
    setLang(other);
    setActive(0);
  };
  return (
    <dialog
      ref={dialog}
      aria-label={t('title')}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && dialog.current.close()}
      className="mx-auto mt-[min(12dvh,96px)] mb-auto w-[min(680px,calc(100vw-24px))] overflow-hidden rounded-panel border border-line-strong bg-raise p-0 text-ink shadow-xl backdrop:bg-black/40"
    >
      <div className="flex max-h-[min(76dvh,640px)] flex-col">
        <div className="flex items-center gap-2 border-b border-line p-3">
          <input
            autoFocus
            role="combobox"
            type="text"
            enterKeyHint="go"
            aria-label={t('field')}
            aria-expanded={count > 0}
            aria-controls={`${id}list`}
            aria-autocomplete="list"
            aria-activedescendant={count > 0 ? `${id}${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={200}
            placeholder={t('placeholder')}
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setActive(0);
            }}
            onKeyDown={onKeyDown}
            className="h-9 min-w-0 flex-1 rounded-md border border-line-control bg-panel px-3 text-[15px] placeholder:text-ink-3"
          />
          <Button onClick={() => dialog.current?.close()}>{common('close')}</Button>
        </div>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-3 py-1.5 text-sm text-ink-3">
          <span>{t('searching', { language: t(NAME[lang]) })}</span>
          <button
            type="button"
            lang={HTML_LANG[locale]}
            onClick={switchTo}
            className="text-accent underline underline-offset-2"
          >
            {t('switch', { language: t(NAME[other]) })}
          </button>
          <span className="ml-auto max-sm:hidden">{t('keys')}</span>
        </div>
        <ResultList
          id={id}
          lang={lang}
          groups={search.found.groups}
          active={active}
          onActive={setActive}
          onOpen={() => dialog.current?.close()}
        />
        <Said search={search} query={query.trim()} shown={count} other={other} />
      </div>
    </dialog>
  );
}

/** Where the arrows lead; undefined for another key. */
function moved(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (active + 1) % count;
  if (key === 'ArrowUp') return (active - 1 + count) % count;
  if (key === 'PageDown') return Math.min(active + 8, count - 1);
  if (key === 'PageUp') return Math.max(active - 8, 0);
  return undefined;
}

interface SaidProps {
  readonly search: Search;
  readonly query: string;
  readonly shown: number;
  /** The language that is not searched. */
  readonly other: Locale;
}

/** What there is to say about the search as it stands. */
function Said({ search: { status, found, retry }, query, shown, other }: SaidProps) {
  const t = useMessages('search');
  const common = useMessages('common');
  if (status === 'failed')
    return <ErrorState title={t('failed')} action={<Button onClick={retry}>{common('retry')}</Button>} />;
  if (status === 'loading')
    return (
      <div role="status" className="p-4 text-ink-2">
        <ProgressBar label={t('loading')} />
        <p className="mt-2">{t('loading')}</p>
      </div>
    );
  if (shown > 0)
    return (
      <p role="status" className="border-t border-line px-3 py-1.5 text-sm text-ink-3">
        {found.total > shown ? t('countShown', { total: found.total, shown }) : t('count', { total: shown })}
      </p>
    );
  return (
    <div role="status">
      {query === '' ? (
        <p className="p-4 text-ink-2">{t('start')}</p>
      ) : (
        <EmptyState
          title={t('empty', { query: query.length > 40 ? `${query.slice(0, 40)}…` : query })}
          text={t('emptyHint', { language: t(NAME[other]) })}
        />
      )}
    </div>
  );
}
