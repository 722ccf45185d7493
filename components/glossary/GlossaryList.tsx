'use client';
// The glossary with a field that narrows it: by term, other forms, words not used, and definition.
import { useId, useState } from 'react';
import { useMessages } from '@/lib/i18n/client';

export interface GlossaryEntry {
  readonly id: string;
  readonly term: string;
  /** The term in the course's other language, where it is another word. */
  readonly other: string | undefined;
  readonly also: readonly string[];
  readonly avoid: readonly string[];
  readonly definition: string;
  readonly lesson: { readonly words: string; readonly href: string | undefined };
}

const holds = (entry: GlossaryEntry, query: string): boolean =>
  [entry.term, entry.other ?? '', entry.definition, ...entry.also, ...entry.avoid].some((text) =>
    text.toLowerCase().includes(query),
  );

export function GlossaryList({ entries }: { entries: readonly GlossaryEntry[] }) {
  const t = useMessages('glossary');
  const [query, setQuery] = useState('');
  const field = useId();
  const wanted = query.trim().toLowerCase();
  const shown = entries.filter((entry) => holds(entry, wanted));
  if (entries.length === 0) return <p className="text-ink-2">{t('none')}</p>;
  return (
    <>
      <label htmlFor={field} className="mb-1 block text-sm font-medium">
        {t('field')}
      </label>
      <input
        id={field}
        type="search"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        className="h-9 w-full max-w-[360px] rounded-md border border-line-control bg-panel px-3 text-ink"
      />
      <p role="status" className="mt-2 mb-4 text-sm text-ink-3">
        {shown.length > 0 ? t('count', { shown: shown.length }) : t('empty', { query: query.trim() })}
      </p>
      <dl className="divide-y divide-line border-y border-line">
        {shown.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </dl>
    </>
  );
}

function Entry({ entry }: { entry: GlossaryEntry }) {
  const t = useMessages('glossary');
  const { id, term, other, also, avoid, definition, lesson } = entry;
  return (
    <div
      id={id}
      className="grid scroll-mt-4 gap-x-6 py-3 target:bg-accent-weak sm:grid-cols-[minmax(0,200px)_minmax(0,1fr)]"
    >
      <dt className="font-semibold [overflow-wrap:anywhere]">
        <a href={`#${id}`} className="hover:underline">
          {term}
        </a>
        {other !== undefined && <span className="block text-sm font-normal text-ink-3">{other}</span>}
      </dt>
      <dd className="text-ink-2">
        <p>{definition}</p>
        <p className="mt-1 flex flex-wrap gap-x-4 text-sm text-ink-3">
          {lesson.href === undefined ? (
            <span>{lesson.words}</span>
          ) : (
            <a href={lesson.href} className="text-accent underline underline-offset-2">
              {lesson.words}
            </a>
          )}
          {also.length > 0 && <Words label={t('also')} words={also} />}
          {avoid.length > 0 && <Words label={t('avoid')} words={avoid} />}
        </p>
      </dd>
    </div>
  );
}

function Words({ label, words }: { label: string; words: readonly string[] }) {
  return (
    <span className="[overflow-wrap:anywhere]">
      {label} {words.join(' · ')}
    </span>
  );
}
