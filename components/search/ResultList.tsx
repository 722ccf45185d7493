'use client';
// What was found, by lesson. The field keeps the focus; each result is also a link of its own.
import Link from 'next/link';
import { useMessages } from '@/lib/i18n/client';
import { HTML_LANG, type Locale } from '@/lib/i18n/locales';
import { plannedLesson } from '@/lib/course/curriculum';
import { excerpt } from '@/lib/course/search/excerpt';
import type { Hit, HitGroup } from '@/lib/course/search/search-index';
import { classes } from '@/components/ui/classes';

export interface ResultListProps {
  /** Ids of options are this and their number. */
  readonly id: string;
  readonly lang: Locale;
  readonly groups: readonly HitGroup[];
  readonly active: number;
  readonly onActive: (at: number) => void;
  readonly onOpen: () => void;
}

export function ResultList({ id, lang, groups, active, onActive, onOpen }: ResultListProps) {
  const t = useMessages('search');
  const before = groups.map((_, i) => groups.slice(0, i).reduce((sum, { hits }) => sum + hits.length, 0));
  return (
    <div
      id={`${id}list`}
      role="listbox"
      aria-label={t('results')}
      lang={HTML_LANG[lang]}
      className="min-h-0 overflow-y-auto"
    >
      {groups.map(({ lesson, hits }, g) => {
        const planned = plannedLesson(lesson);
        const title = planned ? `${lesson} ${planned.lesson.title[lang]}` : t('glossary');
        return (
          <div
            key={lesson}
            role="group"
            aria-label={title}
            className="border-b border-line py-1 last:border-0"
          >
            <p aria-hidden className="px-3 pt-1 text-xs font-medium text-ink-3">
              {title}
            </p>
            {hits.map((hit, i) => {
              const at = (before[g] ?? 0) + i;
              return (
                <Option
                  key={hit.id}
                  id={`${id}${at}`}
                  hit={hit}
                  active={at === active}
                  onActive={() => onActive(at)}
                  onOpen={onOpen}
                />
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

interface OptionProps {
  readonly id: string;
  readonly hit: Hit;
  readonly active: boolean;
  readonly onActive: () => void;
  readonly onOpen: () => void;
}

function Option({ id, hit, active, onActive, onOpen }: OptionProps) {
  const t = useMessages('search');
  const tag = hit.kind === 'task' ? t('task') : hit.kind === 'planned' ? t('toCome') : undefined;
  return (
    <Link
      id={id}
      href={hit.href}
      prefetch={false}
      role="option"
      aria-selected={active}
      tabIndex={-1}
      ref={active ? intoView : undefined}
      onPointerMove={active ? undefined : onActive}
      onClick={onOpen}
      className={classes(
        'block scroll-my-8 border-l-4 px-3 py-1.5',
        active ? 'border-accent bg-accent-weak' : 'border-transparent',
      )}
    >
      <span className="font-medium">
        {hit.kind === 'lesson' ? t('whole') : <Marked text={hit.heading} terms={hit.terms} />}
      </span>
      {tag && <span className="ml-2 text-xs text-ink-2">{tag}</span>}
      {hit.text !== '' && (
        <span className="line-clamp-2 text-sm text-ink-2">
          <Marked text={hit.text} terms={hit.terms} />
        </span>
      )}
    </Link>
  );
}

function Marked({ text, terms }: { text: string; terms: readonly string[] }) {
  return excerpt(text, terms).map((piece, i) =>
    piece.marked ? (
      <mark
        key={i}
        className="bg-warn-weak text-ink underline decoration-warn decoration-2 underline-offset-2"
      >
        {piece.text}
      </mark>
    ) : (
      <span key={i}>{piece.text}</span>
    ),
  );
}

const intoView = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });
