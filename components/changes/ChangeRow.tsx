'use client';
// One write: when, by whom, which object; a change of an object opens to its fields.
import { memo, useState } from 'react';
import { useMessages } from '@/lib/i18n/client';
import type { ChangeView } from '@/lib/workbench/change-views';
import { clockTime } from './clock-time';
import { writerName } from './writer-name';

const TONE = {
  ADDED: 'text-add',
  DELETED: 'text-del',
  MODIFIED: 'text-accent',
  RULES: 'text-ink-2',
} as const;
const SIGN = { ADDED: '+', DELETED: '−', MODIFIED: '~', RULES: '▤' } as const;

export const ChangeRow = memo(function ChangeRow({ change }: { change: ChangeView }) {
  const t = useMessages('changes');
  const [open, setOpen] = useState(false);
  const { at, by, type, kind, namespace, name, node, fields } = change;
  const object = namespace ? `${namespace}/${name ?? ''}` : (name ?? '');
  const what = type === 'RULES' ? t('RULES', { node: node ?? '' }) : `${t(type)} ${kind ?? ''} ${object}`;
  return (
    <li className="border-b border-line px-3 py-1 [contain-intrinsic-size:auto_28px] [content-visibility:auto]">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
        <time className="shrink-0 font-mono text-xs text-ink-3">{clockTime(at)}</time>
        <span className="w-52 shrink-0 truncate text-ink-2 max-sm:w-auto">{writerName(by, t)}</span>
        <span className="min-w-0 flex-1">
          <b aria-hidden className={`inline-block w-4 font-mono ${TONE[type]}`}>
            {SIGN[type]}
          </b>{' '}
          {what}
        </span>
        {fields.length > 0 && (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="shrink-0 text-accent underline decoration-dotted underline-offset-2"
          >
            {t('fields', { n: fields.length })}
          </button>
        )}
      </div>
      {open && <Fields fields={fields} />}
    </li>
  );
});

function Fields({ fields }: Pick<ChangeView, 'fields'>) {
  const t = useMessages('changes');
  return (
    <dl className="my-1 ml-20 grid gap-0.5 font-mono text-xs max-sm:ml-0">
      {fields.map(({ path, before, after }) => (
        <div key={path} className="flex flex-wrap gap-x-2">
          <dt className="text-ink-2">{path}</dt>
          <dd className="break-all">
            <del className="text-del no-underline">− {before ?? t('none')}</del>{' '}
            <ins className="text-add no-underline">+ {after ?? t('none')}</ins>
          </dd>
        </div>
      ))}
    </dl>
  );
}
