'use client';
// An object field by field: what it says, who wrote it last and when, what it was before; and on demand every write that is kept.
import { useState } from 'react';
import { clockTime } from '@/components/changes/clock-time';
import { writerName } from '@/components/changes/writer-name';
import { useInspect } from '@/components/workbench/use-inspect';
import { useMessages } from '@/lib/i18n/client';
import type { InspectAnswers } from '@/lib/workbench/inspect';
import type { ObjectId } from './object-id';

type Field = NonNullable<InspectAnswers['fields']>[number];
type Write = Field['writes'][number];

interface FieldListProps {
  readonly id: ObjectId;
  readonly title: string;
  readonly shown: boolean;
}

export function FieldList({ id, title, shown }: FieldListProps) {
  const t = useMessages('objects');
  const [query, setQuery] = useState('');
  const fields = useInspect({ ask: 'fields', ...id }, shown);
  const wanted = query.trim().toLowerCase();
  const found = fields?.filter(
    ({ path, writes }) =>
      path.toLowerCase().includes(wanted) || writes.some(({ by }) => by.toLowerCase().includes(wanted)),
  );
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <input
        type="search"
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        placeholder={t('findField')}
        aria-label={t('findField')}
        className="mx-3 mb-1 h-7 w-60 max-w-full shrink-0 rounded-md border border-line-control bg-panel px-2 text-sm"
      />
      <div
        role="region"
        aria-label={t('fieldsOf', { name: title })}
        tabIndex={0}
        data-testid="fields"
        className="min-h-0 flex-1 overflow-auto px-3 pb-3 text-sm"
      >
        {fields === null && <p className="text-ink-3">{t('gone')}</p>}
        {fields && found?.length === 0 && <p className="text-ink-3">{t('noField', { query })}</p>}
        <ul>
          {found?.map((field) => (
            <FieldRow key={field.path} field={field} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function FieldRow({ field: { path, value, writes } }: { field: Field }) {
  const t = useMessages('objects');
  const [open, setOpen] = useState(false);
  const [last] = writes;
  return (
    <li
      data-field={path}
      className="border-b border-line py-1 [contain-intrinsic-size:auto_44px] [content-visibility:auto]"
    >
      <div className="font-mono text-xs break-all">
        <span className="text-ink-2">{path}:</span>{' '}
        {value === undefined ? (
          <i className="text-ink-3">{t('fieldGone')}</i>
        ) : (
          <b className="font-medium">{value}</b>
        )}
      </div>
      <div className="flex flex-wrap items-baseline gap-x-3 text-xs text-ink-2">
        {last ? <WriteWords write={last} /> : <span className="text-ink-3">{t('fieldOlder')}</span>}
        {writes.length > 1 && (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="text-accent underline decoration-dotted underline-offset-2"
          >
            {t('writes', { n: writes.length })}
          </button>
        )}
      </div>
      {open && (
        <ol className="my-1 ml-4 grid gap-0.5 text-xs text-ink-2">
          {writes.map((write, i) => (
            <li key={i} className="flex flex-wrap items-baseline gap-x-3">
              <WriteWords write={write} />
            </li>
          ))}
        </ol>
      )}
    </li>
  );
}

/** 08:00:03.125 deployment-controller − 1 + 2 */
function WriteWords({ write: { at, by, created, before, after } }: { write: Write }) {
  const t = useMessages('objects');
  const changes = useMessages('changes');
  return (
    <>
      <time className="font-mono text-ink-3">{clockTime(at)}</time>
      <span>{writerName(by, changes)}</span>
      {created ? (
        <span className="text-ink-3">{t('created')}</span>
      ) : (
        <span className="font-mono break-all">
          <del className="text-del no-underline">− {before ?? t('none')}</del>{' '}
          <ins className="text-add no-underline">+ {after ?? t('none')}</ins>
        </span>
      )}
    </>
  );
}
